"""Holds every object of the import against two independent readers of STIX 2.1: stix2-validator
(JSON schemas and rules) and stix2 (parsing and writing back).

usage: stix_test.py PROGRAM, where PROGRAM prints one object a line"""

import json
import subprocess
import sys

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


def main():
    printed = subprocess.run([sys.argv[1]], check=True, capture_output=True, text=True)
    objects = printed.stdout.splitlines()
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
