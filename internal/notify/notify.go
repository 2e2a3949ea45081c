// Package notify tells a webhook how a run has ended.
package notify

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
)

// Post sends a JSON body to a webhook and waits for the answer until the context ends. Any answer except 2xx is an
// error. Errors name only the host, because the URL of a webhook is a secret. Safe for concurrent use.
func Post(ctx context.Context, webhook string, body []byte) error {
	u, err := Parse(webhook)
	if err != nil {
		return err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, u.String(), bytes.NewReader(body))
	if err != nil {
		return errors.New("the webhook's address can't be used")
	}
	request.Header.Set("Content-Type", "application/json")
	response, err := client.Do(request)
	if err != nil {
		return fmt.Errorf("webhook at %s: %w", u.Host, withoutURL(err))
	}
	defer func() { _ = response.Body.Close() }()
	_, _ = io.CopyN(io.Discard, response.Body, 1<<16)
	if response.StatusCode/100 != 2 {
		return fmt.Errorf("webhook at %s: HTTP %d", u.Host, response.StatusCode)
	}
	return nil
}

// Parse checks the address of a webhook. The error doesn't show the address.
func Parse(webhook string) (*url.URL, error) {
	u, err := url.Parse(webhook)
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
		return nil, errors.New("the webhook is not an address such as https://hooks.example.com/services/your-own")
	}
	return u, nil
}

// client doesn't follow redirects, so that no other host gets the summary.
var client = &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}

// withoutURL removes the address from an error of net/http.
func withoutURL(err error) error {
	var outer *url.Error
	if errors.As(err, &outer) {
		return outer.Err
	}
	return err
}
