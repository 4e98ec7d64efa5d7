"""Nothing that a figure of EuRepoC needs is lost: the three tables are written anew from the
objects that the import makes, and the program that counts the true figures in the data set finds
the same ones in these tables.

usage: eurepoc_test.py PROGRAM SOURCE_DIR, where PROGRAM prints the objects of an import, one a
line. The data set stands in the folder that COMITY_SHARED names, or in ../shared/data beside the
project; where it does not the test is skipped (77)."""

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


def check_privacy(objects, folder):
    """No name is in the objects beside which a column says an office, nor that of an end user."""
    text = "\n".join(json.dumps(value, ensure_ascii=False) for value in objects)
    office = re.compile(r"^([\w.’' -]+) \((?:[^()]*\b)?(?:Minister|President|Secretary|Director|"
                        r"Member|Journalist|Lawyer|Professor|Mayor)\b")
    names = set()
    for name, column in (("Attribution", "attributing_actor"), ("Receiver", "receiver_name")):
        path = folder / f"EuRepoC_{name}_dataset_1.1.csv"
        with open(path, encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                cell = row[column].strip()
                if found := office.match(cell):
                    names.add(found.group(1))
                elif (column == "receiver_name" and cell != "Not available" and cell.count(" ") == 1
                      and row["receiver_category"].startswith("End user")):
                    names.add(cell)
    if len(names) < 50:
        yield f"only {len(names)} names were found to look for"
    for name in names:
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
