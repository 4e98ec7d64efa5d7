"""Prints what other programs need to read a registry: its keys, found in the registry itself.

    registry_keys.py DIR STATEMENT...

One line each: the log's vkey, the receipts' COSE_Key, and the COSE_Key of each statement's signer,
base64url. Nothing is verified here but that a kid is its key's digest: that is the readers' job.
"""

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "golden"))
import encoding  # noqa: E402
import formats  # noqa: E402


def notes_of(directory):
    """The charter, key and admission notes among the public objects."""
    segments = sorted((directory / "segments" / "public").glob("*.seg"))
    found, _ = formats.records([path.read_bytes() for path in segments])
    for record in found:
        for _, content in record.parts.values():
            if content[:1] == b"{":  # Not erased, and not a disclosed envelope.
                yield from formats.notes([json.loads(content)])


def main(directory, *statements):
    notes = list(notes_of(Path(directory)))
    charter = [note for note in notes if note.get("kind") == "charter"][-1]
    keys = {}
    for note in notes:
        if note.get("kind") == "key" and note["action"] == "add":
            key = encoding.unbase64url(note["key"])
            keys[encoding.sha256(key)] = note["key"]
    print(charter["vkey"])
    print(charter["receipt_key"])
    for path in statements:
        print(keys[formats.statement(Path(path).read_bytes()).kid])


if __name__ == "__main__":
    main(*sys.argv[1:])
