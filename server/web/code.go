package web

import "procession/server/code"

func newCode() (*asset, error) {
	files, err := code.Files()
	if err != nil {
		return nil, err
	}
	return newDataAsset("code.json", struct {
		Files []*code.File `json:"files"`
	}{files})
}
