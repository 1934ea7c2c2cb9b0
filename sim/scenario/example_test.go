package scenario_test

import (
	"fmt"

	"procession/sim/scenario"
)

func Example() {
	sc, err := scenario.Parse("mode=store&workers=3&do=12s crash 1")
	fmt.Println(sc.Workers, "workers, link: /?"+sc.String(), err)

	_, err = scenario.Parse("workers=99")
	fmt.Println(err)
	// Output:
	// 3 workers, link: /?mode=store&workers=3&do=12s+crash+1 <nil>
	// workers: "99" is not possible; allowed: 1 to 16, or max (as many as there are cores)
}
