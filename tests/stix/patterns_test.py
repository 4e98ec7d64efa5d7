"""Holds tests/stix/patterns.json against stix2-patterns, the validator of patterns of OASIS.

usage: patterns_test.py FILE

The verdict of each pattern is the specification's. Where the validator's is another, the pattern
says so (`validator`) and which sentence of the specification decides (`deviation`); this test fails
when the validator agrees after all, or differs anywhere else. That Comity gives the verdicts of the
file is tested in src/stix/pattern_test.cc."""

import json
import sys

from stix2patterns.validator import run_validator


def validator_accepts(pattern):
    """It breaks down on some patterns, which then are not accepted."""
    try:
        return not run_validator(pattern, "2.1")
    except Exception:  # whatever it may be: the program is not ours
        return False


def complaints(row):
    expected = row.get("validator", row["valid"])
    if "validator" in row and (row["validator"] == row["valid"] or not row.get("deviation")):
        yield "names a deviation that is none, or no reason for it"
    accepts = validator_accepts(row["pattern"])
    if accepts != expected:
        yield f"stix2-patterns {'accepts' if accepts else 'refuses'} it, and the file differs"


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        rows = json.load(file)
    found = [(row, what) for row in rows for what in complaints(row)]
    # The check must be able to fail.
    if not list(complaints({"pattern": "[file:size = 1]", "valid": False})):
        found.append(({"pattern": ""}, "a wrong verdict passed"))
    for row, what in found[:40]:
        print(f"{row['pattern']!r}: {what}")
    deviations = sum("validator" in row for row in rows)
    print(f"{len(rows)} patterns, {deviations} deviations, {len(found)} complaints")
    return 1 if found or len(rows) < 150 else 0


if __name__ == "__main__":
    sys.exit(main())
