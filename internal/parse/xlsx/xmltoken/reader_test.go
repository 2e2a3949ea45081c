package xmltoken

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"
)

// tokensOf writes down what a reader returns: <name a=value>, </name>, text.
func tokensOf(r io.Reader) (string, error) {
	var b strings.Builder
	x := NewReader(r)
	for {
		token, err := x.Next()
		switch {
		case err == io.EOF:
			return b.String(), nil
		case err != nil:
			return b.String(), err
		case token == StartTag:
			fmt.Fprintf(&b, "<%s", x.Name)
			for _, a := range x.attrs {
				fmt.Fprintf(&b, " %s=%q", localName(a.name), a.value)
			}
			b.WriteString(">")
		case token == EndTag:
			fmt.Fprintf(&b, "</%s>", x.Name)
		default:
			b.Write(x.text)
		}
	}
}

// oracleTokens is tokensOf with encoding/xml.
func oracleTokens(doc []byte) (string, error) {
	var b strings.Builder
	d := xml.NewDecoder(bytes.NewReader(doc))
	depth := 0
	for {
		token, err := d.Token()
		switch {
		case err == io.EOF:
			return b.String(), nil
		case err != nil:
			return b.String(), err
		}
		switch token := token.(type) {
		case xml.StartElement:
			depth++
			fmt.Fprintf(&b, "<%s", token.Name.Local)
			for _, a := range token.Attr {
				fmt.Fprintf(&b, " %s=%q", a.Name.Local, a.Value)
			}
			b.WriteString(">")
		case xml.EndElement:
			depth--
			fmt.Fprintf(&b, "</%s>", token.Name.Local)
		case xml.CharData:
			if depth > 0 {
				b.Write(token)
			}
		}
	}
}

var soundXML = []string{
	`<a/>`, `<a></a >`, `<?xml version="1.0" encoding="utf-8" standalone='yes'?><a b="1" c = '2'>x</a><!-- end --> `,
	`<x:a xmlns:x="u"><x:b y:c="1"/></x:a>`, `<a>&lt;&gt;&amp;&apos;&quot;&#65;&#x42;&#x1F600;</a>`,
	"<a>one\r\ntwo\rthree\n</a>", "<a b='x\r\ny'/>", `<a b=">"><c d='"'/></a>`, `<a><![CDATA[<b>&amp;]] ]]>x</a>`,
	`<a>x<!-- - -->y<?pi with > in it?>z</a>`, "\ufeff<a/>", `<a>東京 ü</a>`, `<a b="&#10;&amp;"/>`, "\n<a>\t</a>\n",
}

var brokenXML = []string{
	``, ` `, `<a>`, `<a`, `</a>`, `<a></b>`, `<a/><b/>`, `x<a/>`, `<a/>x`, `<a b/>`, `<a b=1/>`, `<a b="1"c="2"/>`, `<a b="1/>`,
	`<a b="1" b="2"/>`, `<a b="<"/>`, `<a>&</a>`, `<a>&nbsp;</a>`, `<a>&#0;</a>`, `<a>&#xD800;</a>`, `<a>&#;</a>`, `<a>&#99999999999;</a>`,
	"<a>\x00</a>", "<a>\xff</a>", "<a>\uffff</a>", `<a>]]></a>`, `<a><!-- -- --></a>`, `<a><!--`, `<a><![CDATA[`, `<![CDATA[x]]><a/>`,
	`<!DOCTYPE a><a/>`, `<a><!ENTITY b "c"></a>`, `<1/>`, `< a/>`, `<a:b:c/>`, `<?xml version="1.0" encoding="latin1"?><a/>`, `<a <>`, `<>`, `<?`, `<a b="1`,
	strings.Repeat("<a>", maxDepth+1) + strings.Repeat("</a>", maxDepth+1),
}

// TestXMLReader also reads byte by byte, so that every token is cut everywhere.
func TestXMLReader(t *testing.T) {
	for _, doc := range soundXML {
		want, err := oracleTokens([]byte(doc))
		if err != nil {
			t.Fatalf("%q: %v", doc, err)
		}
		for name, r := range map[string]io.Reader{
			"at once": strings.NewReader(doc), "byte by byte": iotest.OneByteReader(strings.NewReader(doc)),
			"with the end": iotest.DataErrReader(strings.NewReader(doc)),
		} {
			if got, err := tokensOf(r); err != nil || got != want {
				t.Errorf("%q %s: %q, %v; want %q", doc, name, got, err, want)
			}
		}
	}
	for _, doc := range brokenXML {
		if got, err := tokensOf(iotest.OneByteReader(strings.NewReader(doc))); err == nil {
			t.Errorf("%q was read as %q", doc, got)
		}
	}
}

func TestXMLReaderPassesOn(t *testing.T) {
	broken := io.MultiReader(strings.NewReader("<a>text"), iotest.ErrReader(io.ErrUnexpectedEOF))
	if _, err := tokensOf(broken); err != io.ErrUnexpectedEOF {
		t.Errorf("error of the source became %v", err)
	}
	long := "<a>" + strings.Repeat("x", MaxToken) + "</a>"
	if _, err := tokensOf(strings.NewReader(long)); err != ErrTokenTooLong {
		t.Errorf("a long text gave %v", err)
	}
	fits := "<a>" + strings.Repeat("x", MaxToken/2) + "</a>"
	if got, err := tokensOf(strings.NewReader(fits)); err != nil || len(got) != len(fits) {
		t.Errorf("a text of half that: %d bytes, %v", len(got), err)
	}
}

// FuzzXMLReader: whatever we accept, encoding/xml accepts too, and reads the same.
func FuzzXMLReader(f *testing.F) {
	for _, doc := range append(soundXML, brokenXML...) {
		f.Add([]byte(doc))
	}
	f.Add([]byte(`<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>` +
		`<row r="1"><c r="A1" t="inlineStr"><is><t>Office name</t></is></c></row><row r="2"><c r="A2" s="1"><v>1.5</v></c></row></sheetData></worksheet>`))
	f.Fuzz(func(t *testing.T, doc []byte) {
		got, err := tokensOf(iotest.HalfReader(bytes.NewReader(doc)))
		if err != nil || unlikeOracle(doc) {
			return
		}
		want, err := oracleTokens(doc)
		if err != nil {
			t.Fatalf("%q was read as %q, but is wrong: %v", doc, got, err)
		}
		if got != want {
			t.Errorf("%q was read as %q, want %q", doc, got, want)
		}
	})
}

// unlikeOracle tells whether the two may differ on a document: encoding/xml checks which letters a name may have,
// keeps a colon at either end of it, knows the prefix xmlns, and requires version 1.0.
func unlikeOracle(doc []byte) bool {
	for _, c := range doc {
		if c >= 0x80 {
			return true
		}
	}
	return bytes.Contains(doc, []byte(":")) || bytes.Contains(doc, []byte("<?")) || bytes.Contains(doc, []byte("xmlns"))
}
