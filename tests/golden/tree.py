"""log.md and receipt.md: Merkle tree, notes, tiles and proofs. Written from those pages alone."""

import re
import struct

from encoding import cose_key, require, sha256, unbase64, verify


def leaf_hash(entry):
    return sha256(b"\0", entry)


def root(leaves):
    if len(leaves) < 2:
        return leaves[0] if leaves else sha256()
    k = 1 << (len(leaves) - 1).bit_length() - 1
    return sha256(b"\1", root(leaves[:k]), root(leaves[k:]))


def inclusion(index, leaves):
    """The path from the leaf's sibling up."""
    if len(leaves) < 2:
        return []
    k = 1 << (len(leaves) - 1).bit_length() - 1
    if index < k:
        return inclusion(index, leaves[:k]) + [root(leaves[k:])]
    return inclusion(index - k, leaves[k:]) + [root(leaves[:k])]


def climb(leaf, index, size, path):
    """The root that a path leads to (RFC 9162 section 2.1.3.2)."""
    require(index < size, "index beyond the tree")
    last, node = size - 1, leaf
    for sibling in path:
        require(last > 0 and len(sibling) == 32, "a path too long, or no hash")
        if index & 1 or index == last:
            node = sha256(b"\1", sibling, node)
            while not index & 1 and index:
                index, last = index >> 1, last >> 1
        else:
            node = sha256(b"\1", node, sibling)
        index, last = index >> 1, last >> 1
    require(last == 0, "a path too short")
    return node


def note_key(vkey):
    """Name, key id and COSE_Key of a C2SP vkey."""
    name, key_id, encoded = vkey.split("+", 2)
    key = unbase64(encoded)
    require(len(key) == 33 and key[0] == 1, "not an Ed25519 note key")
    require(sha256(name.encode(), b"\n", key)[:4].hex() == key_id, "key id is not the key's")
    return name, bytes.fromhex(key_id), cose_key(key[1:])


def checkpoint(data, vkey):
    """Origin, size and root of a checkpoint with the log's signature; others may cosign."""
    name, key_id, key = note_key(vkey)
    body, blank, signatures = data.rpartition(b"\n\n")
    require(blank and signatures.endswith(b"\n"), "not a signed note")
    signed = False
    for line in signatures.decode()[:-1].split("\n"):
        dash, signer, encoded = line.split(" ")
        blob = unbase64(encoded)
        require(dash == "\u2014", "bad signature line")
        if (signer, blob[:4]) == (name, key_id):
            verify(key, -8, blob[4:], body + b"\n")
            signed = True
    require(signed, "the log's key hasn't signed")
    origin, size, digest = body.decode().split("\n")
    require(origin == name and re.fullmatch("0|[1-9][0-9]*", size), "bad origin or size")
    return origin, int(size), unbase64(digest)


# --- log.md: tiles and bundles -----------------------------------------------------------------


def grouped(n):
    """C2SP's way to write the number of a tile."""
    digits = str(n).zfill(-(-len(str(n)) // 3) * 3)
    groups = [digits[i:i + 3] for i in range(0, len(digits), 3)]
    return "/".join(["x" + g for g in groups[:-1]] + groups[-1:])


def tile_files(entries, leaves):
    """Every tile and bundle that trees of up to this size may have, by path."""
    files = {}
    levels = [("entries", [struct.pack(">H", len(e)) + e for e in entries]), ("0", leaves)]
    while len(levels[-1][1]) >= 256:
        level, below = levels[-1]
        levels.append((str(int(level) + 1), [
            root(below[i:i + 256]) for i in range(0, len(below) - 255, 256)]))
    for level, row in levels:
        for i in range(len(row)):
            n, width = i // 256, i % 256 + 1
            suffix = "" if width == 256 else f".p/{width}"
            files[f"tile/{level}/{grouped(n)}{suffix}"] = b"".join(row[i + 1 - width:i + 1])
    return files


def tlog_proof(data):
    """Index, path and the checkpoint of a C2SP tlog-proof."""
    proof, _, signed = data.partition(b"\n\n")
    first, index, *path = proof.decode().split("\n")
    require(first == "c2sp.org/tlog-proof@v1", "not a tlog-proof")
    number = re.fullmatch("index (0|[1-9][0-9]*)", index)[1]
    return int(number), [unbase64(line) for line in path], signed
