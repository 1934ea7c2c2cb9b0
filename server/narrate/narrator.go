package narrate

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strconv"
	"strings"

	"procession/internal/own"
	"procession/sim/scenario"
	"procession/sim/trace"
	"procession/static"
)

// redirected is the status of an answer that sends the browser to another page.
const redirected = 302

// sidShown is how many characters of a session id a sentence shows.
const sidShown = 4

// Narrator gives the sentences of one run, in one language.
type Narrator struct {
	lang      string
	catalogue map[string]string
	workers   map[int16]worker
	keys      map[string]string // of a full key, the one in the catalogue
	settings  map[string]string // of the scenario, by key; none: the default
	change    change
	changed   bool // the event that is told is a logout by a change of mode
}

// worker is what a sentence must know of a worker.
type worker struct {
	mem     trace.Memory // of its present, or last, life
	threads int16
}

// New reads the catalogue of a language ("en").
func New(lang string) (*Narrator, error) {
	file, err := static.FS.ReadFile("lang/" + lang + ".json")
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("there are no sentences in the language %q", lang)
	}
	if err != nil {
		return nil, err
	}
	var all struct {
		Narrate map[string]string `json:"narrate"`
	}
	if err := json.Unmarshal(file, &all); err != nil {
		return nil, fmt.Errorf("the sentences in lang/%s.json cannot be read: %w", lang, err)
	}
	return &Narrator{lang: lang, catalogue: all.Narrate, workers: map[int16]worker{}, keys: map[string]string{}, settings: map[string]string{}}, nil
}

// Own adds an author's own words for handlers.
func (n *Narrator) Own(words []own.Words) {
	for _, w := range words {
		maps.Copy(n.catalogue, w.Entries())
	}
}

// Parts gives the sentence of an event in its colours. It, or Note, wants every
// event of a run, in order.
func (n *Narrator) Parts(l *trace.Log, e *trace.Event) []Part {
	n.Note(l, e)
	key := n.key(l, e)
	template := n.catalogue[key]
	if e.Kind == trace.RequestAnswered && e.Text != 0 && e.Status == 200 && !strings.HasSuffix(key, "."+e.Op.String()+"."+l.OpWord(e.Op)) {
		template += n.catalogue[e.Kind.String()+"+number"]
	}
	if e.Kind == trace.RequestAnswered && e.Cookie != 0 {
		template += n.catalogue[e.Kind.String()+"+"+e.Cookie.String()]
	}
	f := filler{n: n, log: l, event: e}
	parts := split(f.phrases(template))
	for i := range parts {
		parts[i].Text = f.values(parts[i].Text)
		parts[i].Ink = f.values(parts[i].Ink)
	}
	return slices.DeleteFunc(parts, func(p Part) bool { return p.Text == "" })
}

// Note takes an event that is not told, and keeps what later sentences depend on.
func (n *Narrator) Note(l *trace.Log, e *trace.Event) {
	n.changed = n.change.ended(l, e)
	switch e.Kind {
	case trace.WorkerStarting:
		n.workers[e.Pid] = worker{mem: e.Mem, threads: e.Threads}
	case trace.RunStarted:
		for setting := range strings.SplitSeq(l.Text(e.Text), "&") {
			n.set(setting)
		}
	case trace.ScenarioSet:
		n.set(l.Text(e.Text))
	}
}

// set notes a value of the scenario: "key=value".
func (n *Narrator) set(setting string) {
	key, value, _ := strings.Cut(setting, "=")
	n.settings[key] = value
}

// key finds the key of an event's sentence: the package comment has the rule.
func (n *Narrator) key(l *trace.Log, e *trace.Event) string {
	full := strings.Join(append([]string{e.Kind.String()}, n.words(l, e)...), ".")
	if key, ok := n.keys[full]; ok {
		return key
	}
	key := full
	for key != e.Kind.String() {
		if _, ok := n.catalogue[key]; ok {
			break
		}
		key = key[:strings.LastIndexByte(key, '.')]
	}
	n.keys[full] = key
	return key
}

// words gives the words of an event that its sentence may depend on.
func (n *Narrator) words(l *trace.Log, e *trace.Event) []string {
	var w []string
	if e.Kind == trace.RequestSent && e.Sid == 0 {
		w = append(w, "bare")
	}
	if e.Kind == trace.ScenarioSet {
		key, value, _ := strings.Cut(l.Text(e.Text), "=")
		w = append(w, key, value)
	}
	if e.Kind == trace.WorkerStarting && e.Until == e.Ts || (e.Kind == trace.LockAcquired || e.Kind == trace.SessionLocked) && e.Dur == 0 {
		w = append(w, "at-once")
	}
	if (e.Kind == trace.WorkerCrashed || e.Kind == trace.WorkerStopped) && e.Until == 0 {
		w = append(w, "for-good")
	}
	if e.Kind == trace.StoreDown {
		switch kind, disk := n.settings["store-kind"], n.settings["store-persistence"]; {
		case kind == scenario.Database:
			w = append(w, kind)
		case disk == scenario.None || disk == scenario.AOF:
			w = append(w, disk)
		}
	}
	if e.Kind == trace.ValueWritten && e.Pid == 0 {
		w = append(w, "disk")
	}
	if n.changed {
		w = append(w, byChange)
	} else if e.Outcome() == trace.ByChance {
		w = append(w, trace.ByChance.String())
	}
	if slices.Contains(e.Kind.Fields(), trace.FStatus) {
		w = append(w, strconv.Itoa(int(e.Status)))
	}
	if e.Kind == trace.RequestAnswered && e.Status == redirected && n.settings["mode"] == scenario.Store && n.settings["save-first"] != "true" {
		w = append(w, "ahead")
	}
	if e.Why != 0 {
		w = append(w, e.Why.String())
	}
	if e.Op != 0 {
		w = append(w, e.Op.String())
		if e.Op.IsOwn() {
			w = append(w, l.OpWord(e.Op))
		}
	}
	if e.Session != 0 {
		w = append(w, e.Session.String())
	}
	return w
}
