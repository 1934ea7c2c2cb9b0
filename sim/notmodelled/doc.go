// Package notmodelled says in one place what the simulator leaves out, so that
// the page, the command line and the README can say it, too.
package notmodelled
