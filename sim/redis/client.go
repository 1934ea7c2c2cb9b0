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

// set sends SET key value EX exSeconds. The words are those of connect-redis.
func (c *client) set(key, value string, exSeconds int64) error {
	return c.conn.Process(background, redis.NewStatusCmd(background, "SET", key, value, "EX", exSeconds))
}

// get sends GET key.
func (c *client) get(key string) (value string, ok bool, err error) {
	cmd := redis.NewStringCmd(background, "GET", key)
	err = c.conn.Process(background, cmd)
	if errors.Is(err, redis.Nil) {
		return "", false, nil
	}
	return cmd.Val(), err == nil, err
}

// expire sends EXPIRE key exSeconds.
func (c *client) expire(key string, exSeconds int64) (bool, error) {
	cmd := redis.NewIntCmd(background, "EXPIRE", key, exSeconds)
	err := c.conn.Process(background, cmd)
	return cmd.Val() == 1, err
}

// del sends DEL key.
func (c *client) del(key string) (bool, error) {
	cmd := redis.NewIntCmd(background, "DEL", key)
	err := c.conn.Process(background, cmd)
	return cmd.Val() == 1, err
}

// do sends any command.
func (c *client) do(args []string) (any, error) {
	words := make([]any, len(args))
	for i, a := range args {
		words[i] = a
	}
	cmd := redis.NewCmd(background, words...)
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
