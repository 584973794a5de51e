// Package api is the HTTP face: what one asks and gets an answer to, beside the
// connections that stay. It knows requests, their bounds and their answers, and
// promises that no handler runs before the Door has been asked and, but for the
// description of the API, the Authenticator; that no body is read beyond its
// bound and no request takes longer than NewHTTPServer allows; that what somebody
// may not see is answered like what there is not; and that every refusal is
// counted by its status.
//
// It holds no rules of its own: what a phone may say is package ingest's, who
// may do what Grant.May's, what may become of an order and what its customer sees
// package order's, which position is the newest package live's, and what lasts
// package store's. Statuses and sentences are those of Django REST
// framework, which phones and pages know. The static pages and the WebSocket are
// mounted beside it.
package api
