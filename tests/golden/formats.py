"""Readers of the other pages of docs/formats/: each refuses what its page doesn't allow.

Written from those pages alone: nothing here shares a line or a thought with the C++ code, so that
what both agree on is the format and not a common mistake.
"""

import json
import re
import struct
from dataclasses import dataclass
from datetime import datetime, timezone

import cbor2

from encoding import (
    base64url, decode, encode, raw_key, require, sha256, sig_structure, sign1, unbase64url, verify)
from tree import climb, note_key

EXTENSION = "extension-definition--ab16168e-ab51-41f4-b5a5-7a2df56028ed"
FILING_LABEL, SIZE_LABEL = -65801, -65802
SEGMENT_LIMIT = 64 << 20


# --- statement.md, control.md ------------------------------------------------------------------

MANIFEST_TYPE = "application/vnd.comity.manifest+cbor"
CONTROL_TYPE = "application/vnd.comity.control+cbor"
CONTROLS = {
    "tick": (int,),
    "disclose": (int, int, str, int, bool),
    "erase": (int, int, str, str),
    "hold": (int, int, bool, str, str),
    "rules": (int,),
    "digest": (int, bytes),
}


@dataclass
class Statement:
    alg: int
    kid: bytes
    issuer: str
    subject: str
    audience: object  # str or list of str
    iat: int
    payload: bytes
    control: list | None  # absent in a filing's statement
    signature: bytes
    signed: bytes  # the Sig_structure

    def verify(self, key):
        require(self.kid == sha256(key), "the kid is another key's")
        verify(key, self.alg, self.signature, self.signed)


def statement(data):
    require(len(data) <= 8192, "a statement has at most 8,192 bytes")
    protected, unprotected, payload, signature = sign1(data)
    require(unprotected == {} and type(payload) is bytes, "not a statement")
    header = decode(protected)
    if 3 in header:
        require(header.keys() == {1, 3, 4, 15} and header[3] == CONTROL_TYPE, "bad control header")
    else:
        require(header.keys() == {1, 4, 15, 258, 259}, "bad members of the header")
        require(header[258] == -16 and header[259] == MANIFEST_TYPE, "bad hash envelope")
        require(len(payload) == 32, "the payload is no digest")
    claims = header[15]
    require(claims.keys() == {1, 2, 3, 6}, "bad members of the claims")
    require(type(claims[6]) is int and claims[6] >= 0, "bad time")
    require(re.fullmatch("identity--[0-9a-f-]{36}", claims[1]), "bad issuer")
    require(1 <= len(claims[2].encode()) <= 256, "bad subject")
    audience = claims[3]
    if type(audience) is list:
        require(2 <= len(audience) <= 16 and audience == sorted(set(audience)), "bad audience")
    require(header[1] in (-8, -19, -7) and len(header[4]) == 32, "bad alg or kid")
    body = control(payload) if 3 in header else None
    require(body is None or claims[2] == audience, "a control with other subject than audience")
    return Statement(header[1], header[4], claims[1], claims[2], audience, claims[6], payload, body,
                     signature, sig_structure(protected, payload))


def control(payload):
    name, *arguments = decode(payload)
    require(tuple(map(type, arguments)) == CONTROLS[name], f"bad members of {name}")
    for x in arguments:
        require(type(x) is not int or x >= 0, "negative")
        require(type(x) is not str or 1 <= len(x.encode()) <= 1024, "1 to 1,024 bytes of text")
        require(type(x) is not bytes or len(x) == 32, "a digest has 32 bytes")
    return [name, *arguments]


# --- manifest.md, filing.md --------------------------------------------------------------------


def manifest(data):
    version, items = decode(data)
    require(type(version) is int and version == 1 and 1 <= len(items) <= 65536, "not a manifest")
    for item in items:
        require(type(item[0]) is bytes and len(item[0]) == 32, "a digest has 32 bytes")
        require(list(map(type, item[1:])) in ([], [str, int, bool]), "bad members of an item")
    versions = [tuple(item[1:3]) for item in items if len(item) == 4]
    require(len(versions) == len(set(versions)), "the same id and version twice")
    return items


def unique(pairs):
    require(len(pairs) == len(dict(pairs)), "a JSON key twice")
    return dict(pairs)


def microseconds(text):
    second, fraction = re.fullmatch(r"([-\dT:]{19})(?:\.(\d{1,6}))?Z", text).groups()
    seconds = datetime.fromisoformat(second).replace(tzinfo=timezone.utc).timestamp()
    return int(seconds) * 1_000_000 + int((fraction or "0").ljust(6, "0"))


# The TLP markings that forbid to publish: green, amber, amber+strict and red, of TLP 2 and TLP 1.
NOT_CLEAR = {"marking-definition--" + x for x in (
    "bab4a63c-aed9-4cf5-a766-dfca5abac2bb", "55d920b0-5e8b-4f79-9ee9-91f868d9b421",
    "939a9414-2ddd-4d32-a0cd-375ea402b003", "e828b379-4e03-4974-9ac4-e53a884c97c1",
    "34098fce-860f-48ae-8e50-ebd3cc5e41da", "f88d31f6-486f-44da-b317-01333bde0b82",
    "5e57c739-391a-4eb3-b6be-7d15ca92d5ed")}


def thing_of(data):
    return json.loads(data, object_pairs_hook=unique)


def named(thing):
    """Id, version and whether revoked, as a manifest says them of an object."""
    time = thing.get("modified", thing.get("created"))
    return [thing["id"], 0 if time is None else microseconds(time), thing.get("revoked") is True]


