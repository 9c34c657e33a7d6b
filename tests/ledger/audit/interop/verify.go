// A second opinion on an exported audit log: checks folder, key and witnessed checkpoints with Go's sumdb packages alone.
// Usage: go run verify.go VKEY FOLDER [WITNESSED...]; prints the size and root of the log, or exits 1 with the fault.
package main

import (
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func must[T any](value T, err error) T {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	return value
}

// checkpoint opens a signed checkpoint: origin, size, root.
func checkpoint(path string, verifier note.Verifier) tlog.Tree {
	opened := must(note.Open(must(os.ReadFile(path)), note.VerifierList(verifier)))
	lines := strings.Split(opened.Text, "\n")
	var tree tlog.Tree
	tree.N = must(strconv.ParseInt(lines[1], 10, 64))
	copy(tree.Hash[:], must(base64.StdEncoding.DecodeString(lines[2])))
	return tree
}

// folder reads tiles from files: the paths of tlog-tiles are those of Go without the tile height.
type folder struct {
	path  string
	known map[tlog.Tile][]byte
}

func (f folder) Height() int { return 8 }
func (f folder) SaveTiles(tiles []tlog.Tile, content [][]byte) {
	for i, tile := range tiles {
		f.known[tile] = content[i]
	}
}
func (f folder) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	content := make([][]byte, len(tiles))
	for i, tile := range tiles {
		if content[i] = f.known[tile]; content[i] == nil {
			path := strings.Replace(tile.Path(), "tile/8/", "tile/", 1)
			content[i] = must(os.ReadFile(filepath.Join(f.path, path)))
		}
	}
	return content, nil
}

func main() {
	verifier := must(note.NewVerifier(os.Args[1]))
	dir := os.Args[2]
	head := checkpoint(filepath.Join(dir, "checkpoint"), verifier)
	hashes := tlog.TileHashReader(head, folder{dir, map[tlog.Tile][]byte{}})
	for _, path := range os.Args[3:] {
		old := checkpoint(path, verifier)
		proof := must(tlog.ProveTree(head.N, old.N, hashes))
		must(0, tlog.CheckTree(proof, head.N, head.Hash, old.N, old.Hash))
	}
	for n := int64(0); n < head.N; {
		bundle := tlog.Tile{H: 8, L: -1, N: n / 256, W: int(min(256, head.N-n/256*256))}
		path := strings.Replace(bundle.Path(), "tile/8/data/", "tile/entries/", 1)
		proof := must(tlog.ProveRecord(head.N, n, hashes))
		var leaves []tlog.Hash
		var places []int64
		for rest := must(os.ReadFile(filepath.Join(dir, path))); len(rest) > 0; n++ {
			length := binary.BigEndian.Uint16(rest)
			leaves = append(leaves, tlog.RecordHash(rest[2:2+length]))
			places = append(places, tlog.StoredHashIndex(0, n))
			rest = rest[2+length:]
		}
		must(0, tlog.CheckRecord(proof, head.N, head.Hash, n-int64(len(leaves)), leaves[0]))
		for i, hash := range must(hashes.ReadHashes(places)) { // proven to be those under the root
			if hash != leaves[i] {
				must(0, fmt.Errorf("%s: leaf %d is not the one that was signed", path, i))
			}
		}
	}
	fmt.Println(head.N, head.Hash)
}

func min(a, b int64) int64 {
	if a < b {
		return a
	}
	return b
}
