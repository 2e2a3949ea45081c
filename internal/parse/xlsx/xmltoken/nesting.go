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

// AppendText appends the text of the element whose start tag was just read, up to its end tag and without the
// elements in it.
func (x *Reader) AppendText(dst []byte) ([]byte, error) {
	for depth := x.Depth(); ; {
		token, err := x.Next()
		switch {
		case err != nil:
			return dst, err
		case token == charData && x.Depth() == depth:
			dst = append(dst, x.text...)
		case token == EndTag && x.Depth() < depth:
			return dst, nil
		}
	}
}

// AppendRich appends the text of a <si> or <is> whose start tag was just read: that of <t>, also in runs <r>, but not
// of <rPh>, which is its pronunciation.
func (x *Reader) AppendRich(dst []byte) ([]byte, error) {
	for depth := x.Depth(); ; {
		token, err := x.Next()
		switch {
		case err != nil:
			return dst, err
		case token == StartTag && string(x.Name) == "rPh":
			_, err = x.AppendText(nil)
		case token == StartTag && string(x.Name) == "t":
			dst, err = x.AppendText(dst)
		case token == EndTag && x.Depth() < depth:
			return dst, nil
		}
		if err != nil {
			return dst, err
		}
	}
}
