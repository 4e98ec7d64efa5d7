"""Holds objects of the imports against two independent readers of STIX 2.1: stix2-validator (JSON
schemas and rules) and stix2 (parsing and writing back). All of the landmark record; the samples
that are golden files; and of the data sets of others, where they stand in the folder that
COMITY_SHARED names or in ../shared/data, some of each kind.

usage: stix_test.py PROGRAM SOURCE_DIR, where PROGRAM prints one object a line"""

import collections
import json
import os
import subprocess
import sys
from pathlib import Path

import stix2
from stix2validator import ValidationOptions, validate_instance

# Recommendations that the import doesn't follow, each for a reason given in docs/mapping.md:
# 103 an id of UUID version 4, 202 the suggested ends of a relationship, 302 a hash for each URL.
ACCEPTED = ("{103}", "{202}", "{302}")


def complaints(text):
    """What the two readers say against one object."""
    value = json.loads(text)
    result = validate_instance(value, ValidationOptions(version="2.1"))
    for error in result.errors:
        yield str(error)
    for warning in result.warnings:
        if not any(code in str(warning) for code in ACCEPTED):
            yield str(warning)
    try:
        parsed = stix2.parse(value, allow_custom=False, version="2.1")
    except (stix2.exceptions.STIXError, ValueError) as error:
        yield f"{value['id']}: {error}"
        return
    if json.loads(parsed.serialize()) != value:
        yield f"{value['id']}: stix2 writes it back otherwise"


# How many objects of a kind in a data set of others are looked at; all take minutes.
SOME = 25
EXTENSION = "extension-definition--ab16168e-ab51-41f4-b5a5-7a2df56028ed"


def printed(*arguments):
    return subprocess.run([sys.argv[1], *arguments], check=True, capture_output=True,
                          encoding="utf-8").stdout.splitlines()


def some(objects):
    """Evenly spread objects of each kind."""
    kinds = collections.defaultdict(list)
    for text in objects:
        value = json.loads(text)
        kind = value.get("extensions", {}).get(EXTENSION, {}).get("kind")
        kinds[value["type"], kind].append(text)
    return [text for texts in kinds.values() for text in texts[::max(1, len(texts) // SOME)]]


def main():
    source = Path(sys.argv[2])
    objects = printed()
    for golden in sorted((source / "tests/golden/intake").glob("*.ndjson")):
        objects += golden.read_text("utf-8").splitlines()
    shared = Path(os.environ.get("COMITY_SHARED") or source / ".." / "shared" / "data")
    for kind, path in (("eurepoc", "eurepoc"), ("misp-galaxy", "misp/threat-actor.json"),
                       ("kev", "kev/known_exploited_vulnerabilities.json")):
        if (shared / path).exists():
            objects += some(printed(kind, shared / path))
        else:
            print(f"skipped: {path} is not beside the project; set COMITY_SHARED")
    found = [line for text in objects for line in complaints(text)]
    # The check must be able to fail.
    broken = objects[0].replace('"spec_version":"2.1",', "")
    if not list(complaints(broken)):
        found.append("an object without spec_version passed")
    for line in found[:20]:
        print(line)
    print(f"{len(objects)} objects, {len(found)} complaints")
    return 1 if found or len(objects) < 81 else 0


if __name__ == "__main__":
    sys.exit(main())
