// Writes inclusion.txt and consistency.txt: proofs of small trees, whole and altered, and what the
// verifier of transparency-dev/merkle says of each. Run in a module that requires it (README.md).
package main

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"os"
	"strings"

	"github.com/transparency-dev/merkle/proof"
	"github.com/transparency-dev/merkle/rfc6962"
	"github.com/transparency-dev/merkle/testonly"
)

const leaves = 40

var (
	hasher  = rfc6962.DefaultHasher
	garbage = hasher.HashLeaf([]byte("garbage"))
)

func text(hash []byte) string { return hex.EncodeToString(hash) }

func texts(hashes [][]byte) string {
	if len(hashes) == 0 {
		return "-"
	}
	var all []string
	for _, hash := range hashes {
		all = append(all, text(hash))
	}
	return strings.Join(all, ",")
}

func verdict(err error) string {
	if err == nil {
		return "valid"
	}
	return "invalid"
}

func join(parts ...[][]byte) [][]byte {
	var all [][]byte
	for _, part := range parts {
		all = append(all, part...)
	}
	return all
}

// Proofs that differ from the given one, which is not among them.
func altered(whole [][]byte, others ...[]byte) [][][]byte {
	var all [][][]byte
	for i := range whole {
		flipped := bytes.Clone(whole[i])
		flipped[i] ^= 4
		all = append(all, join(whole[:i], [][]byte{flipped}, whole[i+1:]))
	}
	for _, other := range append(others, garbage) {
		all = append(all, join([][]byte{other}, whole), join(whole, [][]byte{other}))
	}
	if len(whole) > 0 {
		all = append(all, nil, whole[1:], whole[:len(whole)-1], join(whole, whole[:1]))
	}
	if len(whole) > 1 {
		all = append(all, join(whole[1:], whole[:1]))
	}
	return all
}

func inclusion(tree *testonly.Tree) string {
	var lines strings.Builder
	add := func(index, size uint64, leaf, root []byte, path [][]byte) {
		said := verdict(proof.VerifyInclusion(hasher, index, size, leaf, path, root))
		fmt.Fprintf(&lines, "%s %d %d %s %s %s\n", said, index, size, text(leaf), text(root), texts(path))
	}
	for _, at := range [][2]uint64{{0, 1}, {0, 2}, {1, 2}, {2, 3}, {1, 5}, {4, 5}, {5, 6}, {6, 7},
		{0, 8}, {5, 8}, {10, 11}, {3, 16}, {16, 17}, {37, 40}} {
		index, size := at[0], at[1]
		leaf, root := tree.LeafHash(index), tree.HashAt(size)
		path, err := tree.InclusionProof(index, size)
		if err != nil {
			panic(err)
		}
		add(index, size, leaf, root, path)
		for _, other := range []uint64{index + 1, index - 1, index ^ 2, index * 2, size, index + 1<<32} {
			add(other, size, leaf, root, path)
		}
		for _, other := range []uint64{0, size + 1, size - 1, size * 2, size / 2, size + 1<<32} {
			add(index, other, leaf, root, path)
		}
		add(index, size, garbage, root, path)
		add(index, size, leaf, garbage, path)
		add(index, size, leaf, hasher.EmptyRoot(), path)
		add(index, size, root, leaf, path)
		for _, other := range altered(path, leaf, root) {
			add(index, size, leaf, root, other)
		}
	}
	return lines.String()
}

func consistency(tree *testonly.Tree) string {
	var lines strings.Builder
	add := func(from, to uint64, first, second []byte, path [][]byte) {
		said := verdict(proof.VerifyConsistency(hasher, from, to, path, first, second))
		fmt.Fprintf(&lines, "%s %d %d %s %s %s\n", said, from, to, text(first), text(second), texts(path))
	}
	for _, sizes := range [][2]uint64{{1, 1}, {1, 2}, {2, 2}, {2, 5}, {3, 4}, {4, 5}, {1, 8}, {6, 7},
		{6, 8}, {7, 7}, {5, 11}, {8, 16}, {16, 17}, {21, 40}} {
		from, to := sizes[0], sizes[1]
		first, second := tree.HashAt(from), tree.HashAt(to)
		path, err := tree.ConsistencyProof(from, to)
		if err != nil {
			panic(err)
		}
		add(from, to, first, second, path)
		// Not from 0, of which the module says other things than we do: any root passes there.
		for _, other := range []uint64{from + 1, from - 1, from ^ 2, from * 2, to + 1} {
			if other != 0 {
				add(other, to, first, second, path)
			}
		}
		for _, other := range []uint64{to + 1, to - 1, to * 2, to / 2, to + 1<<32} {
			add(from, other, first, second, path)
		}
		add(from, to, garbage, second, path)
		add(from, to, first, garbage, path)
		add(from, to, second, first, path)
		add(to, from, second, first, path)
		for _, other := range altered(path, first, second) {
			add(from, to, first, second, other)
		}
	}
	return lines.String()
}

// Without the lines that stand there already.
func once(lines string) string {
	seen := map[string]bool{}
	var kept strings.Builder
	for _, line := range strings.SplitAfter(lines, "\n") {
		if !seen[line] {
			kept.WriteString(line)
		}
		seen[line] = true
	}
	return kept.String()
}

func main() {
	tree := testonly.New(hasher)
	for i := 0; i < leaves; i++ {
		tree.AppendData([]byte(fmt.Sprintf("leaf %d", i)))
	}
	for name, lines := range map[string]string{
		"inclusion.txt": inclusion(tree), "consistency.txt": consistency(tree)} {
		if err := os.WriteFile(name, []byte(once(lines)), 0o644); err != nil {
			panic(err)
		}
	}
}
