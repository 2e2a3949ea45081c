package xmltoken

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

// AppendRich appends the text of a <si> or <is> whose start tag was just read: that of <t>, also in runs <r>, but
// not of <rPh>, which is its pronunciation.
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
