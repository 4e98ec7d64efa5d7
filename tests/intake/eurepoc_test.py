"""Nothing that a figure of EuRepoC needs is lost: the three tables are written anew from the
objects that the import makes, and the program that counts the true figures in the data set finds
the same ones in these tables.

usage: eurepoc_test.py PROGRAM SOURCE_DIR, where PROGRAM prints the objects of an import, one a
line. The data set stands in the folder that COMITY_SHARED names, or in ../shared/data beside the
project; where it does not the test is skipped (77)."""

import ast
import csv
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

EXTENSION = "extension-definition--ab16168e-ab51-41f4-b5a5-7a2df56028ed"
SOURCE = "EuRepoC 1.1"
# Columns whose cells are lists: docs/mapping.md. All other columns hold one value.
PYTHON = {"receiver_country", "receiver_region", "receiver_category", "receiver_category_subcode",
          "initiator_country", "initiator_category", "initiator_category_subcode"}
OFFICE = re.compile(r"^([\w.’' -]+) \((?:[^()]*\b)?(?:Minister|President|Secretary|Director|"
                    r"Member|Journalist|Lawyer|Professor|Mayor)\b")
# Two to eight words of letters, of which the first does not begin with a small one.
PERSON = re.compile(r"^(?![a-z])[^\W\d_][\w.’'-]*(?: [^\W\d_][\w.’'-]*){1,7}$")
# What only bodies have in their names: of a name with a bracket that has none it is not known.
BODY = re.compile(r"\b(?:Administration|Agen[cz]i?[ayj]+|Army|Authority|Bureau|Cent(?:er|re|ro)|"
                  r"Command|Commission|Committee|Communications|Company|Corporation|Corps|Council|"
                  r"Department|Director(?:ate|al)|Establishment|Force|Group|Institute|Ministry|"
                  r"Office|Organi[sz]ation|Parliament|Police|Railways|Service|Team|Treaty)\b")
TABLES = ("Global_Database", "Attribution_dataset", "Receiver_dataset")


def cell(column, values):
    return repr(values) if column in PYTHON else "; ".join(values)


def meaning(value):
    return value.get("extensions", {}).get(EXTENSION, {})


def tables(objects, names):
    """The rows of the three files as dicts, in their order as far as the objects say it."""
    incidents, attributions, receivers = [], [], []
    for value in objects:
        said = meaning(value)
        if said.get("coding", {}).get("source") != SOURCE:
            continue
        record = said["coding"]["record"]
        if value["type"] == "incident":
            row = {"ID": record}
            for column, values in said["coding"]["values"].items():
                row[names.get(column, column)] = cell(names.get(column, column), values)
            incidents.append(row)
            receivers += [{"ID": record, **r} for r in said["coding"].get("receivers", [])]
            attributions += [{"incident_ID": record, "attribution_ID": "", **r}
                             for r in said["coding"].get("rows", [])]
        elif said["kind"] == "attribution":
            attributions += [{"incident_ID": said["coding"]["incident"],
                              "attribution_ID": record + ".0", **r} for r in said["rows"]]
    return incidents, attributions, receivers


def write(path, rows, columns):
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="", extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)


def differences(expected, found, place=""):
    if isinstance(expected, dict) and isinstance(found, dict):
        for key in sorted(expected.keys() | found.keys()):
            yield from differences(expected.get(key), found.get(key), f"{place}/{key}")
    elif expected != found:
        yield f"{place}: {str(found)[:300]} instead of {str(expected)[:300]}"


def check_places(folder, source):
    """Every name that the data set has for a place is in our table, and means the same there."""
    ours = json.loads((source / "data/places.json").read_text("utf-8"))
    codes = {name: code for code, names in ours["countries"].items() for name in names}
    kinds = {"region": ours["regions"], "organisation": ours["organizations"],
             "nonstate": ours["groups"], "missing": ours["missing"]}
    theirs = json.loads((folder / "eurepoc_names.json").read_text("utf-8"))
    if len(theirs) != 175:
        yield f"{len(theirs)} names of places instead of 175"
    for name, place in theirs.items():
        if place["kind"] == "country":
            if codes.get(name) != place["iso2"]:
                yield f"{name} is {codes.get(name)} instead of {place['iso2']}"
        elif name not in kinds[place["kind"]]:
            yield f"{name} is no {place['kind']}"


