package redis

import (
	"bufio"
	"fmt"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"

	"github.com/alicebob/miniredis/v2/server"
)

// View is a door for looking into a store from outside, while the run goes on
// and from any goroutine. It lets nothing in that could change the store.
type View struct {
	store *Store
}

// View gives the door.
func (s *Store) View() *View { return &View{store: s} }

// lookers are the commands that pass: what one asks a store of sessions for.
// They read, do not wait and have no variant that writes. What else reads is
// left out: there is nothing of that kind in the store, and each command is
// one more that a server for tests may not be made for.
var lookers = []string{
	"DBSIZE", "ECHO", "EXISTS", "EXPIRETIME", "GET", "KEYS", "MGET", "PEXPIRETIME", "PING", "PTTL", "SCAN", "STRLEN", "TIME", "TTL", "TYPE",
}

const (
	// replyMost is how many bytes a reply may have. Everybody who looks in may
	// have one under way.
	replyMost = 1 << 20
	// patternMost is how many bytes a word of KEYS and SCAN may have: a pattern
	// is held against every key, and the run waits meanwhile.
	patternMost = 128
)

// Do executes a command that reads and gives the reply as a Redis server
// writes it (RESP2). A command that is not among the lookers is refused in the
// reply. The error is that the server panicked, which the reply says, too: the
// store is unharmed.
func (v *View) Do(args ...string) (reply []byte, err error) {
	if len(args) == 0 {
		return replyError("ERR a command needs at least one word"), nil
	}
	name := strings.ToUpper(args[0])
	if !slices.Contains(lookers, name) {
		return replyError("READONLY this door is for looking only: " + strconv.Quote(args[0]) + " is not among the commands that pass, " +
			strings.Join(lookers, " ") + "; the simulated workers are the only ones who write"), nil
	}
	if name == "KEYS" || name == "SCAN" {
		for _, word := range args[1:] {
			if len(word) > patternMost {
				return replyError(fmt.Sprintf("ERR a pattern has at most %d bytes here", patternMost)), nil
			}
		}
	}
	s := v.store
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.start() != nil {
		return replyError("ERR the run that this store belonged to is over"), nil
	}
	s.clock.move(s.now)
	return s.look(name, args)
}

// look executes a command of somebody who looks in. The caller holds the lock.
func (s *Store) look(name string, args []string) (reply []byte, err error) {
	// The server has a lock of its own, which a panic leaves closed. Whoever
	// uses the server holds the store's lock, so it is ours to open.
	defer func() {
		p := recover()
		if p == nil {
			return
		}
		s.server.TryLock()
		s.server.Unlock()
		reply = replyError("ERR this " + name + " confuses the simulated store, which is unharmed; please ask in another way")
		err = fmt.Errorf("redis: %s panicked: %v\n%s", name, p, debug.Stack())
	}()
	var out bounded
	peer := server.NewPeer(bufio.NewWriter(&out))
	s.server.Server().Dispatch(peer, args)
	peer.Flush()
	if out.over {
		return replyError(fmt.Sprintf("ERR the reply has more than %d MB; please ask for less, for example with a narrower pattern", replyMost>>20)), nil
	}
	return out.kept, nil
}

// bounded keeps what is written to it as long as that is no more than a reply
// may have.
type bounded struct {
	kept []byte
	over bool
}

// Write never fails.
func (b *bounded) Write(p []byte) (int, error) {
	if b.over = b.over || len(b.kept)+len(p) > replyMost; b.over {
		b.kept = nil
	} else {
		b.kept = append(b.kept, p...)
	}
	return len(p), nil
}

// replyError gives an error as a Redis server writes it.
func replyError(text string) []byte {
	return []byte("-" + strings.NewReplacer("\r", " ", "\n", " ").Replace(text) + "\r\n")
}
