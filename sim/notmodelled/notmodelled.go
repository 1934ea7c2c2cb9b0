package notmodelled

import "slices"

// list has a sentence for each thing that is left out, from the network to the
// browser.
var list = []string{
	"The network has no packets: a message takes the same time however long it is, and nothing is lost, resent or queued; there are no handshakes and no TLS, and of HTTP/2 only that one connection carries many requests at once.",
	"The balancer, the cluster's primary process and the store take no core of the machine, and no time beyond the trips to them and back.",
	"Processes begin to listen in the order of their numbers; real ones did so in about 9 of 10 starts.",
	"nginx has one worker process of its own; with several, each would take its turns for itself.",
	"nginx's own limits are left out: no max_fails but 1, no slow start, no queue, no health checks but the requests themselves.",
	"Node collects no garbage, compiles nothing while it runs, and has no thread pool: only its event loop takes time.",
	"A handler throws only when it is told to (crash 1 handler), and before it has looked up the session; a real one may throw anywhere.",
	"express-session's unset and connect-redis' disableTouch have no key. A session cookie shows its number alone: its signature only fits or not, and a process has one secret, where express-session may have older ones beside it. With session-lock and a shared store the locks are on files that all processes see, as PHP's own are: given in the order of coming, in no time, and free when their process ends. Handlers that lock in Redis ask again and again (SET NX), in no order, and after a crash the lock stays until its time is over.",
	"mode=threads is not Node, whose worker threads share no objects: it stands for a server in Go or Java with the same handlers. Of two threads in a map without a lock, Go's runtime notices now and then that the second came while the first wrote (in 2 of 5 short runs), here always; neither notices a writer who comes while another one reads. Java's HashMap, which loses entries and says nothing, is left out.",
	"A core keeps a thread's state until another one runs there, but it has no caches: a thread that moves to another core loses nothing else, and memory is equally near to all cores.",
	"All threads have the same priority, time slices are equal, and nothing but the app runs on the machine.",
	"Memory is counted, not simulated: a copy of the app and a stack take what was measured, sessions take nothing, and pm2's own process (73 MB) is left out.",
	"A signed cookie is never too large for a browser (real ones stop at 4 KB), and signing takes no time.",
	"Redis' memory is not measured: it is full when it is told to be (store full), until store up, whatever is deleted meanwhile; with allkeys-lru it then has room for as many sessions as it held, and always finds the one used least recently, where a real one looks at a few. It never freezes; a save takes no time, its append-only file loses nothing, and a database is the same with longer trips, and keeps what it held however it ends.",
	"The clients of the store are node-redis 6.3.1 and ioredis 5.11, and other versions have other limits; node-redis waits a random time of up to 200 ms more before it connects again, here it does not.",
	"A websocket has no handshake and no pings: a visitor's first message opens it, and when it breaks, the next one does. Processes hear what the store's pub/sub carries from their start on, without a SUBSCRIBE.",
	"pm2 restarts at once: no exp_backoff_restart_delay, no memory limit, no cron. A process that dies at a signal is gone that very moment (pm2 looks each 100 ms whether one that it told to end is gone).",
	"A handler of an author's own keeps whole numbers, the same for all visitors but in a session: a rate limiter counts everybody together, and its minute never ends. A timer does not begin its job again while that is under way.",
	"All clocks show the same time.",
	"A browser waits 5 minutes for an answer, caches nothing, sends nothing twice by itself, and its computer is never busy.",
	"A client that polls sends a request when it is asked to: no request waits for news, nothing is pinged, and an id ends only with its process. That of poll keeps its id whatever it is told, as the measured one did; that of chat begins anew with its next message, where socket.io's does so after a second or more by itself, and sends nothing when its websocket is refused, where socket.io's goes on polling.",
}

// List gives a sentence for each thing that is left out.
func List() []string { return slices.Clone(list) }
