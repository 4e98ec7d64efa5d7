// Command serve takes leaves over HTTP into a new log of Tessera's POSIX storage: POST /add answers
// with the index once the leaf is durably sequenced and integrated, which is the promise of Add.
package main

import (
	"context"
	"crypto/rand"
	"flag"
	"fmt"
	"io"
	"log"
	"net/http"
	"time"

	"github.com/transparency-dev/tessera"
	"github.com/transparency-dev/tessera/storage/posix"
	"golang.org/x/mod/sumdb/note"
)

var (
	dir    = flag.String("dir", "", "an empty directory")
	listen = flag.String("listen", "127.0.0.1:0", "where to listen")
	batch  = flag.Uint("batch", 256, "leaves of a batch")
	age    = flag.Duration("age", 250*time.Millisecond, "the longest that a batch waits to fill")
)

// maxLeaf is what the entry bundles of tlog-tiles have room for.
const maxLeaf = 1<<16 - 1

func main() {
	flag.Parse()
	appender, err := open(context.Background())
	if err != nil {
		log.Fatal(err)
	}
	http.HandleFunc("/healthz", func(http.ResponseWriter, *http.Request) {})
	http.HandleFunc("/add", func(w http.ResponseWriter, r *http.Request) {
		leaf, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxLeaf))
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		index, err := appender.Add(r.Context(), tessera.NewEntry(leaf))()
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		fmt.Fprintln(w, index.Index)
	})
	log.Fatal(http.ListenAndServe(*listen, nil))
}

func open(ctx context.Context) (*tessera.Appender, error) {
	secret, _, err := note.GenerateKey(rand.Reader, "example.org/bench")
	if err != nil {
		return nil, err
	}
	signer, err := note.NewSigner(secret)
	if err != nil {
		return nil, err
	}
	driver, err := posix.New(ctx, posix.Config{Path: *dir})
	if err != nil {
		return nil, err
	}
	// 100 ms is the least interval of checkpoints that the storage permits.
	options := tessera.NewAppendOptions().
		WithCheckpointSigner(signer).
		WithBatching(*batch, *age).
		WithCheckpointInterval(100 * time.Millisecond)
	appender, _, _, err := tessera.NewAppender(ctx, driver, options)
	return appender, err
}
