package peyk_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"strings"
	"testing"
)

// What one reader can hold in mind, tests aside. STYLE.md aims at 40 lines a
// function; over 60 no comment excuses it.
const (
	maxFuncLines = 60
	maxFileLines = 400
)

func TestBudgets(t *testing.T) {
	fset := token.NewFileSet()
	for name, file := range parseTree(t, fset, parser.ParseComments|parser.SkipObjectResolution) {
		if strings.HasSuffix(name, "_test.go") || ast.IsGenerated(file) {
			continue
		}
		lines := fset.Position(file.FileEnd).Line
		if lines > maxFileLines {
			t.Errorf("%s has %d lines (want at most %d): split it by noun", name, lines, maxFileLines)
		}
		for _, decl := range file.Decls {
			checkFunc(t, fset, decl)
		}
	}
}

func checkFunc(t *testing.T, fset *token.FileSet, decl ast.Decl) {
	t.Helper()
	f, ok := decl.(*ast.FuncDecl)
	if !ok {
		return
	}
	at := fset.Position(f.Pos())
	if lines := fset.Position(f.End()).Line - at.Line + 1; lines > maxFuncLines {
		t.Errorf("%s: %s has %d lines (want at most %d)", at, f.Name.Name, lines, maxFuncLines)
	}
}
