package code

// Parse takes a source apart whose marks hold for operations with a session.
func Parse(text string) (*File, error) { return parse(text, withSession) }
