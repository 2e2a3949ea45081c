package parse

// appendText appends the text of the element whose start tag was just read,
// to its end tag; elements inside of it are left out.
func (x *xmlReader) appendText(dst []byte) ([]byte, error) {
	for depth := x.depth(); ; {
		token, err := x.next()
		switch {
		case err != nil:
			return dst, err
		case token == charData && x.depth() == depth:
			dst = append(dst, x.text...)
		case token == endTag && x.depth() < depth:
			return dst, nil
		}
	}
}

// appendRich appends the text of a <si> or <is> whose start tag was just read:
// of <t>, also in runs <r>, but not of <rPh>, which says how to pronounce it.
func (x *xmlReader) appendRich(dst []byte) ([]byte, error) {
	for depth := x.depth(); ; {
		token, err := x.next()
		switch {
		case err != nil:
			return dst, err
		case token == startTag && string(x.name) == "rPh":
			_, err = x.appendText(nil)
		case token == startTag && string(x.name) == "t":
			dst, err = x.appendText(dst)
		case token == endTag && x.depth() < depth:
			return dst, nil
		}
		if err != nil {
			return dst, err
		}
	}
}
