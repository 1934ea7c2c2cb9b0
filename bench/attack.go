package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

const (
	attackAddress  = "127.0.0.2" // where all hostile sockets come from
	learnerAddress = "127.0.0.3" // where the others come from
	classAddress   = "127.0.0.4" // where a class comes from

	hostileSockets = 100
	attackMemory   = 512 << 20        // the server's budget, in bytes
	quietTime      = 15 * time.Second // in which the pages of the others are timed first
	attackTime     = 40 * time.Second
	// settleTime is enough for the server to give back what ordinary use took.
	settleTime = 25 * time.Second
	calmTime   = time.Minute // after which memory must be given back
	pageGap    = 20 * time.Millisecond
	classSize  = 100
)

// attackRole, set in the environment to a server's address, makes this program
// the attackers: a process of its own, so that it can be nice to the others.
const attackRole = "PROCESSION_BENCH_ATTACK"

// attack measures what 100 hostile sockets of one address do to the pages of
// others, and to the server's memory, while each does its worst again and again.
func attack(int) (report, error) {
	s, err := startServer("-memory", strconv.Itoa(attackMemory))
	if err != nil {
		return report{}, err
	}
	defer s.stop()
	learner := from(learnerAddress)
	if _, err := pages(learner, s.addr, 2*time.Second); err != nil { // so that it is warm
		return report{}, err
	}
	quiet, err := pages(learner, s.addr, quietTime)
	if err != nil {
		return report{}, err
	}
	fresh, err := s.resident()
	if err != nil {
		return report{}, err
	}
	// What a class needs once, such as the lessons, stays, with an attack or without.
	if err := ordinary(s.addr); err != nil {
		return report{}, err
	}
	time.Sleep(settleTime)
	before, err := s.resident()
	if err != nil {
		return report{}, err
	}

	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	hostile := exec.CommandContext(ctx, "nice", "-n", "19", os.Args[0])
	hostile.Env = append(os.Environ(), attackRole+"="+s.addr)
	hostile.Stderr = os.Stderr
	if err := hostile.Start(); err != nil {
		return report{}, fmt.Errorf("starting the attackers: %w", err)
	}
	most := make(chan int64, 1)
	go s.watchMemory(ctx, most)
	time.Sleep(2 * time.Second) // until all of them are at it
	attacked, err := pages(learner, s.addr, attackTime)
	cancel()
	_ = hostile.Wait()
	if err != nil {
		return report{}, fmt.Errorf("a page, under attack: %w", err)
	}
	peak := <-most

	slowest, refused, err := class(s.addr, 1+classSize)
	if err != nil {
		return report{}, err
	}
	time.Sleep(calmTime)
	after, err := s.resident()
	if err != nil {
		return report{}, err
	}
	fmt.Printf("  pages: p50 %v, p99 %v when quiet; p50 %v, p99 %v under attack\n", at(quiet, 50), at(quiet, 99), at(attacked, 50), at(attacked, 99))
	fmt.Printf("  memory: %d MB fresh, %d MB before, %d MB at most, %d MB a minute later (%.2f × fresh)\n", fresh>>20, before>>20, peak>>20, after>>20, float64(after)/float64(fresh))
	return report{goals: []goal{
		{what: "p99 of other people's pages, to when it is quiet", got: float64(at(attacked, 99)) / float64(at(quiet, 99)), most: 3, unit: " ×"},
		{what: "memory at most, to the budget", got: float64(peak) / attackMemory, most: 1, unit: " ×"},
		{what: "memory a minute later, to before", got: float64(after) / float64(before), most: 1.3, unit: " ×"},
		{what: "a class of 100 that presses at once: the last answer, s", got: slowest.Seconds(), most: 2},
		{what: "answers that were refused to it", got: float64(refused), most: 0},
	}}, nil
}

// from gives a client whose connections come from an address of this machine.
func from(address string) *http.Client {
	dialer := net.Dialer{LocalAddr: &net.TCPAddr{IP: net.ParseIP(address)}}
	return &http.Client{
		Transport: &http.Transport{DialContext: dialer.DialContext, MaxIdleConnsPerHost: classSize},
		Timeout:   time.Minute,
	}
}

// pages loads the page again and again, and gives how long each took, shortest first.
func pages(client *http.Client, addr string, span time.Duration) ([]time.Duration, error) {
	var all []time.Duration
	for end := time.Now().Add(span); time.Now().Before(end); time.Sleep(pageGap) {
		began := time.Now()
		if status, err := get(client, "http://"+addr+"/"); err != nil || status != http.StatusOK {
			return nil, fmt.Errorf("got %d, %w", status, err)
		}
		all = append(all, time.Since(began))
	}
	slices.Sort(all)
	return all, nil
}

// at gives the time in which so many of a hundred were done.
func at(all []time.Duration, percent int) time.Duration {
	return all[min(len(all)-1, len(all)*percent/100)].Round(10 * time.Microsecond)
}

func get(client *http.Client, address string) (status int, err error) {
	resp, err := client.Get(address)
	if err != nil {
		return 0, err
	}
	defer resp.Body.Close()
	_, err = io.Copy(io.Discard, resp.Body)
	return resp.StatusCode, err
}

// ordinary is what a class does: it reads lessons, and presses.
func ordinary(addr string) error {
	client := from(classAddress)
	for _, path := range []string{"/lessons", "/lessons/feed.xml", "/lessons/01-the-random-logout"} {
		status, err := get(client, "http://"+addr+path)
		if err != nil {
			return err
		}
		if status != http.StatusOK {
			return fmt.Errorf("%s: got %d", path, status)
		}
	}
	_, _, err := class(addr, 1)
	return err
}

// class has learners of one address press in the same moment, each with a run of
// their own, by seeds from first on, and gives how long the last one waited and
// how many were refused.
func class(addr string, first int) (slowest time.Duration, refused int, err error) {
	client := from(classAddress)
	var mu sync.Mutex
	var wait sync.WaitGroup
	began := time.Now()
	for i := range classSize {
		wait.Go(func() {
			status, e := get(client, fmt.Sprintf("http://%s/lessons/01-the-random-logout/judge?step=5&at=40000000&seed=%d", addr, first+i))
			mu.Lock()
			defer mu.Unlock()
			slowest = max(slowest, time.Since(began))
			if err = cmp.Or(err, e); e == nil && status != http.StatusOK {
				refused++
			}
		})
	}
	wait.Wait()
	return slowest, refused, err
}

// resident gives the memory that the server holds, in bytes.
func (s *serverProcess) resident() (int64, error) {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.cmd.Process.Pid))
	if err != nil {
		return 0, fmt.Errorf("memory comes from /proc, so this needs Linux: %w", err)
	}
	_, rest, _ := strings.Cut(string(status), "VmRSS:")
	var kb int64
	if _, err := fmt.Sscan(rest, &kb); err != nil {
		return 0, fmt.Errorf("/proc/%d/status: %w", s.cmd.Process.Pid, err)
	}
	return kb << 10, nil
}

// watchMemory looks at the server's memory until the context ends, and gives the most.
func (s *serverProcess) watchMemory(ctx context.Context, most chan<- int64) {
	var peak int64
	for ctx.Err() == nil {
		if now, err := s.resident(); err == nil {
			peak = max(peak, now)
		}
		time.Sleep(100 * time.Millisecond)
	}
	most <- peak
}