def persons_of(cell):
    """The names in a cell that the data set's own way of writing shows to be persons'."""
    if found := OFFICE.match(cell):
        return {found.group(1)}
    head, superior, _ = cell.partition(" -->")
    name, bracket, _ = head.partition(" (")
    if superior:  # a member of the body that follows
        return {part.strip() for part in name.split("/")}
    if not bracket or not head.endswith(")") or BODY.search(name):
        return set()
    return {part for part in re.split(r",? aka ", name) if PERSON.match(part)}


def parted(cell):
    """A cell of several names, parted by semicolons that stand in no bracket."""
    return re.split(r";(?![^(]*\))", cell)


def rows_of(folder, name):
    path = folder / f"EuRepoC_{name}_1.1.csv"
    with open(path, encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def actors_of(folder):
    """Every cell that names who attributes, who is named as initiator or who responds."""
    for row in rows_of(folder, "Attribution_dataset"):
        yield row["attributing_actor"]
        yield row["attributed_initiator"]
    for row in rows_of(folder, "Global_Database"):
        yield from ast.literal_eval(row["initiator_name"] or "[]")
        for column in ("political_response_actor", "legal_response_actor"):
            yield from parted(row[column])


def receivers_of(folder):
    """The persons among those hit: with an office, or end users of two words."""
    for row in rows_of(folder, "Receiver_dataset"):
        cell = row["receiver_name"].strip()
        if found := OFFICE.match(cell):
            yield found.group(1)
        elif (row["receiver_category"].startswith("End user") and cell != "Not available"
              and cell.count(" ") == 1):
            yield cell


def check_privacy(objects, folder):
    """No name is in the objects beside which a column says an office, a body that it belongs to or
    another name, nor that of an end user."""
    text = "\n".join(json.dumps(value, ensure_ascii=False) for value in objects)
    actors = {name for cell in actors_of(folder) for name in persons_of(cell.strip())}
    receivers = set(receivers_of(folder))
    if len(actors) < 75 or len(receivers) < 30:
        yield f"only {len(actors)} and {len(receivers)} names were found to look for"
    for name in actors | receivers:
        if name in text:
            yield f"the name of a person is carried ({name[:2]}...)"


def main():
    program, source = sys.argv[1], Path(sys.argv[2])
    folder = Path(os.environ.get("COMITY_SHARED") or source / ".." / "shared" / "data") / "eurepoc"
    if not (folder / "eurepoc_truth.json").exists():
        print("skipped: EuRepoC is not beside the project; set COMITY_SHARED")
        return 77
    printed = subprocess.run([program, "eurepoc", folder], check=True, capture_output=True,
                             encoding="utf-8")
    objects = [json.loads(line) for line in printed.stdout.splitlines()]
    truth = json.loads((folder / "eurepoc_truth.json").read_text("utf-8"))
    files = next(meaning(v)["files"] for v in objects if meaning(v).get("kind") == "dataset")
    found_files = {f["name"]: {k: f[k] for k in ("rows", "sha256", "columns")} for f in files}
    csv.field_size_limit(10**9)
    with tempfile.TemporaryDirectory() as made:
        headers = []
        for name in TABLES:
            with open(folder / f"EuRepoC_{name}_1.1.csv", encoding="utf-8", newline="") as file:
                headers.append(next(csv.reader(file)))
        names = {column.lower(): column for column in headers[0]}
        for name, rows, header in zip(TABLES, tables(objects, names), headers):
            write(Path(made) / f"{name}.csv", rows, header)
        ran = subprocess.run([sys.executable, folder / "eurepoc_truth.py", made], check=True,
                             capture_output=True, encoding="utf-8")
    found = json.loads(ran.stdout)
    # What the files themselves are stands in the note on the data set.
    found["files"] = found_files
    wrong = [*differences(truth, found), *check_places(folder, source),
             *check_privacy(objects, folder)]
    for line in wrong[:40]:
        print(line)
    print(f"{len(objects)} objects, {len(truth)} kinds of figures, {len(wrong)} differences")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
