"""Holds tests/stix/deterministic_ids.json against stix2, OASIS's library, which derives the ids of
observables as the specification says.

usage: deterministic_ids_test.py FILE [--write]

Each row has an object and the `derived` id, null where the UUID must be version 4. `printed_in`
names the section whose example the object is, less what doesn't contribute; where its printed id is
another, the row says so (`misprinted`: the ids in their references were corrected after theirs had
been computed). --write computes `derived` and `misprinted` anew. That Comity derives the same ids
is tested in src/stix/deterministic_id_test.cc."""

import json
import sys

import stix2


def derived(value):
    """The id that stix2 gives the object, or None where it draws one at random."""
    nameless = {name: of for name, of in value.items() if name != "id"}
    first, second = (stix2.parse(nameless, version="2.1").id for _ in range(2))
    return first if first == second else None


def checked(row):
    """The row as it must be."""
    expected = {name: row[name] for name in ("object", "printed_in") if name in row}
    expected["derived"] = derived(row["object"])
    if "printed_in" in row and row["object"]["id"] != expected["derived"]:
        expected["misprinted"] = True
    return expected


def main():
    path = sys.argv[1]
    with open(path, encoding="utf-8") as file:
        rows = json.load(file)
    wanted = [checked(row) for row in rows]
    if "--write" in sys.argv[2:]:
        with open(path, "w", encoding="utf-8") as file:
            file.write("[\n" + ",\n".join(json.dumps(row) for row in wanted) + "\n]\n")
        return 0
    found = [(row, want) for row, want in zip(rows, wanted) if row != want]
    for row, want in found:
        print(f"{json.dumps(row)}\n  should be {json.dumps(want)}")
    types = {row["object"]["type"] for row in rows}
    print(f"{len(rows)} objects of {len(types)} types, {len(found)} complaints")
    return 1 if found or len(types) < 18 else 0


if __name__ == "__main__":
    sys.exit(main())
