package parse

import (
	"bytes"
	"io"
)

// end is io.EOF where the document is complete.
func (x *xmlReader) end() error {
	switch {
	case x.depth() > 0:
		return malformed("it ends inside of <%s>", x.top())
	case !x.ended:
		return malformed("it has no root element")
	}
	return io.EOF
}

func (x *xmlReader) top() []byte { return x.open[x.starts[len(x.starts)-1]:] }

func (x *xmlReader) push(name []byte) error {
	switch {
	case x.depth() == maxXMLDepth:
		return malformed("its elements are nested more than %d deep", maxXMLDepth)
	case x.depth() == 0 && x.ended:
		return malformed("it has a second root element <%s>", name)
	}
	x.starts = append(x.starts, len(x.open))
	x.open = append(x.open, name...)
	return nil
}

func (x *xmlReader) pop() error {
	x.name = localName(x.top())
	x.open = x.open[:x.starts[len(x.starts)-1]]
	x.starts = x.starts[:len(x.starts)-1]
	x.ended = x.depth() == 0
	return nil
}

func localName(name []byte) []byte {
	return name[bytes.IndexByte(name, ':')+1:]
}
