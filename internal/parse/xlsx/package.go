package xlsx

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"officeimporter/internal/parse/sheet"
	"officeimporter/internal/parse/snapshot"
	"officeimporter/internal/parse/xlsx/xmltoken"
)

// The largest sizes of a workbook's parts, in bytes, unpacked. A sheet takes 30 MB for 20,000 rows of 40 columns, 60
// MB for a million formatted blank rows; as it is read as a stream, its size costs only time. Texts and styles are
// held in memory.
const (
	maxSheetPart  = 192 << 20
	maxStringPart = 64 << 20
	MaxSmallPart  = 16 << 20
)

// errPartTooLarge says that a part is larger than its limit.
var errPartTooLarge = errors.New("part is too large")

// xlsxPackage is the ZIP archive of XML parts that makes up a workbook.
type xlsxPackage struct {
	files map[string]*zip.File // by entryName
}

func openPackage(src *snapshot.Snapshot) (*xlsxPackage, error) {
	archive, err := zip.NewReader(src, src.Size())
	if err != nil {
		return nil, sheet.Refuse("corrupt_file", 0, "is a damaged or cut workbook (%v); save, copy or download it again", err)
	}
	p := &xlsxPackage{files: make(map[string]*zip.File, len(archive.File))}
	for _, f := range archive.File {
		name := strings.TrimPrefix(EntryName(f), "/")
		if _, twice := p.files[name]; twice {
			return nil, sheet.Refuse("corrupt_file", 0, "holds the part %q twice; save it again in a spreadsheet program", name)
		}
		p.files[name] = f
	}
	return p, nil
}

// resolve turns the target of a relationship of xl/workbook.xml into its name in files.
func resolve(target string) string {
	target = strings.ToLower(strings.ReplaceAll(target, `\`, "/"))
	if strings.HasPrefix(target, "/") {
		return target[1:]
	}
	return path.Join("xl", target)
}

// partReader reads the XML of one part. When next returns io.EOF, the part is complete and its checksum right. Any
// other error is an *office.InputError.
type partReader struct {
	*xmltoken.Reader
	what  string // the part's name in messages
	limit int64  // in bytes
	entry io.ReadCloser
}

// open starts to read a part of at most limit bytes.
func (p *xlsxPackage) open(name, what string, limit int64) (*partReader, error) {
	file, ok := p.files[name]
	if !ok {
		return nil, sheet.Refuse("corrupt_file", 0, "has no part %q (%s); save it again in a spreadsheet program", name, what)
	}
	r := &partReader{what: fmt.Sprintf("%s (%s)", what, file.Name), limit: limit}
	if file.UncompressedSize64 > uint64(limit) {
		return nil, r.refusal(errPartTooLarge)
	}
	entry, err := file.Open()
	if err != nil { // io.EOF too, if the file is cut off
		return nil, r.notUnpacked(err)
	}
	r.entry, r.Reader = entry, xmltoken.NewReader(&boundedReader{entry, limit})
	return r, nil
}

// next is Reader.Next with errors that name the part.
func (r *partReader) next() (xmltoken.Token, error) {
	token, err := r.Reader.Next()
	return token, r.refusal(err)
}

// refusal turns err into an error for the person who has the file. Nil and io.EOF come back unchanged.
func (r *partReader) refusal(err error) error {
	_, isXML := errors.AsType[xmltoken.Error](err)
	switch {
	case err == nil, err == io.EOF:
		return err
	case isXML:
		return sheet.Refuse("corrupt_sheet", 0, "%s is damaged: %v; open it in a spreadsheet program and save it again", r.what, err)
	case errors.Is(err, errPartTooLarge):
		return sheet.Refuse("too_large", 0, "%s holds more than %d MiB; copy the rows alone to a new workbook", r.what, r.limit>>20)
	case errors.Is(err, xmltoken.ErrTokenTooLong):
		return sheet.Refuse("too_large", 0, "%s holds %v; a cell can have 32,767 characters", r.what, err)
	}
	return r.notUnpacked(err)
}

func (r *partReader) notUnpacked(err error) error {
	return sheet.Refuse("corrupt_file", 0, "%s can't be unpacked (%v); save, copy or download the file again", r.what, err)
}

func (r *partReader) close() error { return r.entry.Close() }

// read calls visit for every start tag of a part.
func (p *xlsxPackage) read(name, what string, limit int64, visit func(*partReader) error) error {
	r, err := p.open(name, what, limit)
	if err != nil {
		return err
	}
	defer r.close()
	for {
		token, err := r.next()
		if err == nil && token == xmltoken.StartTag {
			err = visit(r)
		}
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// boundedReader fails after left bytes: a header may lie about the size.
type boundedReader struct {
	r    io.Reader
	left int64
}

func (b *boundedReader) Read(p []byte) (int, error) {
	n, err := b.r.Read(p)
	if b.left -= int64(n); b.left < 0 {
		return 0, errPartTooLarge
	}
	return n, err
}

// Content returns the bytes of a part of at most limit bytes. Errors call the part what.
func (p *xlsxPackage) Content(name, what string, limit int64) ([]byte, error) {
	r, err := p.open(name, what, limit)
	if err != nil {
		return nil, err
	}
	defer r.close()
	content, err := io.ReadAll(io.LimitReader(r.entry, limit))
	if err != nil {
		return nil, r.notUnpacked(err)
	}
	return content, nil
}

// EntryName is the name of an archive entry in lower case, with slashes instead of the backslashes that some programs
// write.
func EntryName(f *zip.File) string {
	return strings.ToLower(strings.ReplaceAll(f.Name, `\`, "/"))
}
