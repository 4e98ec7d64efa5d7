package main

import (
	"encoding/binary"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/mod/sumdb/tlog"
)

// tileHeight is fixed by C2SP tlog-tiles: 256 hashes a tile.
const tileHeight = 8

// tilePath is the path of C2SP tlog-tiles. It differs from tlog.Tile.Path, the path of the Go
// checksum database, which names the height and calls bundles "data". Level "entries" is -1.
func tilePath(t tlog.Tile) string {
	number := fmt.Sprintf("%03d", t.N%1000)
	for n := t.N / 1000; n > 0; n /= 1000 {
		number = fmt.Sprintf("x%03d/%s", n%1000, number)
	}
	level := fmt.Sprint(t.L)
	if t.L < 0 {
		level = "entries"
	}
	if t.W < 1<<tileHeight {
		number += fmt.Sprintf(".p/%d", t.W)
	}
	return "tile/" + level + "/" + number
}

// A directory is a tlog.TileReader over files, or over a server that has them under its address.
type directory string

// read returns the file of that path with slashes.
func (d directory) read(path string) ([]byte, error) {
	if !strings.HasPrefix(string(d), "http://") {
		return os.ReadFile(filepath.Join(string(d), filepath.FromSlash(path)))
	}
	answer, err := http.Get(string(d) + "/" + path)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%s: %s", path, answer.Status)
	}
	return io.ReadAll(answer.Body)
}

func (directory) Height() int { return tileHeight }

func (d directory) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	data := make([][]byte, len(tiles))
	for i, t := range tiles {
		var err error
		if data[i], err = d.readTile(t); err != nil {
			return nil, err
		}
		if len(data[i]) != t.W*tlog.HashSize {
			return nil, fmt.Errorf("%s has %d bytes", tilePath(t), len(data[i]))
		}
	}
	return data, nil
}

// SaveTiles has nothing to do: the files are the truth.
func (directory) SaveTiles([]tlog.Tile, [][]byte) {}

func (d directory) readTile(t tlog.Tile) ([]byte, error) {
	return d.read(tilePath(t))
}

// readBundle splits an entry bundle: each entry follows its length, two bytes, big-endian.
func (d directory) readBundle(n int64, width int) ([][]byte, error) {
	t := tlog.Tile{H: tileHeight, L: -1, N: n, W: width}
	data, err := d.readTile(t)
	if err != nil {
		return nil, err
	}
	var entries [][]byte
	for len(data) > 0 {
		if len(data) < 2 || len(data)-2 < int(binary.BigEndian.Uint16(data)) {
			return nil, fmt.Errorf("%s ends inside an entry", tilePath(t))
		}
		size := int(binary.BigEndian.Uint16(data))
		entries, data = append(entries, data[2:2+size]), data[2+size:]
	}
	if len(entries) != width {
		return nil, fmt.Errorf("%s has %d entries", tilePath(t), len(entries))
	}
	return entries, nil
}