def object_of(item, salt, content):
    """The object's bytes in the part that stands for an item; the readers of a hidden one."""
    require(len(salt) == 16 and sha256(salt, content) == item[0], "the digest is not the content's")
    if len(item) == 4:
        thing = thing_of(content)
        require(named(thing) == item[1:], "the manifest says otherwise than the object")
        require(not NOT_CLEAR & set(thing.get("object_marking_refs", [])), "not for the public")
        return content, None
    version, readers, data = decode(content)
    require(type(version) is int and version == 1 and len(readers) <= 1024, "bad hidden content")
    require(readers == sorted(set(readers)), "readers don't ascend")
    named(thing_of(data))
    return data, readers


def filing(data):
    """Entry, items and parts (none for a sealed item) of what a party sends."""
    protected, unprotected, payload, signature = sign1(data)
    (label, (listed, parts)), = unprotected.items()
    require(label == FILING_LABEL and len(data) <= 33_554_432, "not a filing")
    items = manifest(listed)
    require(sha256(listed) == payload, "the payload is not the manifest's digest")
    require(len(parts) == len(items), "another number of parts than of items")
    for item, part in zip(items, parts):
        require(part is not None or len(item) == 1, "a public item is sealed")
        if part is not None:
            object_of(item, *part)
    return encode(cbor2.CBORTag(18, [protected, {}, payload, signature])), items, parts


# --- charter.md --------------------------------------------------------------------------------


def notes(objects):
    """What admission reads of objects."""
    return [o["extensions"][EXTENSION] for o in objects if EXTENSION in o.get("extensions", {})]


def added_key(note, origin):
    """The key that a key note adds, once it is proved to be possessed."""
    key = unbase64url(note["key"])
    require(note["action"] == "add" and note["kid"] == base64url(sha256(key)), "not the key's kid")
    text = "\n".join(["comity key proof v1", origin, note["party"], note["kid"], ""])
    alg = -8 if raw_key(key)[0] == "ed25519" else -7
    verify(key, alg, unbase64url(note["proof"]), text.encode())
    return key


def founding(s, objects):
    """The charter and the registrar's key in entry 0."""
    kinds = {note.get("kind"): note for note in notes(objects)}
    require(len(objects) == 4 and kinds.keys() == {"party", "charter", "key", "admission"},
            "a founding filing has other objects")
    charter, admission = kinds["charter"], kinds["admission"]
    require(charter["registrar"] == s.issuer == kinds["key"]["party"] == admission["party"],
            "not all of the registrar")
    name, _, _ = note_key(charter["vkey"])
    require(name == charter["origin"] == s.audience, "not all of the origin")
    key = added_key(kinds["key"], charter["origin"])
    require(not kinds["key"].get("custody", False), "the registrar's key is in custody")
    require(admission["decision"] == "admit" and admission["kid"] == base64url(s.kid),
            "admitted with another key")
    s.verify(key)
    return charter, key


# --- segment.md --------------------------------------------------------------------------------


@dataclass
class Record:
    entry: int
    manifest: bytes
    parts: dict  # ordinal: (salt, content)

    def __bytes__(self):
        return b"".join([
            struct.pack(">4sQII", b"CSEG", self.entry, len(self.manifest), len(self.parts)),
            *(struct.pack(">II", ordinal, len(part[1])) for ordinal, part in self.parts.items()),
            self.manifest, *(salt + content for salt, content in self.parts.values())])


def records(segments):
    """The records of the numbered segment files, and the index that follows from them."""
    found, rows = [], b""
    for number, data in enumerate(segments):
        at = 0
        while at < len(data):
            start = at
            magic, entry, listed, count = struct.unpack_from(">4sQII", data, at)
            require(magic == b"CSEG", "no record where one should begin")
            shapes = [struct.unpack_from(">II", data, at + 20 + 8 * i) for i in range(count)]
            ordinals = [ordinal for ordinal, _ in shapes]
            require(ordinals == sorted(set(ordinals)), "ordinals don't ascend")
            at += 20 + 8 * count + listed
            record = Record(entry, data[at - listed:at], {})
            for ordinal, size in shapes:
                record.parts[ordinal] = data[at:at + 16], data[at + 16:at + 16 + size]
                at += 16 + size
            require(at <= len(data) <= SEGMENT_LIMIT, "a record or a file is too long")
            require(start or not number or len(segments[number - 1]) + at > SEGMENT_LIMIT,
                    "a file begun although the record would have fitted in the one before")
            require(not found or entry > found[-1].entry, "entries don't ascend")
            found.append(record)
            rows += struct.pack(">QIQI", entry, number, start, at - start)
    return found, rows


# --- receipt.md, record-digest.md --------------------------------------------------------------


@dataclass
class Receipt:
    header: dict
    size: int
    index: int
    path: list
    protected: bytes
    signature: bytes

    def check(self, leaf, origin, key):
        """That this key vouches for the leaf, under the signed size."""
        header = {1: self.header[1], 4: sha256(key), 395: 1, SIZE_LABEL: self.size,
                  15: {1: origin, 2: origin, 6: self.header[15][6]}}
        require(self.protected == encode(header) and self.size > 1, "the receipt's header is wrong")
        verify(key, self.header[1], self.signature, sig_structure(
            self.protected, climb(leaf, self.index, self.size, self.path)))


def receipt(data):
    protected, unprotected, payload, signature = sign1(data)
    require(payload is None, "a receipt's payload is detached")
    require(unprotected.keys() == {396} and unprotected[396].keys() == {-1}, "not a receipt")
    proof, = unprotected[396][-1]
    size, index, path = decode(proof)
    return Receipt(decode(protected), size, index, path, protected, signature)


def digest_chain(changes):
    chain = [bytes(32)]
    for change in changes:
        require(type(decode(change)) is list, "changes are an array")
        chain.append(sha256(b"\2", chain[-1], sha256(change)))
    return chain
