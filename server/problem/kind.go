package problem

import (
	"net/http"

	"github.com/gorilla/websocket"

	"procession/server/wire"
)

// kind is what a code means to programs.
type kind struct {
	status int // HTTP
	close  int // of a websocket that is closed with it; 0: its own, 1008
}

// kinds has every code. Those that only a room's messages have get a status,
// too, since nothing keeps a request from meeting them.
var kinds = map[wire.Code]kind{
	wire.BadMessage:      {status: http.StatusBadRequest},
	wire.BadScenario:     {status: http.StatusBadRequest},
	wire.BadCommand:      {status: http.StatusBadRequest},
	wire.BadRange:        {status: http.StatusBadRequest},
	wire.TooManyCommands: {status: http.StatusBadRequest},
	wire.NoSocket:        {status: http.StatusBadRequest},
	wire.WrongOrigin:     {status: http.StatusForbidden},
	wire.NotFound:        {status: http.StatusNotFound},
	wire.BadMethod:       {status: http.StatusMethodNotAllowed},
	wire.BadResume:       {status: http.StatusConflict},
	wire.CatchingUp:      {status: http.StatusConflict},
	wire.NothingLeft:     {status: http.StatusConflict},
	wire.RunEnded:        {status: http.StatusConflict},
	wire.WrongHost:       {status: http.StatusMisdirectedRequest},
	wire.TooFast:         {status: http.StatusTooManyRequests},
	wire.TooMuch:         {status: http.StatusTooManyRequests},
	wire.TooSlow:         {status: http.StatusRequestTimeout, close: websocket.CloseTryAgainLater},
	wire.FromOutside:     {status: http.StatusConflict},
	wire.TooLong:         {status: http.StatusRequestHeaderFieldsTooLarge},
	wire.RunFailed:       {status: http.StatusInternalServerError, close: websocket.CloseInternalServerErr},
	wire.Failed:          {status: http.StatusInternalServerError, close: websocket.CloseInternalServerErr},
	wire.Busy:            {status: http.StatusServiceUnavailable, close: websocket.CloseTryAgainLater},
	wire.RoomsFull:       {status: http.StatusServiceUnavailable, close: websocket.CloseTryAgainLater},
	wire.RoomFull:        {status: http.StatusServiceUnavailable, close: websocket.CloseTryAgainLater},
	wire.SocketsFull:     {status: http.StatusServiceUnavailable, close: websocket.CloseTryAgainLater},
	wire.Closing:         {status: http.StatusServiceUnavailable, close: websocket.CloseGoingAway},
}

// links are where the pages of some sentences lead; the others lead to the stage.
var links = map[string]string{"no-lesson": "/lessons", "untold": "/lessons"}

// Close gives the code with which a websocket is closed that an error ends.
func Close(code wire.Code) int {
	if k := kinds[code]; k.close != 0 {
		return k.close
	}
	return websocket.ClosePolicyViolation
}
