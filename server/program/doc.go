// Package program is the whole server, as the program and the tests start it:
//
//	m := &program.Main{Addr: "127.0.0.1:0"}
//	err := m.Run() // returns when the page can be loaded
//	fmt.Println(m.URL())
//	m.Close()
package program
