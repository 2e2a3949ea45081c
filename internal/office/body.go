package office

import (
	"bytes"
	"encoding/json"
)

// Body is the JSON of the request that creates an office. Plan ids and journals hold digests of these bytes, so the
// order of Office's fields and their tags must not change.
func Body(o *Office) ([]byte, error) {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false) // a reviewer should see "A & B" as it is
	if err := encoder.Encode(o); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}
