package tile

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
)

// headerLen is the size of the header of a PMTiles file of version 3.
const headerLen = 127

// CheckFile returns an error that says what was wanted if there is no PMTiles
// file of version 3 at the path. The error does not repeat the path.
func CheckFile(path string) error {
	_, _, err := openArchive(path)
	return err
}

// openArchive looks at the first bytes alone: what else is wrong in a file of
// gigabytes shows when its tiles are read.
func openArchive(path string) (file *os.File, info os.FileInfo, err error) {
	file, err = os.Open(path)
	if err != nil {
		return nil, nil, unreadable(err)
	}
	defer func() {
		if err != nil {
			_ = file.Close() // it was only read
		}
	}()
	if info, err = file.Stat(); err != nil {
		return nil, nil, unreadable(err)
	}
	if !info.Mode().IsRegular() {
		return nil, nil, errors.New("a file")
	}
	var header [headerLen]byte
	if _, err = io.ReadFull(file, header[:]); err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return nil, nil, unreadable(err)
	}
	if string(header[:7]) != "PMTiles" || err != nil {
		return nil, nil, errors.New("a PMTiles file of version 3; this is none")
	}
	if header[7] != 3 {
		return nil, nil, fmt.Errorf("a PMTiles file of version 3; this is version %d", header[7])
	}
	return file, info, nil
}

func unreadable(err error) error {
	if failed, ok := errors.AsType[*os.PathError](err); ok {
		err = failed.Err
	}
	return fmt.Errorf("a readable file: %w", err)
}

// serveFile answers with parts of the archive. It opens the file each time, so
// that a new extract takes the place of the old one by a rename; the ETag then
// tells readers to begin anew.
func (s *Server) serveFile(w http.ResponseWriter, r *http.Request) {
	file, info, err := openArchive(s.o.Ground.File)
	if err != nil {
		s.o.Log.Error("the map's file cannot be read", "file", s.o.Ground.File, "err", err)
		s.refuse(w, http.StatusBadGateway, "The map's file cannot be read.")
		return
	}
	defer file.Close() // it was only read
	h := w.Header()
	h.Set("Content-Type", kinds[archiveShape])
	h.Set("Cache-Control", "private, no-cache")
	h.Set("ETag", fmt.Sprintf(`"%x-%x"`, info.ModTime().UnixNano(), info.Size()))
	http.ServeContent(w, r, "", info.ModTime(), file)
}
