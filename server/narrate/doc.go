// Package narrate says in a sentence what an event of the trace is about. The
// sentences stand in static/lang/<language>.json under "narrate"; the browser
// reads the same file by the same rule.
//
// A Narrator is given every event of a run in order and tells each; see Example.
//
// # Finding the sentence
//
// An event has words, in this order, each only if it applies:
//
//  1. "bare"      kind request.sent, when sid is empty
//  2. key, value  kind scenario.set: what stands in text before and after the "="
//  3. "at-once"   kind worker.starting, when until is ts; kind lock.acquired,
//     when dur is 0
//     "for-good"  kinds worker.crashed and worker.stopped, when until is 0
//     "database"  kind store.down, when the scenario's store-kind is database; else
//     "none", "aof"  when that is its store-persistence
//  4. "chance"    when chance is 1, but
//     "changed"   when the last change of mode did that: the lookup was a miss, of a
//     session that no other process had any more, and its visitor has not been
//     logged in since by a memory of the set-up that the change brought
//  5. status      the number, for kinds that have the field ("0" too)
//     "ahead"     kind request.answered, when status is 302, in mode=store without
//     save-first: the session is saved only after that
//  6. why
//  7. op
//  8. session
//
// The key of the sentence is the kind and the words, with dots between:
// "request.done.401.visit.miss". If the catalogue has no such key, the last
// word is dropped, then the one before, until only the kind is left, which is
// always there. To a request.answered that shows a number "request.answered+number" is
// appended, unless its sentence is an author's own (package own), which ends with the name
// of the handler; to one with a cookie "request.answered+set" or "request.answered+clear".
//
// # Filling it in
//
// A name in braces stands for
//
//	{visitor} {text} {note} {op} {status}   the field; likewise (an op is what its
//	                author calls it, op.NAME, if that is there)
//	{pid} {tid} {core} {conn} {req} {threads} {count}
//	{key} {value}   of scenario.set, the parts of text
//	{circle}        of lock.deadlocked, text ("checking:1,savings:2"): circle.step for
//	                each {lock} with the thread {tid} that holds it and the lock {next}
//	                that it waits for, with ", " between
//	{dur}           the field, as a duration
//	{in}            until - ts, as a duration
//	{until}         the field, as a moment: "3.420 s"
//	{sid}           the first 4 characters of sid, in the ink of the memory that
//	                made it (made; mem, for kinds without made): [[7f3a|p1]]
//	{who} {Who}     who acts: who.nobody when pid is 0; who.thread when the event
//	                has a tid and the worker has more than one thread; else
//	                who.process. {Who} takes the key with ".cap" at its end.
//	{memory}        mem as the worker pid sees it: memory.store (-1), memory.jar
//	                (-2), memory.none (0), memory.threads when the worker has
//	                more than one thread, else memory.own
//	{place} {made} {home}   the memory of mem, made or home, as seen from
//	                outside: place.store, place.jar, place.none, place.earlier
//	                when the worker has a newer memory than that, else
//	                place.process; in both, {n} is the number of the worker
//
// What stands for a name may itself have names and ink: {who} is
// "[[process {pid}|p{pid}]]". Texts that come from the run (visitor, text,
// note, key, value, circle, sid) are put in last and are never read as a template.
//
// A worker's number of threads and its present memory are those of its last
// worker.starting, the scenario's store-kind and store-persistence are those of run.started and of the last
// scenario.set since, and a change of mode is one of scenario.set, so a Narrator is given all events of a run in order.
//
// A duration is written in whole µs below 1 ms, in ms with one decimal below
// 10 ms, in whole ms below 1 s, else in s with two decimals; rounded half up, zeros at
// the end dropped: "400 µs", "1.3 ms", "12 ms", "2.5 s". A moment is in s with
// three decimals.
//
// # Ink
//
// [[words|ink]] marks words that wear a colour: p1 to p16 are the workers', store the
// store's, hit and miss the good and the bad end, none is no colour. Marks do not nest.
package narrate
