package notmodelled

import "slices"

// list has a sentence for each thing that is left out, from the network to the
// browser.
var list = []string{
	"The network has no packets: a message takes the same time however long it is, and nothing is lost, resent or queued; there are no handshakes, no TLS, no HTTP/2.",
	"The balancer, the cluster's primary process and the store take no core of the machine, and no time beyond the trips to them and back.",
	"Processes begin to listen in the order of their numbers; real ones did so in about 9 of 10 starts.",
	"nginx has one worker process of its own; with several, each would take its turns for itself.",
	"nginx's own limits are left out: no max_fails but 1, no slow start, no queue, no health checks but the requests themselves.",
	"Node collects no garbage, compiles nothing while it runs, and has no thread pool: only its event loop takes time.",
	"A handler throws only when it is told to (crash 1 handler), and before it has looked up the session; a real one may throw anywhere.",
	"express-session's unset and connect-redis' disableTouch have no key; a session cookie is its number alone, without the signature.",
	"mode=threads is not Node, whose worker threads share no objects: it stands for a server in Go or Java with the same handlers. Of two threads in a map without a lock, Go's runtime notices now and then that the second came while the first wrote (in 2 of 5 short runs), here always; neither notices a writer who comes while another one reads. Java's HashMap, which loses entries and says nothing, is left out.",
	"A core keeps a thread's state until another one runs there, but it has no caches: a thread that moves to another core loses nothing else, and memory is equally near to all cores.",
	"All threads have the same priority, time slices are equal, and nothing but the app runs on the machine.",
	"Memory is counted, not simulated: a copy of the app and a stack take what was measured, sessions take nothing, and pm2's own process (73 MB) is left out.",
	"A signed cookie is never too large for a browser (real ones stop at 4 KB), and signing takes no time.",
	"Redis holds as much as it is given, evicts nothing and never freezes; a save takes no time, its append-only file loses nothing, and a database is the same with longer trips, and keeps what it held however it ends.",
	"The clients of the store are node-redis 6.3.1 and ioredis 5.11, and other versions have other limits; node-redis waits a random time of up to 200 ms more before it connects again, here it does not.",
	"A websocket has no handshake and no pings: a visitor's first message opens it, and when it breaks, the next one does. Workers hear what the store's pub/sub carries from their start on, without a SUBSCRIBE.",
	"pm2 restarts at once: no exp_backoff_restart_delay, no memory limit, no cron. A process that dies at a signal is gone that very moment (pm2 looks each 100 ms whether one that it told to end is gone).",
	"All clocks show the same time.",
	"A browser waits 5 minutes for an answer, caches nothing, sends nothing twice by itself, and its computer is never busy.",
}

// List gives a sentence for each thing that is left out.
func List() []string { return slices.Clone(list) }
