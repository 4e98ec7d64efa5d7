"""A registry's directory, replayed from its first entry: see log.md and charter.md."""

import json
import struct

from encoding import base64url, require, sha256, unbase64url
from formats import (
    added_key, founding, manifest, named, notes, object_of, receipt, records, statement,
    thing_of)
from record import Changes
from tree import checkpoint, grouped, inclusion, leaf_hash, root, tile_files, tlog_proof


def known_of(files):
    """What a reader knows beforehand: keys.json, or what the charter in entry 0 claims."""
    if "keys.json" in files:
        return json.loads(files["keys.json"])
    founded = records([files["segments/public/00000000.seg"]])[0][0]
    things = [thing_of(content) for _, content in founded.parts.values()]
    return next(note for note in notes(things) if note.get("kind") == "charter")


class Registry:
    """Replays a registry's files, path to bytes, and requires of each what the pages say."""

    def __init__(self, files):
        self.files = files
        self.known = known_of(files)
        self.origin, self.size, digest = checkpoint(files["checkpoint"], self.known["vkey"])
        self.receipt_key = unbase64url(self.known["receipt_key"])
        self.registrar = self.known["registrar"]
        self.entries = self.bundles()
        self.leaves = [leaf_hash(entry) for entry in self.entries]
        require(root(self.leaves) == digest, "the checkpoint's root is not the entries'")
        self.statements = [statement(entry) for entry in self.entries]
        self.keys = {}  # kid: its party, key, custody and state (offered, active or revoked)
        self.items = {}  # (entry, ordinal): item
        self.erased, self.held = set(), set()  # (entry, ordinal)
        self.disclosed = {}  # entry of the disclose: (entry, ordinal)
        self.versions, self.revoked = set(), set()
        self.times = []  # of each entry

    def bundles(self):
        entries = []
        while len(entries) < self.size:
            width = min(256, self.size - len(entries))
            path = f"tile/entries/{grouped(len(entries) // 256)}"
            data, at = self.files[path + (f".p/{width}" if width < 256 else "")], 0
            while at < len(data):
                length, = struct.unpack_from(">H", data, at)
                entries.append(data[at + 2:at + 2 + length])
                at += 2 + length
            require(at == len(data), "a bundle is cut off")
        return entries

    def check(self):
        self.check_tiles()
        public, hidden = (self.segments(kind) for kind in ("public", "hidden"))
        recorded = dict(public)
        for i, s in enumerate(self.statements):
            if s.control is None:
                listed = public[i].manifest
                require(sha256(listed) == s.payload, "the payload is not the manifest's digest")
                for ordinal, item in enumerate(manifest(listed)):
                    self.items[i, ordinal] = item
            elif s.control[0] in ("disclose", "erase", "hold"):
                self.control_of_item(i, *s.control)
        for i, s in enumerate(self.statements):
            self.admit(i, s, self.contents(i, public.pop(i, None), hidden.pop(i, None)))
            self.publish(i, s)
        require(not public and not hidden, "records of entries that carry nothing")
        if "keys" in self.known:
            self.check_known()
        self.check_proofs()
        self.check_digests(recorded)

    def check_known(self):
        kinds = [s.control[0] if s.control else "filing" for s in self.statements]
        require(kinds == self.known["entries"] and self.size == self.known["size"], "other entries")
        keys = {base64url(kid): {"party": k["party"], "key": base64url(k["key"]),
                                 "active": k["state"] == "active"} for kid, k in self.keys.items()}
        require(keys == self.known["keys"], "other keys")

    def check_tiles(self):
        right = tile_files(self.entries, self.leaves)
        for path, data in self.files.items():
            require(not path.startswith("tile/") or right.get(path) == data, f"{path} is wrong")
        for path in right:  # The widest of each tile is needed; narrower ones are history.
            whole, partial, width = path.partition(".p/")
            wider = partial and (whole in right or f"{whole}.p/{int(width) + 1}" in right)
            require(wider or path in self.files, f"{path} is missing")

    def segments(self, kind):
        names = sorted(path for path in self.files if path.startswith(f"segments/{kind}/0"))
        require(names == [f"segments/{kind}/{n:08}.seg" for n in range(len(names))], "a gap")
        found, index = records([self.files[name] for name in names])
        require(index == self.files.get(f"segments/{kind}/index", b""), "an index of others")
        return {record.entry: record for record in found}

    def control_of_item(self, i, what, entry, ordinal, *rest):
        name = entry, ordinal
        require(entry < i and name in self.items, f"{what} of an item that doesn't stand before it")
        if what == "disclose":
            require(len(self.items[name]) == 1 and name not in self.erased, "cannot be disclosed")
            require(name not in self.disclosed.values(), "disclosed twice")
            self.disclosed[i] = name
        elif what == "erase":
            require(name not in self.erased | self.held and entry > 0, "cannot be erased")
            self.erased.add(name)
        else:
            require((name in self.held) != rest[0], "already so")
            (self.held.add if rest[0] else self.held.remove)(name)

    def contents(self, i, public, hidden):
        """The public objects of entry i, once all its parts are found to be what was signed."""
        parts = {}
        if self.statements[i].control is None:
            mine = [o for entry, o in self.items if entry == i]
            shown = [o for o in mine if len(self.items[i, o]) == 4]
            require(list(public.parts) == shown, "not the parts of the public items")
            require(hidden is None or hidden.parts and hidden.manifest == b"" and not
                    set(hidden.parts) & set(shown), "a hidden record of something else")
            kept = hidden.parts if hidden else {}
            parts = {(i, o): part for o, part in (public.parts | kept).items()}
        elif i in self.disclosed:
            name = self.disclosed[i]
            require(hidden is None and public.manifest == b"" and list(public.parts) == [name[1]],
                    "not the part that is disclosed")
            parts = {name: public.parts[name[1]]}
        else:
            require(public is None and hidden is None, "a control that carries something")
        objects = []
        for name, (salt, content) in parts.items():
            if name in self.erased:
                require(not any(salt + content), "an erased part is not all zeros")
            else:
                thing = thing_of(object_of(self.items[name], salt, content)[0])
                objects += [thing] if len(self.items[name]) == 4 else []
                require(self.statements[i].control is None or
                        named(thing) == self.statements[i].control[3:], "another object disclosed")
        return objects

    def admit(self, i, s, objects):
        """Time, signature and keys; other standing of parties is not replayed here."""
        audience = s.audience if type(s.audience) is list else [s.audience]
        require(self.origin in audience, "a statement for other registries")
        require(s.control is None or s.issuer == self.registrar, "a control by another party")
        ticks = s.control is not None and s.control[0] == "tick"
        require(i > 1 or ticks == (i == 1), "a log begins with a filing and a tick")
        self.times.append(s.control[1] if ticks else self.times[-1] if i else s.iat)
        require(not ticks or s.control[1] > self.times[-2], "time doesn't go on")
        require(s.control or s.iat <= self.times[-1] + 300, "signed in the future")
        if i == 0:
            self.found(s, objects)
        signer = self.keys[s.kid]
        require(signer["party"] == s.issuer and (signer["state"] == "active" or not i),
                "not an active key of its issuer")
        require(not signer["custody"] or not s.control, "a control signed in custody")
        s.verify(signer["key"])
        for note in sorted(notes(objects), key=lambda note: note.get("kind") == "admission"):
            if note.get("kind") == "key" and i:
                self.change_key(note, s.issuer)
            elif note.get("kind") == "admission" and note["decision"] == "admit":
                require(s.issuer == self.registrar, "sponsors are not replayed here")
                key = self.keys[unbase64url(note["kid"])]
                require(key["party"] == note["party"] and key["state"] != "revoked", "not its key")
                key["state"] = "active"

    def publish(self, i, s):
        """A version stands once; after a revocation stands none."""
        shown = [(s.issuer, *item[1:]) for (entry, _), item in self.items.items()
                 if entry == i and len(item) == 4]
        if i in self.disclosed:
            shown = [(self.statements[self.disclosed[i][0]].issuer, *s.control[3:])]
        for party, name, version, revoked in shown:
            require((party, name) not in self.revoked, "a version after revocation")
            require((party, name, version) not in self.versions, "a version filed twice")
            self.versions.add((party, name, version))
            self.revoked |= {(party, name)} if revoked else set()

    def found(self, s, objects):
        charter, key = founding(s, objects)
        told = {name: self.known[name] for name in ("origin", "registrar", "vkey", "receipt_key")}
        require(told.items() <= charter.items() and self.size > 1, "not this registry's charter")
        self.keys[s.kid] = {"party": s.issuer, "key": key, "custody": False, "state": "offered"}

    def change_key(self, note, issuer):
        kid = unbase64url(note["kid"])
        if note["action"] == "revoke":
            require(self.keys[kid]["party"] == note["party"] == issuer, "another party's key")
            self.keys[kid]["state"] = "revoked"
        else:
            require(kid not in self.keys, "a key registered twice")
            self.keys[kid] = {
                "party": note["party"], "key": added_key(note, self.origin),
                "custody": note.get("custody", False),
                "state": "active" if issuer == note["party"] else "offered"}

    def check_proofs(self):
        for path, data in self.files.items():
            stem, _, kind = path.rpartition(".")
            if kind == "receipt":
                r = receipt(data)
                require(self.entries[r.index] == self.files[stem + ".statement"], "another entry")
                r.check(self.leaves[r.index], self.origin, self.receipt_key)
                require(r.path == inclusion(r.index, self.leaves[:r.size]), "another tree")
                require(r.header[15][6] == self.times[r.size - 1], "not the log's time")
            elif kind == "tlog-proof":
                index, hashes, signed = tlog_proof(data)
                _, size, digest = checkpoint(signed, self.known["vkey"])
                require(self.entries[index] == self.files[stem + ".statement"], "another entry")
                require(hashes == inclusion(index, self.leaves[:size]), "another path")
                require(digest == root(self.leaves[:size]), "a root of another tree")

    def check_digests(self, public):
        """Each filed digest that is not superseded is the one that the log leads to."""
        filed = [(i, *s.control[1:]) for i, s in enumerate(self.statements)
                 if s.control and s.control[0] == "digest"]
        digests = Changes(self, public).digests() if filed else []
        for i, size, digest in filed:
            require(size <= i, "a digest of entries that are still to come")
            same = digest == digests[size]
            require(same or self.is_superseded(size), "a digest of another record")

    def is_superseded(self, size):
        """Whether something that the first entries made public was erased behind them."""
        erased = [tuple(s.control[1:3]) for s in self.statements[size:]
                  if s.control and s.control[0] == "erase"]
        shown = [name for i, name in self.disclosed.items() if i < size]
        return any(name[0] < size and (len(self.items[name]) == 4 or name in shown)
                   for name in erased)
