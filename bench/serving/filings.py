"""Signs filings, as docs/formats/ has them, faster than a run of the program for each would."""

import base64
import hashlib
import json
import os
import time
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

ED25519 = -8
SHA_256 = -16
MANIFEST = "application/vnd.comity.manifest+cbor"
CARRIED = -65801


def head(major, n):
    if n < 24:
        return bytes([major << 5 | n])
    for info, size in ((24, 1), (25, 2), (26, 4), (27, 8)):
        if n < 1 << 8 * size:
            return bytes([major << 5 | info]) + n.to_bytes(size, "big")
    raise ValueError(n)


def cbor(x):
    """Deterministic CBOR of what filings are made of."""
    if isinstance(x, bool):
        return b"\xf5" if x else b"\xf4"
    if isinstance(x, int):
        return head(0, x) if x >= 0 else head(1, -1 - x)
    if isinstance(x, bytes):
        return head(2, len(x)) + x
    if isinstance(x, str):
        text = x.encode()
        return head(3, len(text)) + text
    if isinstance(x, list):
        return head(4, len(x)) + b"".join(map(cbor, x))
    pairs = sorted((cbor(key), cbor(value)) for key, value in x.items())
    return head(5, len(x)) + b"".join(key + value for key, value in pairs)


def sha256(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def microseconds(text):
    since = datetime.fromisoformat(text.replace("Z", "+00:00"))
    return round(since.timestamp() * 1000) * 1000


class Signer:
    """Of a party, with the key in a plain key file."""

    def __init__(self, key_file, party, origin):
        words = dict(line.split(" ", 1) for line in key_file.read_text().splitlines()[1:])
        self.key = Ed25519PrivateKey.from_private_bytes(base64.b64decode(words["plain"]))
        public = self.key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        self.kid = sha256(cbor({1: 1, -1: 6, -2: public}))
        self.party, self.origin = party, origin

    def filing(self, objects):
        items, parts = [], []
        for it in objects:
            content, salt = json.dumps(it, separators=(",", ":")).encode(), os.urandom(16)
            items.append([sha256(salt, content), it["id"], microseconds(it["modified"]), False])
            parts.append([salt, content])
        manifest = cbor([1, items])
        payload = sha256(manifest)
        subject = objects[0]["id"] if len(objects) == 1 else self.party
        claims = {1: self.party, 2: subject, 3: self.origin, 6: int(time.time())}
        protected = cbor({1: ED25519, 4: self.kid, 15: claims, 258: SHA_256, 259: MANIFEST})
        signature = self.key.sign(cbor(["Signature1", protected, b"", payload]))
        carried = {CARRIED: [manifest, parts]}
        return head(6, 18) + cbor([protected, carried, payload, signature])
