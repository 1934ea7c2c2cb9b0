// Package static holds the files that the browser gets, embedded: css/, img/,
// lang/ (the words), and js/, plain modules with nothing to build.
//
// A folder of js/ is named for what is in it, and no two files have one name.
// This is the way of a run through it, from the server to the eye:
//
//	wire/      what crosses to the server and back: the socket, its messages, all requests
//	room/      the live end of a run: what the server says and people want, and which moment is shown
//	run/       what is known of a run, and what follows from that alone: picture, outcomes, figures
//	history/   its past, kept small, with each moment of it at hand
//	page/      the page around the stage: it draws the moment that is shown, and says the sentence of it
//	stage/     visitors, balancer, processes, store; parts/ are machine, locks, websockets, crowds
//	controls/  what people set and press
//	panels/    what opens beside the stage
//	travel/    into the past and back, and off into another future
//	compare/   other worlds beside the page's own
//	charts/    figures over time
//	why/       the story of a thing; code/ is where in the source the run is
//	share/     what is given away of a run; exports/ makes the files
//	embed/     the page as a frame in another one
//	lesson/    the pages of lessons, which have the stage in such a frame
//
// And what all of them use:
//
//	address/   what an address says of run, moment and language
//	words/     the catalogue, the sentences of what happens, and which of them is told
//	dom/       nodes, icons, style sheets
//	head/      classic scripts in the head of pages: they run before the modules, and without them
//
// A verb means one thing in all of them:
//
//	show    brings what stands on the page into line with values
//	draw    paints a moment of a run, each frame while time goes on
//	note    hears the next event of a run, in order
//	renew   begins with another picture; follow goes to another moment of the same run
//	tell    says something to somebody: to the reader, to the page around, to whoever listens
//	open, close, toggle: what comes and goes as somebody likes
//
// What some part of a page wants of another it says by an event, which bubbles to
// the page (order, panel, menu, moment, stale, …); the page and the room are handed
// on, and not single functions of them.
//
// The pages begin in main.js and lesson/start.js. What the first picture does
// without is imported when it is asked for, or when that picture is there.
package static
