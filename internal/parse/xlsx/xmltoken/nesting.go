package xmltoken

import (
	"bytes"
	"io"
)

// end is io.EOF if the document is complete.
func (x *Reader) end() error {
	switch {
	case x.Depth() > 0:
		return Malformed("it ends inside of <%s>", x.top())
	case !x.ended:
		return Malformed("it has no root element")
	}
	return io.EOF
}

func (x *Reader) top() []byte { return x.open[x.starts[len(x.starts)-1]:] }

func (x *Reader) push(name []byte) error {
	switch {
	case x.Depth() == maxDepth:
		return Malformed("its elements are nested more than %d deep", maxDepth)
	case x.Depth() == 0 && x.ended:
		return Malformed("it has a second root element <%s>", name)
	}
	x.starts = append(x.starts, len(x.open))
	x.open = append(x.open, name...)
	return nil
}

func (x *Reader) pop() error {
	x.Name = localName(x.top())
	x.open = x.open[:x.starts[len(x.starts)-1]]
	x.starts = x.starts[:len(x.starts)-1]
	x.ended = x.Depth() == 0
	return nil
}

func localName(name []byte) []byte {
	return name[bytes.IndexByte(name, ':')+1:]
}
