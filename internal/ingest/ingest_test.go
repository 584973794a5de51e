package ingest

import (
	"encoding/json"
	"errors"
	"fmt"
	"testing"
)

func TestBodies(t *testing.T) {
	var two FieldErrors
	two.Add("longitude", "This field is required.")
	two.Add("accuracy", `Not "good".`)
	for _, c := range []struct {
		name string
		err  error
		want string
	}{
		{"detail", Detail{415, `Unsupported media type "x" in request.`}, `{"detail":"Unsupported media type \"x\" in request."}`},
		{"fields keep their order", two, `{"longitude":["This field is required."],"accuracy":["Not \"good\"."]}`},
		{"no field", FieldErrors{}, `{}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := json.Marshal(c.err)
			if err != nil || string(got) != c.want {
				t.Errorf("Marshal = %s, %v, want %s", got, err, c.want)
			}
		})
	}
}

func TestErr(t *testing.T) {
	var e FieldErrors
	if err := e.Err(); err != nil {
		t.Errorf("Err of no wrong field = %v, want nil", err)
	}
	e.Add("speed", "A valid number is required.")
	var back FieldErrors
	if !errors.As(fmt.Errorf("position: %w", e.Err()), &back) || len(back) != 1 {
		t.Errorf("errors.As found %v, want the one wrong field", back)
	}
	if got, want := e.Error(), "speed: A valid number is required."; got != want {
		t.Errorf("Error = %q, want %q", got, want)
	}
}
