// Package original is the dialect of the original contract: what phones post
// to the Django REST framework API from which Peyk takes over. It knows which
// bodies that API took, the numbers that its DecimalField(max_digits=9,
// decimal_places=6) allowed, and the words in which it refused the rest; a test
// asks the real framework. Beyond the two coordinates it reads Peyk's own
// optional fields.
//
// It promises that an accepted post is valid, that all wrong fields are named
// at once, and that time and memory grow with the length of the body and with
// nothing else. It does not bound that length, does not know who posts, and has
// no clock: whether a position is new is not its business.
//
// It differs from the framework on purpose where nobody can have relied on it:
// text is UTF-8 whatever the charset says, nesting that made the framework fail
// is refused or ignored, uploaded files are ignored, a multipart body that was
// cut off is refused, and a list or object in place of a coordinate is never
// called too long.
package original

import (
	"net/http"
	"strings"

	"peyk"
	"peyk/internal/ingest"
)

// Post is what a phone posted.
type Post struct {
	Position peyk.Position // valid; without stamp and interval
	Courier  *peyk.Courier // whom the body names as its courier, valid; nil: nobody
}

// Parse reads a body of the given content type. Its error is an ingest.Detail
// or ingest.FieldErrors. An empty body has no fields, whatever its type.
// Nothing in the post refers to body.
func Parse(contentType string, body []byte) (Post, error) {
	var j judge
	if len(body) > 0 {
		if err := j.fields.read(contentType, body); err != nil {
			return Post{}, err
		}
	}
	return j.post()
}

func (f *fields) read(contentType string, body []byte) error {
	media, _, _ := strings.Cut(contentType, ";")
	media = strings.ToLower(strings.TrimSpace(media))
	switch {
	case matches(media, "application", "json"):
		return f.readJSON(body)
	case matches(media, "application", "x-www-form-urlencoded"):
		f.readForm(body)
		return nil
	case matches(media, "multipart", "form-data"):
		return f.readMultipart(contentType, body)
	}
	return unsupported(contentType)
}

func unsupported(contentType string) error {
	return ingest.Detail{
		Status: http.StatusUnsupportedMediaType,
		Text:   `Unsupported media type "` + contentType + `" in request.`,
	}
}

// matches reports whether media is the given type. As in the framework, either
// half of media may be a star.
func matches(media, main, sub string) bool {
	m, s, _ := strings.Cut(media, "/")
	return (m == main || m == "*") && (s == sub || s == "*")
}

func malformed(text string) error {
	return ingest.Detail{Status: http.StatusBadRequest, Text: text}
}
