// Command tessera appends leaves to a new log of Tessera's POSIX storage and prints how many
// seconds passed from the first call until the last index was there: then every leaf is durably
// sequenced and integrated, which is the promise of its Add.
package main

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"flag"
	"fmt"
	"log"
	"time"

	"github.com/transparency-dev/tessera"
	"github.com/transparency-dev/tessera/storage/posix"
	"golang.org/x/mod/sumdb/note"
)

var (
	dir      = flag.String("dir", "", "an empty directory")
	leaves   = flag.Int("leaves", 65536, "how many leaves")
	size     = flag.Int("size", 2048, "bytes of a leaf")
	inFlight = flag.Int("in-flight", 4096, "leaves added whose index is still awaited")
	batch    = flag.Uint("batch", 256, "leaves of a batch")
	age      = flag.Duration("age", 250*time.Millisecond, "the longest that a batch waits to fill")
)

func main() {
	flag.Parse()
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	appender, shutdown := open(ctx)
	data := makeLeaves()

	start := time.Now()
	if err := appendAll(ctx, appender, data); err != nil {
		log.Fatal(err)
	}
	fmt.Println(time.Since(start).Seconds())
	if err := shutdown(ctx); err != nil {
		log.Fatal(err)
	}
}

func open(ctx context.Context) (*tessera.Appender, func(context.Context) error) {
	secret, _, err := note.GenerateKey(rand.Reader, "example.org/bench")
	if err != nil {
		log.Fatal(err)
	}
	signer, err := note.NewSigner(secret)
	if err != nil {
		log.Fatal(err)
	}
	driver, err := posix.New(ctx, posix.Config{Path: *dir})
	if err != nil {
		log.Fatal(err)
	}
	// 100 ms is the least interval of checkpoints that the storage permits.
	options := tessera.NewAppendOptions().
		WithCheckpointSigner(signer).
		WithBatching(*batch, *age).
		WithCheckpointInterval(100 * time.Millisecond)
	appender, shutdown, _, err := tessera.NewAppender(ctx, driver, options)
	if err != nil {
		log.Fatal(err)
	}
	return appender, shutdown
}

// makeLeaves gives leaves that differ, made before the clock runs.
func makeLeaves() [][]byte {
	all := make([][]byte, *leaves)
	for i := range all {
		all[i] = make([]byte, *size)
		binary.LittleEndian.PutUint64(all[i], uint64(i))
	}
	return all
}

// appendAll keeps inFlight leaves under way: one goroutine adds, another awaits in the same order.
func appendAll(ctx context.Context, appender *tessera.Appender, data [][]byte) error {
	futures := make(chan tessera.IndexFuture, *inFlight-1)
	go func() {
		defer close(futures)
		for _, leaf := range data {
			futures <- appender.Add(ctx, tessera.NewEntry(leaf))
		}
	}()
	for future := range futures {
		if _, err := future(); err != nil {
			return err
		}
	}
	return nil
}
