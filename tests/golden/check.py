#!/usr/bin/python3
"""Checks the golden files, to the byte, against docs/formats/: see README.md beside this file.

    check.py [--self-test] [DIR...]

A topic's check gets the bytes of the golden file and what its JSON tells, and returns the meaning
that it finds; the two must be equal. What is an input (a key, the entry that a receipt is for) is
taken from the JSON and stands in the meaning again.
"""

import json
import re
import struct
import sys
from pathlib import Path

import formats
import tree
from encoding import (
    base64url, cose_key, encode, public_key, raw_key, require, sha256, unbase64, unbase64url)
from record import rows_of
from registry import Registry


def plain(x):
    """Byte strings as hexadecimal, as JSON holds them."""
    if type(x) is bytes:
        return x.hex()
    return [plain(each) for each in x] if type(x) in (list, tuple) else x


def raw(told, name):
    data = bytes.fromhex(told[name])
    require(data.hex() == told[name], "hexadecimal is written in small letters")
    return data


def check_key(data, _):
    return {"algorithm": raw_key(data)[0], "kid": base64url(sha256(data))}


KEY_FILE = re.compile(
    "comity-key-file@v1\n"
    "algorithm (ed25519|es256)\n"
    "public-key (.+)\n"
    "(?:plain (.+)|sealed ([1-9][0-9]*) ([1-9][0-9]*) (.+) (.+) (.+))\n")


def check_key_file(data, _):
    """The public part; a plain secret by its public key. Argon2id isn't at hand."""
    require(len(data) <= 1024, "a key file is too long")
    name, public, secret, passes, memory, *sealed = KEY_FILE.fullmatch(data.decode()).groups()
    raw_public = unbase64(public)
    require(len(raw_public) == {"ed25519": 32, "es256": 64}[name], "a key of another length")
    meaning = {"algorithm": name, "kid": base64url(sha256(cose_key(raw_public)))}
    if secret:
        require(public_key(name, unbase64(secret)) == raw_public, "another key's secret")
        return meaning | {"secret": unbase64(secret).hex()}
    salt, nonce, box = map(unbase64, sealed)
    require(1 <= int(passes) <= 16 and 8 <= int(memory) <= 1048576, "cost out of bounds")
    require((len(salt), len(nonce), len(box)) == (16, 24, 48), "sealed in other lengths")
    return meaning | {"passes": int(passes), "memory": int(memory), "salt": salt.hex(),
                      "nonce": nonce.hex(), "box": box.hex()}


def items_of(items):
    return [dict(zip(("digest", "id", "version", "revoked"), plain(item))) for item in items]


def check_manifest(data, _):
    return {"items": items_of(formats.manifest(data))}


def check_statement(data, told):
    s = formats.statement(data)
    s.verify(unbase64url(told["public_key"]))
    return {"kind": "control" if s.control else "filing", "alg": s.alg, "kid": base64url(s.kid),
            "iss": s.issuer, "sub": s.subject, "iat": s.iat, "payload": s.payload.hex(),
            "aud": s.audience if type(s.audience) is list else [s.audience],
            "signature": s.signature.hex(), "identity": sha256(s.signed).hex(),
            "public_key": told["public_key"]}


def check_control(data, told):
    return {"statement": check_statement(data, told["statement"]),
            "control": plain(formats.statement(data).control)}


def check_filing(data, told):
    entry, items, parts = formats.filing(data)
    meanings = []
    for item, part in zip(items, parts):
        text, readers = formats.object_of(item, *part) if part else (None, None)
        meanings.append(part and {"salt": part[0].hex(), "object": text.decode(),
                                  **({} if readers is None else {"readers": readers})})
    return {"statement": check_statement(entry, told["statement"]), "entry": entry.hex(),
            "items": items_of(items), "parts": meanings}


def check_charter(data, told):
    entry, _, parts = formats.filing(data)
    charter, key = formats.founding(formats.statement(entry), [
        formats.thing_of(content) for _, content in parts])
    require(base64url(key) == told["statement"]["public_key"], "founded with another key")
    return check_filing(data, told)


def check_refused(data, told):
    """Bytes that must not pass. The code of the refusal is for programs that have codes."""
    require(told.keys() == {"format", "refused", "public_key"}, "unknown members")
    told |= {"statement": told} if told["format"] == "filing" else {}
    try:
        TOPICS[told["format"]](data, told)
    except KeyError as missing:
        raise ValueError("refused for want of JSON alone") from missing
    except Exception:
        return told
    raise ValueError("passes, but must be refused")


def check_receipt(data, told):
    r = formats.receipt(data)
    leaf = tree.leaf_hash(raw(told, "entry"))
    r.check(leaf, told["origin"], unbase64url(told["key"]))
    return {"origin": told["origin"], "key": told["key"], "entry": told["entry"], "index": r.index,
            "size": r.size, "time": r.header[15][6]}


def check_tlog_proof(data, told):
    index, path, signed = tree.tlog_proof(data)
    origin, size, digest = tree.checkpoint(signed, told["vkey"])
    leaf = tree.leaf_hash(raw(told, "entry"))
    require(tree.climb(leaf, index, size, path) == digest, "the path leads to another root")
    return {"vkey": told["vkey"], "entry": told["entry"], "index": index, "size": size}


def check_checkpoint(data, told):
    origin, size, digest = tree.checkpoint(data, told["vkey"])
    return {"vkey": told["vkey"], "origin": origin, "size": size, "root": digest.hex()}


