"""Has scitt-cose, a SCITT implementation of other people, verify a statement and its receipt.

    scitt_cose_check.py STATEMENT ISSUER_KEY RECEIPT RECEIPT_KEY

STATEMENT and RECEIPT are files as `comity prove` writes them. A key is a COSE_Key in base64url, as
charters and key notes hold it, or a file of its bytes.
"""

import base64
import sys
from pathlib import Path

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from scitt_cose import parse_signed_statement, verify_receipt

SIGNED_SIZE = -65802  # receipt.md: the size under a private label


def require(holds, what):
    if not holds:
        raise SystemExit(f"scitt-cose: {what}")


def pem(argument):
    """The PEM form, which scitt-cose takes, of a COSE_Key."""
    file = Path(argument)
    data = file.read_bytes() if file.is_file() else base64.urlsafe_b64decode(
        argument + "=" * (-len(argument) % 4))
    key = cbor2.loads(data)
    if key[1] == 1:
        public = ed25519.Ed25519PublicKey.from_public_bytes(key[-2])
    else:
        point = b"\x04" + key[-2] + key[-3]
        public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    return public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def check_statement(statement, key):
    said = parse_signed_statement(statement, public_key_pem=key)
    require(said["signature_verified"] is True, f"the statement doesn't verify: {said}")
    require(said["issuer"].startswith("identity--"), "the statement's issuer is no identity")
    require(said["subject"], "the statement has no subject")
    damaged = bytearray(statement)
    damaged[-1] ^= 1
    said = parse_signed_statement(bytes(damaged), public_key_pem=key)
    require(said["signature_verified"] is False, "a damaged statement verifies")


def check_receipt(receipt, statement, key):
    result = verify_receipt(receipt, leaf_entry_hex=statement.hex(), log_public_key_pem=key)
    require(result.ok, f"the receipt doesn't verify: {result.errors}")
    require(result.issuer and result.issuer == result.subject, "the receipt's issuer is no origin")
    signed = result.protected_header_ext.get(SIGNED_SIZE)
    require(signed == result.tree_size, "the signed size is not the proof's")
    other = verify_receipt(receipt, leaf_entry_hex=(statement + b"x").hex(), log_public_key_pem=key)
    require(not other.ok, "the receipt verifies another statement")
    return result


def main():
    require(len(sys.argv) == 5, __doc__)
    statement, receipt = (Path(sys.argv[i]).read_bytes() for i in (1, 3))
    check_statement(statement, pem(sys.argv[2]))
    result = check_receipt(receipt, statement, pem(sys.argv[4]))
    print(f"scitt-cose: statement and receipt verify: {result.issuer}, "
          f"entry {result.leaf_index} of {result.tree_size}")


if __name__ == "__main__":
    main()
