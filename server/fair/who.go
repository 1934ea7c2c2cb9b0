package fair

// Who asks for something. A client is what asks for one thing at a time in
// ordinary use, such as a room or a connection; an address has many when a
// class shares one.
type Who struct {
	Client  string // among those of the address
	Address string
}
