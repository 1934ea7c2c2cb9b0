// Package qr writes an address as a QR code, for a projector and for phones
// that look at it: dark on white whatever the theme, since many phones read
// nothing else, with the quiet zone around it that they need.
package qr
