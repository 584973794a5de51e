package api

import (
	"fmt"
	"maps"
	"net/http"
	"runtime/debug"
	"slices"
	"strings"

	"peyk"
)

// resource is what one path offers, by method.
type resource map[string]route

// Register mounts every route, and a 404 in JSON on the rest of /api/. What
// else is mounted on mux must not name a method in a pattern that covers these,
// like "GET /": ServeMux could not tell which of the two is meant.
func (s *Server) Register(mux *http.ServeMux) {
	resources := make(map[string]resource)
	for _, route := range s.routes() {
		path := strings.TrimSuffix(route.path, "/")
		if path == "" {
			continue
		}
		if resources[path] == nil {
			resources[path] = make(resource)
		}
		resources[path][route.method] = route
	}
	for path, offered := range resources {
		mux.Handle(path, s.serve(path, offered))
		mux.Handle(path+"/{$}", s.serve(path, offered))
	}
	mux.Handle("/api/", s.serve("/api/", nil))
	mux.Handle("/api", s.serve("/api/", nil)) // else a redirect, which knows of no path before it
}

// serve is the way of every request: who is it, what does it want, may it.
func (s *Server) serve(path string, offered resource) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "no-store")
		defer s.catch(w, path)
		if err := s.answer(w, r, offered); err != nil {
			s.refuse(w, path, err)
		}
	})
}

func (s *Server) answer(w http.ResponseWriter, r *http.Request, offered resource) error {
	if offered == nil {
		return unread(w, peyk.ErrNotFound)
	}
	route, found := offered.by(r.Method)
	if found && route.needs == public {
		return route.handle(w, r, peyk.Identity{})
	}
	if found && route.needs == peyk.Publish && s.o.NoPosts != "" {
		return absent(s.o.NoPosts)
	}
	who, err := s.o.Who.Identity(r)
	switch {
	case err != nil:
		return unread(w, err)
	case !found:
		return unread(w, notAllowed{r.Method, offered.methods()})
	case who.Actions&route.needs != route.needs:
		return unread(w, peyk.ErrForbidden)
	}
	return route.handle(w, r, who)
}

// Absent returns the handler of what other nodes serve and this one does not. The
// sentence says why.
func (s *Server) Absent(why string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.refuse(w, "absent", absent(why))
	})
}

// pathID returns the id that the path names. What nothing can be named does not
// reach the store.
func pathID(r *http.Request) (string, error) {
	id := r.PathValue("id")
	if (peyk.Team{ID: id}).Validate() != nil {
		return "", peyk.ErrNotFound
	}
	return id, nil
}

// by takes HEAD for GET, as net/http does, which drops the body itself.
func (o resource) by(method string) (route, bool) {
	if method == http.MethodHead {
		method = http.MethodGet
	}
	route, found := o[method]
	return route, found
}

// methods returns what the Allow header says.
func (o resource) methods() string {
	methods := slices.Sorted(maps.Keys(o))
	if _, found := o[http.MethodGet]; found {
		methods = append(methods, http.MethodHead)
	}
	return strings.Join(methods, ", ")
}

// catch answers 500 where a handler panicked. Handlers write last of all, so
// nothing was answered yet. http.ErrAbortHandler means that somebody wants the
// connection cut.
func (s *Server) catch(w http.ResponseWriter, path string) {
	switch p := recover(); p {
	case nil:
	case http.ErrAbortHandler:
		panic(p)
	default:
		s.refuse(w, path, fmt.Errorf("panic: %v\n%s", p, debug.Stack()))
	}
}
