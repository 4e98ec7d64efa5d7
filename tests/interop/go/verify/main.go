// Verify reads a registry with the Go project's own note and tlog packages, which know nothing of
// Comity: the checkpoint, every tile and entry bundle, proofs and consistency.
//
//	verify DIR|URL VKEY [PROOF...]
//
// The registry is a directory, or served at an http:// URL without a slash at its end. PROOF is a
// .tlog-proof file of an entry of its log. Exit status 1 names what is wrong.
package main

import (
	"fmt"
	"os"
)

func main() {
	if len(os.Args) < 3 {
		fmt.Fprintln(os.Stderr, "usage: verify DIR|URL VKEY [PROOF...]")
		os.Exit(2)
	}
	if err := run(os.Args[1], os.Args[2], os.Args[3:]); err != nil {
		fmt.Fprintln(os.Stderr, "verify:", err)
		os.Exit(1)
	}
}

func run(dir, vkey string, proofs []string) error {
	log, err := open(dir, vkey)
	if err != nil {
		return err
	}
	if err := log.checkEntries(); err != nil {
		return err
	}
	records, err := log.checkRecords()
	if err != nil {
		return err
	}
	trees, err := log.checkTrees()
	if err != nil {
		return err
	}
	for _, path := range proofs {
		if err := log.checkProof(path); err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
	}
	fmt.Printf("%s: %d entries, %d records and %d trees proved, %d proofs read\n",
		log.tree.origin, log.tree.size, records, trees, len(proofs))
	return nil
}
