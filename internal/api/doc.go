// Package api is the HTTP face: what one asks and gets an answer to, beside the
// connections that stay. It knows requests, their bounds and their answers, and
// promises that no handler runs before the Door and the Authenticator have been
// asked, that of no body more than MaxBody is read and no request takes longer
// than NewHTTPServer allows, and that every refusal is counted by its status.
//
// It holds no rules of its own: what a phone may say is package ingest's, who
// may do it Grant.May's, and which position is the newest package live's.
// Statuses and sentences are those of Django REST framework, which phones and
// pages know. The static pages and the WebSocket are mounted beside it.
package api
