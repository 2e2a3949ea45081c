package xmltoken

import (
	"bytes"
	"io"
)

// source cuts a document into slices of its buffer, which grows to MaxToken at most. A slice is valid until the next
// call.
type source struct {
	r    io.Reader
	buf  []byte
	from int // buf[from:to] is unread
	to   int
	err  error // of r, io.EOF at its end
}

// more reads on. The unread bytes may move to the front of the buffer.
func (s *source) more() error {
	if s.err != nil {
		return s.err
	}
	if s.from > 0 {
		s.to = copy(s.buf, s.buf[s.from:s.to])
		s.from = 0
	}
	if s.to == len(s.buf) {
		if len(s.buf) >= MaxToken {
			return ErrTokenTooLong
		}
		s.buf = append(s.buf, make([]byte, len(s.buf))...)
	}
	n, err := s.r.Read(s.buf[s.to:])
	s.to += n
	s.err = err
	return nil
}

// text takes everything before the next "<" or the end.
func (s *source) text() ([]byte, error) {
	for seen := 0; ; {
		if i := bytes.IndexByte(s.buf[s.from+seen:s.to], '<'); i >= 0 {
			return s.take(seen + i), nil
		}
		seen = s.to - s.from
		switch err := s.more(); {
		case err == io.EOF:
			return s.take(seen), nil
		case err != nil:
			return nil, err
		}
	}
}

// peek returns the next n bytes, or those that are left, without taking them.
func (s *source) peek(n int) ([]byte, error) {
	for s.to-s.from < n {
		switch err := s.more(); {
		case err == io.EOF:
			return s.buf[s.from:s.to], nil
		case err != nil:
			return nil, err
		}
	}
	return s.buf[s.from : s.from+n], nil
}

// until takes everything up to mark, and returns it without the mark.
func (s *source) until(mark string) ([]byte, error) {
	for seen := 0; ; {
		if i := bytes.Index(s.buf[s.from+seen:s.to], []byte(mark)); i >= 0 {
			all := s.take(seen + i + len(mark))
			return all[:len(all)-len(mark)], nil
		}
		seen = max(0, s.to-s.from-len(mark)+1)
		switch err := s.more(); {
		case err == io.EOF:
			return nil, Malformed("it ends before %q", mark)
		case err != nil:
			return nil, err
		}
	}
}

// tag takes everything up to the ">" that ends a start tag; one in quotes doesn't.
func (s *source) tag() ([]byte, error) {
	var quote byte
	for n := 0; ; n++ {
		for s.from+n == s.to {
			switch err := s.more(); {
			case err == io.EOF:
				return nil, Malformed("it ends inside of a tag")
			case err != nil:
				return nil, err
			}
		}
		switch c := s.buf[s.from+n]; {
		case quote == 0 && c == '>':
			all := s.take(n + 1)
			return all[:n], nil
		case quote == 0 && (c == '"' || c == '\''):
			quote = c
		case c == quote:
			quote = 0
		}
	}
}

func (s *source) take(n int) []byte {
	taken := s.buf[s.from : s.from+n]
	s.from += n
	return taken
}
