package html

import (
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"html/template"
	"strings"

	"officeimporter/internal/report"
)

//go:embed page
var pageFiles embed.FS

var (
	pageStyle  = pageFile("page/report.css")
	pageScript = pageFile("page/report.js")

	pageTemplate = template.Must(template.New("").Funcs(template.FuncMap{
		"thousands": report.Thousands,
		"command":   func(line string) bool { return strings.HasPrefix(line, "importer ") },
		"words":     func(line string) []string { return strings.Split(line, " ") },
		"style":     func() template.CSS { return template.CSS(pageStyle) },
		"script":    func() template.JS { return template.JS(pageScript) },
		"policy":    func() template.HTMLAttr { return template.HTMLAttr(`content="` + pagePolicy() + `"`) },
	}).ParseFS(pageFiles, "page/report.html.tmpl"))
)

func pageFile(name string) string {
	text, err := pageFiles.ReadFile(name)
	if err != nil {
		panic(err) // can't happen: it is embedded
	}
	return string(text)
}

// pagePolicy lets the page run its own style and script and nothing else: it can't load or send anything, or turn a
// cell into markup.
func pagePolicy() string {
	return "default-src 'none'; style-src " + sourceHash(pageStyle) + "; script-src " + sourceHash(pageScript) +
		"; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
}

func sourceHash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}
