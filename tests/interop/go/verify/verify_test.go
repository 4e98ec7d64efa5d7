package main

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const origin = "example.org/comity"

// write makes a log of that many entries, as docs/formats/log.md says, and returns its vkey.
func write(t *testing.T, dir string, size int64) (vkey string, proof string) {
	t.Helper()
	skey, vkey, err := note.GenerateKey(nil, origin)
	if err != nil {
		t.Fatal(err)
	}
	signer, err := note.NewSigner(skey)
	if err != nil {
		t.Fatal(err)
	}
	var stored memory
	var bundle bytes.Buffer
	for n := int64(0); n < size; n++ {
		entry := []byte(fmt.Sprintf("entry %d", n))
		if err := stored.add(n, entry); err != nil {
			t.Fatal(err)
		}
		var length [2]byte
		binary.BigEndian.PutUint16(length[:], uint16(len(entry)))
		bundle.Write(length[:])
		bundle.Write(entry)
		if width := int(n%256) + 1; width == 256 || n == size-1 {
			save(t, dir, tilePath(tlog.Tile{H: 8, L: -1, N: n / 256, W: width}), bundle.Bytes())
			bundle.Reset()
		}
	}
	for _, tile := range tlog.NewTiles(8, 0, size) {
		data, err := tlog.ReadTileData(tile, stored)
		if err != nil {
			t.Fatal(err)
		}
		save(t, dir, tilePath(tile), data)
	}
	checkpoint := sign(t, signer, stored, size)
	save(t, dir, "checkpoint", checkpoint)
	path, err := tlog.ProveRecord(size, size/2, stored)
	if err != nil {
		t.Fatal(err)
	}
	text := fmt.Sprintf("c2sp.org/tlog-proof@v1\nindex %d\n", size/2)
	for _, hash := range path {
		text += base64.StdEncoding.EncodeToString(hash[:]) + "\n"
	}
	save(t, dir, "some.tlog-proof", append([]byte(text+"\n"), checkpoint...))
	return vkey, filepath.Join(dir, "some.tlog-proof")
}

func sign(t *testing.T, signer note.Signer, stored memory, size int64) []byte {
	t.Helper()
	root, err := tlog.TreeHash(size, stored)
	if err != nil {
		t.Fatal(err)
	}
	text := fmt.Sprintf("%s\n%d\n%v\n", origin, size, root)
	signed, err := note.Sign(&note.Note{Text: text}, signer)
	if err != nil {
		t.Fatal(err)
	}
	return signed
}

func save(t *testing.T, dir, path string, data []byte) {
	t.Helper()
	path = filepath.Join(dir, path)
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, data, 0o666); err != nil {
		t.Fatal(err)
	}
}

func TestSoundLogsPass(t *testing.T) {
	for _, size := range []int64{2, 3, 255, 256, 257, 700, 66000} {
		dir := t.TempDir()
		vkey, proof := write(t, dir, size)
		if err := run(dir, vkey, []string{proof}); err != nil {
			t.Errorf("size %d: %v", size, err)
		}
	}
}

func TestServedLogsAreRead(t *testing.T) {
	dir := t.TempDir()
	vkey, proof := write(t, dir, 300)
	server := httptest.NewServer(http.FileServer(http.Dir(dir)))
	defer server.Close()
	if err := run(server.URL, vkey, []string{proof}); err != nil {
		t.Error(err)
	}
	for _, path := range []string{"checkpoint", "tile/0/000", "tile/entries/001.p/44"} {
		path = filepath.Join(dir, filepath.FromSlash(path))
		sound, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		save(t, "", path, sound[:len(sound)-1])
		if run(server.URL, vkey, nil) == nil {
			t.Errorf("%s: that it is cut off isn't noticed", path)
		}
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
		if run(server.URL, vkey, nil) == nil {
			t.Errorf("%s: that it is gone isn't noticed", path)
		}
		save(t, "", path, sound)
	}
}

func TestAnyFlippedBitFails(t *testing.T) {
	dir := t.TempDir()
	vkey, proof := write(t, dir, 300)
	files := 0
	err := filepath.Walk(dir, func(path string, info os.FileInfo, err error) error {
		if err != nil || info.IsDir() {
			return err
		}
		files++
		sound, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for at := 0; at < len(sound); at += 1 + len(sound)/40 {
			damaged := append([]byte(nil), sound...)
			damaged[at] ^= 1 << uint(at%8)
			save(t, "", path, damaged)
			if run(dir, vkey, []string{proof}) == nil {
				t.Errorf("%s: a flip at byte %d isn't noticed", path, at)
			}
		}
		save(t, "", path, sound)
		return nil
	})
	if err != nil || files != 7 {
		t.Fatal(files, err)
	}
}

func TestTilePaths(t *testing.T) {
	for path, tile := range map[string]tlog.Tile{
		"tile/0/000":               {H: 8, L: 0, N: 0, W: 256},
		"tile/0/x001/x234/067.p/5": {H: 8, L: 0, N: 1234067, W: 5},
		"tile/entries/x001/000":    {H: 8, L: -1, N: 1000, W: 256},
		"tile/2/999.p/255":         {H: 8, L: 2, N: 999, W: 255},
	} {
		if got := tilePath(tile); got != path {
			t.Errorf("got %s, want %s", got, path)
		}
	}
}
