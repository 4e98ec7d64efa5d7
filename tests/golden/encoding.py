"""encoding.md: deterministic CBOR, keys, kids, signatures. Written from that page alone."""

import base64
import hashlib

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat


def require(holds, what):
    if not holds:
        raise ValueError(what)


def sha256(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def unbase64(text):
    data = base64.b64decode(text, validate=True)
    require(base64.b64encode(data).decode() == text, "base64 is not canonical")
    return data


def unbase64url(text):
    data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    require(base64url(data) == text, "base64url is not canonical")
    return data


def base64url(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


# --- encoding.md: deterministic CBOR -----------------------------------------------------------


def head(major, n):
    if n < 24:
        return bytes([major << 5 | n])
    for info, size in ((24, 1), (25, 2), (26, 4), (27, 8)):
        if n < 1 << 8 * size:
            return bytes([major << 5 | info]) + n.to_bytes(size, "big")
    raise ValueError("an integer beyond 64 bits")


def encode(x):
    """RFC 8949 section 4.2.1. cbor2's canonical form sorts keys by length first, as RFC 7049 did,
    and knows more kinds than encoding.md allows."""
    if x is None or x is True or x is False:
        return {False: b"\xf4", True: b"\xf5", None: b"\xf6"}[x]
    if type(x) is int:
        return head(0, x) if x >= 0 else head(1, -1 - x)
    if type(x) is bytes:
        return head(2, len(x)) + x
    if type(x) is str:
        return head(3, len(x.encode())) + x.encode()
    if type(x) is list:
        return head(4, len(x)) + b"".join(map(encode, x))
    if type(x) is dict:
        return head(5, len(x)) + b"".join(k + v for k, v in sorted(
            (encode(k), encode(v)) for k, v in x.items()))
    require(type(x) is cbor2.CBORTag and x.tag == 18, f"CBOR of a kind that isn't allowed: {x!r}")
    return head(6, 18) + encode(x.value)


def decode(data):
    """What re-encodes to the same bytes is deterministic, has no key twice and nothing after it."""
    value = cbor2.loads(data)
    require(encode(value) == data, "CBOR is not deterministic")
    return value


# --- encoding.md: keys and signatures ----------------------------------------------------------


def cose_key(raw):
    if len(raw) == 32:
        return encode({1: 1, -1: 6, -2: raw})
    require(len(raw) == 64, "a key is 32 bytes, or x and y")
    return encode({1: 2, -1: 1, -2: raw[:32], -3: raw[32:]})


def raw_key(key):
    """Algorithm and public key in a COSE_Key, which must be written in the one way."""
    members = decode(key)
    raw = members[-2] + members.get(-3, b"")
    require(cose_key(raw) == key, "a COSE_Key with other members")
    return ("ed25519" if len(raw) == 32 else "es256"), raw


def verify(key, alg, signature, message):
    """`key` is the COSE_Key's bytes."""
    require(len(signature) == 64, "a signature has 64 bytes")
    name, public = raw_key(key)
    require(alg in {"ed25519": (-8, -19), "es256": (-7,)}[name], "an algorithm of another key")
    if name == "ed25519":
        ed25519.Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    else:
        point = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), b"\4" + public)
        r, s = (int.from_bytes(half, "big") for half in (signature[:32], signature[32:]))
        point.verify(encode_dss_signature(r, s), message, ec.ECDSA(SHA256()))


def public_key(name, secret):
    """The raw public key that a secret of this algorithm has."""
    if name == "ed25519":
        public = ed25519.Ed25519PrivateKey.from_private_bytes(secret).public_key()
        return public.public_bytes(Encoding.Raw, PublicFormat.Raw)
    public = ec.derive_private_key(int.from_bytes(secret, "big"), ec.SECP256R1()).public_key()
    return public.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)[1:]


def sign1(data):
    """The four members of a COSE_Sign1."""
    message = decode(data)
    require(type(message) is cbor2.CBORTag and type(message.value) is list
            and len(message.value) == 4, "not a COSE_Sign1")
    require(type(message.value[0]) is bytes and type(message.value[3]) is bytes, "not a COSE_Sign1")
    return message.value


def sig_structure(protected, payload):
    return encode(["Signature1", protected, b"", payload])
