package main

import (
	"fmt"
	"os"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// samples is how many records and trees of a log are proved; smaller logs are proved whole.
const samples = 500

// A registry is a log under its checkpoint.
type registry struct {
	dir      directory
	verifier note.Verifier
	tree     tree
	hashes   tlog.HashReader // authenticated: whatever it returns leads to the root
}

func open(dir, vkey string) (*registry, error) {
	verifier, err := note.NewVerifier(vkey)
	if err != nil {
		return nil, err
	}
	data, err := directory(dir).read("checkpoint")
	if err != nil {
		return nil, err
	}
	t, err := openCheckpoint(data, verifier)
	if err != nil {
		return nil, fmt.Errorf("checkpoint: %w", err)
	}
	reader := tlog.TileHashReader(tlog.Tree{N: t.size, Hash: t.root}, directory(dir))
	return &registry{directory(dir), verifier, t, reader}, nil
}

// checkEntries compares every entry of every bundle with its hash in the tiles, which are
// authenticated on the way, and the root that the hashes of all leaves make with the checkpoint's.
func (r *registry) checkEntries() error {
	var stored memory
	for n := int64(0); n<<tileHeight < r.tree.size; n++ {
		start := n << tileHeight
		width := int64(1) << tileHeight
		if r.tree.size-start < width {
			width = r.tree.size - start
		}
		entries, err := r.dir.readBundle(n, int(width))
		if err != nil {
			return err
		}
		indexes := make([]int64, width)
		for i := range indexes {
			indexes[i] = tlog.StoredHashIndex(0, start+int64(i))
		}
		hashes, err := r.hashes.ReadHashes(indexes)
		if err != nil {
			return err
		}
		for i, entry := range entries {
			if tlog.RecordHash(entry) != hashes[i] {
				return fmt.Errorf("entry %d is not the leaf in its tile", start+int64(i))
			}
			if err := stored.add(start+int64(i), entry); err != nil {
				return err
			}
		}
	}
	root, err := tlog.TreeHash(r.tree.size, &stored)
	if err == nil && root != r.tree.root {
		err = fmt.Errorf("root of the entries is %v, of the checkpoint %v", root, r.tree.root)
	}
	return err
}

// checkRecords proves records from the tiles and checks the proofs against the checkpoint.
func (r *registry) checkRecords() (int, error) {
	chosen := sample(0, r.tree.size)
	for _, n := range chosen {
		proof, err := tlog.ProveRecord(r.tree.size, n, r.hashes)
		if err != nil {
			return 0, err
		}
		leaf, err := r.hashes.ReadHashes([]int64{tlog.StoredHashIndex(0, n)})
		if err != nil {
			return 0, err
		}
		if err := tlog.CheckRecord(proof, r.tree.size, r.tree.root, n, leaf[0]); err != nil {
			return 0, fmt.Errorf("record %d: %w", n, err)
		}
	}
	return len(chosen), nil
}

// checkTrees proves that earlier trees are prefixes of the checkpoint's.
func (r *registry) checkTrees() (int, error) {
	chosen := sample(1, r.tree.size)
	for _, size := range chosen {
		root, err := tlog.TreeHash(size, r.hashes)
		if err != nil {
			return 0, err
		}
		proof, err := tlog.ProveTree(r.tree.size, size, r.hashes)
		if err != nil {
			return 0, err
		}
		if err := tlog.CheckTree(proof, r.tree.size, r.tree.root, size, root); err != nil {
			return 0, fmt.Errorf("tree of size %d: %w", size, err)
		}
	}
	return len(chosen), nil
}

// checkProof reads a C2SP tlog-proof: the entry must be the log's, and its checkpoint one that the
// log has signed and that this tree continues.
func (r *registry) checkProof(path string) error {
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	head, signed, found := strings.Cut(string(data), "\n\n")
	lines := strings.Split(head, "\n")
	if !found || len(lines) < 2 || lines[0] != "c2sp.org/tlog-proof@v1" {
		return fmt.Errorf("not a tlog-proof")
	}
	index, err := strconv.ParseInt(strings.TrimPrefix(lines[1], "index "), 10, 64)
	if err != nil || lines[1] != fmt.Sprintf("index %d", index) {
		return fmt.Errorf("bad index line %q", lines[1])
	}
	var proof tlog.RecordProof
	for _, line := range lines[2:] {
		hash, err := parseHash(line)
		if err != nil {
			return err
		}
		proof = append(proof, hash)
	}
	then, err := openCheckpoint([]byte(signed), r.verifier)
	if err != nil {
		return err
	}
	if index < 0 || index >= then.size || then.size > r.tree.size {
		return fmt.Errorf("entry %d at size %d of a log of %d", index, then.size, r.tree.size)
	}
	leaf, err := r.hashes.ReadHashes([]int64{tlog.StoredHashIndex(0, index)})
	if err != nil {
		return err
	}
	if err := tlog.CheckRecord(proof, then.size, then.root, index, leaf[0]); err != nil {
		return err
	}
	root, err := tlog.TreeHash(then.size, r.hashes)
	if err == nil && root != then.root {
		err = fmt.Errorf("its checkpoint is of another history")
	}
	return err
}

// sample picks all numbers from first up to, not including, end, or a spread of them.
func sample(first, end int64) []int64 {
	step := (end-first)/samples + 1
	var chosen []int64
	for n := first; n < end; n += step {
		chosen = append(chosen, n)
	}
	if end > first && chosen[len(chosen)-1] != end-1 {
		chosen = append(chosen, end-1)
	}
	return chosen
}

// memory is a tlog.HashReader of hashes computed here, from entries alone.
type memory []tlog.Hash

func (m memory) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	hashes := make([]tlog.Hash, len(indexes))
	for i, index := range indexes {
		hashes[i] = m[index]
	}
	return hashes, nil
}

func (m *memory) add(n int64, entry []byte) error {
	hashes, err := tlog.StoredHashes(n, entry, *m)
	*m = append(*m, hashes...)
	return err
}
