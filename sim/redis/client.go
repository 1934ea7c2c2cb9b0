package redis

import (
	"context"
	"errors"
	"net"

	"github.com/redis/go-redis/v9"
	"github.com/redis/go-redis/v9/maintnotifications"
)

// bufferSize is that of the client's buffers in bytes: a session's command fits
// in, and a thousand stores stay small.
const bufferSize = 2048

// background is what go-redis asks for: nothing here is ever cancelled.
var background = context.Background()

// client sends commands over one connection, one after the other.
type client struct {
	pool *redis.Client
	conn *redis.Conn // sticky, so that no command asks the pool
}

// newClient makes a client that connects at its first command.
func newClient(dial func() (net.Conn, error)) *client {
	pool := redis.NewClient(&redis.Options{
		Dialer:          func(context.Context, string, string) (net.Conn, error) { return dial() },
		Protocol:        2,
		DisableIdentity: true,
		MaxRetries:      -1,
		DialerRetries:   1,
		ReadTimeout:     -2, // sets no deadline at all
		WriteTimeout:    -2,
		ConnMaxIdleTime: -1,
		PoolSize:        1,
		// Otherwise it would look up the name of a host that it never dials.
		MaintNotificationsConfig: &maintnotifications.Config{Mode: maintnotifications.ModeDisabled},
		// No second pool: nothing here is pipelined.
		PipelinePoolSize: -1,
		ReadBufferSize:   bufferSize,
		WriteBufferSize:  bufferSize,
	})
	return &client{pool: pool, conn: pool.Conn()}
}

// do sends a command and gives the reply: nil, an int64, a string or a []any of
// these.
func (c *client) do(words []string) (any, error) {
	args := make([]any, len(words))
	for i, w := range words {
		args[i] = w
	}
	cmd := redis.NewCmd(background, args...)
	err := c.conn.Process(background, cmd)
	if errors.Is(err, redis.Nil) {
		return nil, nil
	}
	return cmd.Val(), err
}

// close ends the connection.
func (c *client) close() error {
	return errors.Join(c.conn.Close(), c.pool.Close())
}
