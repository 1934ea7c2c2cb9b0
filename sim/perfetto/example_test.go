package perfetto_test

import (
	"bytes"
	"encoding/json"
	"fmt"

	"procession/sim"
	"procession/sim/perfetto"
)

func Example() {
	sc, err := sim.Parse("visitors=Ada&script=login")
	if err != nil {
		fmt.Println(err)
		return
	}
	run := sim.New(sc)
	defer run.Close()
	run.Advance(60_000_000)

	var file bytes.Buffer
	w, log := perfetto.NewWriter(&file), run.Log()
	for seq := log.First(); seq <= log.Len(); seq++ {
		if err := w.Add(log, log.At(seq)); err != nil { // every event, in order
			fmt.Println(err)
		}
	}
	if err := w.Close(run.Now()); err != nil {
		fmt.Println(err)
	}
	fmt.Println("JSON:", json.Valid(file.Bytes()))
	// Output:
	// JSON: true
}
