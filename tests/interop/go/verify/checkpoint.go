package main

import (
	"encoding/base64"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// A tree is what a checkpoint says.
type tree struct {
	origin string
	size   int64
	root   tlog.Hash
}

// openCheckpoint reads a C2SP tlog-checkpoint without extension lines that the verifier's key has
// signed. The key's name must be the origin.
func openCheckpoint(data []byte, verifier note.Verifier) (tree, error) {
	n, err := note.Open(data, note.VerifierList(verifier))
	if err != nil {
		return tree{}, err
	}
	lines := strings.Split(n.Text, "\n")
	if len(lines) != 4 || lines[3] != "" {
		return tree{}, fmt.Errorf("checkpoint has %d lines, not origin, size and root", len(lines)-1)
	}
	if lines[0] != verifier.Name() {
		return tree{}, fmt.Errorf("checkpoint of %q, not of %q", lines[0], verifier.Name())
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil || size < 0 || strconv.FormatInt(size, 10) != lines[1] {
		return tree{}, fmt.Errorf("bad tree size %q", lines[1])
	}
	root, err := parseHash(lines[2])
	return tree{lines[0], size, root}, err
}

func parseHash(line string) (tlog.Hash, error) {
	data, err := base64.StdEncoding.Strict().DecodeString(line)
	if err != nil || len(data) != tlog.HashSize {
		return tlog.Hash{}, fmt.Errorf("bad hash %q", line)
	}
	return tlog.Hash(*(*[tlog.HashSize]byte)(data)), nil
}
