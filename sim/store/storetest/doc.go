// Package storetest is the contract of a store: what a Redis server does with
// the commands that the simulated workers send. Tests of stores call it.
package storetest