def check_tile(data, told):
    entries = [struct.pack(">Q", n) for n in range(told["size"])]
    files = tree.tile_files(entries, [tree.leaf_hash(entry) for entry in entries])
    whole, partial, width = told["path"].partition(".p/")
    require(not partial or not {whole, f"{whole}.p/{int(width) + 1}"} & files.keys(), "wider now")
    require(files[told["path"]] == data, "other bytes")
    return {"size": told["size"], "path": told["path"]}


def check_segment(data, told):
    found, index = formats.records([data])
    return {"index": index.hex(), "records": [
        {"entry": r.entry, "manifest": r.manifest.hex(),
         "parts": [[ordinal, *plain(part)] for ordinal, part in r.parts.items()]} for r in found]}


def check_erasure(data, told):
    """`before` is the segment before; nothing but the erased parts may have changed."""
    found, index = formats.records([raw(told, "before")])
    erased = [(r, ordinal) for r in found for ordinal in r.parts
              if [r.entry, ordinal] in told["erased"]]
    for r in found:
        items = formats.manifest(r.manifest)
        require(all(sha256(*part) == items[ordinal][0] for ordinal, part in r.parts.items()),
                "a digest that is not the part's")
    for r, ordinal in erased:
        r.parts[ordinal] = tuple(bytes(len(x)) for x in r.parts[ordinal])
    require(b"".join(map(bytes, found)) == data, "not what erasing leaves")
    require(formats.records([data])[1] == index, "the index has changed")
    return {"before": told["before"], "erased": [[r.entry, ordinal] for r, ordinal in erased]}


def check_record_digest(data, told):
    chain = formats.digest_chain([bytes.fromhex(change) for change in told["changes"]])
    return {"changes": told["changes"], "digests": plain(chain)}


def check_record_rows(data, told):
    kind, rows = rows_of(formats.thing_of(told["object"]))
    require(data == encode([kind, rows]), "other rows")
    return {"object": told["object"], "kind": kind, "rows": rows}


EPOCH = re.compile("comity-epoch@v1\n([1-9][0-9]*)\n([0-9a-f]{64})\n")


def check_epoch(data, _):
    number, place = EPOCH.fullmatch(data.decode()).groups()
    require(int(number) < 1 << 64, "an epoch beyond 64 bits")
    return {"epoch": int(number), "place": place}


TOPICS = {
    "key": check_key, "key-file": check_key_file, "manifest": check_manifest,
    "statement": check_statement, "control": check_control, "filing": check_filing,
    "charter": check_charter, "receipt": check_receipt, "tlog-proof": check_tlog_proof,
    "checkpoint": check_checkpoint, "tile": check_tile, "segment": check_segment,
    "erasure": check_erasure, "record-digest": check_record_digest,
    "record-rows": check_record_rows, "epoch": check_epoch, "refused": check_refused,
}


class Case:
    """One golden file with its JSON, by suffix; or all files of a registry, by path."""

    def __init__(self, name, topic, files):
        self.name, self.topic, self.files = name, topic, files

    def check(self):
        if self.topic is None:
            Registry(self.files).check()
            return
        told = json.loads(self.files[".json"], object_pairs_hook=formats.unique)
        data = [data for suffix, data in self.files.items() if suffix != ".json"] or [None]
        require(len(data) == 1, "more than one file of this name")
        require(TOPICS[self.topic](*data, told) == told, "the JSON tells otherwise")

    def problem(self):
        try:
            self.check()
        except Exception as error:  # Damage may surface in any library that reads the bytes.
            return str(error) or type(error).__name__
        return None

    def unnoticed(self, flips):
        """Places where a flipped bit still passes: all of small files, a sample of large ones."""
        told = {".json"} if len(self.files) > 1 else set()  # What it tells has been compared.
        for path in self.files.keys() - told:
            data = self.files[path]
            for at in range(0, len(data), max(1, len(data) // flips)):
                damaged = data[:at] + bytes([data[at] ^ 1 << at % 8]) + data[at + 1:]
                if Case(self.name, self.topic, self.files | {path: damaged}).problem() is None:
                    yield f"a flip of bit {at % 8} of byte {at} of {path} isn't noticed"


def cases(directory):
    if (directory / "checkpoint").is_file():
        files = [directory / "keys.json", directory / "checkpoint"]
        for part in ("tile", "segments", "proofs"):
            files += (directory / part).rglob("*")
        yield Case(str(directory), None, {path.relative_to(directory).as_posix(): path.read_bytes()
                                          for path in sorted(files) if path.is_file()})
    elif directory.name in TOPICS:
        files = sorted(path for path in directory.iterdir() if path.is_file())
        for stem in sorted({path.with_suffix("") for path in files}):
            yield Case(str(stem), directory.name, {
                path.suffix: path.read_bytes() for path in files if path.with_suffix("") == stem})


def main(arguments):
    here = Path(__file__).resolve().parent
    folders = [Path(a) for a in arguments if a != "--self-test"] or sorted(
        path for path in here.iterdir() if path.name in TOPICS or (path / "checkpoint").is_file())
    passed = failed = 0
    for case in (case for folder in folders for case in cases(folder)):
        problems = list(filter(None, [case.problem()]))
        if "--self-test" in arguments and not problems and case.topic != "refused":
            problems = list(case.unnoticed(flips=80))
        print(f"{'FAILED' if problems else 'ok':6} {case.name}")
        print("".join(f"         {problem}\n" for problem in problems), end="")
        passed, failed = passed + (not problems), failed + bool(problems)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
