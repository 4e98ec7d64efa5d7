"""Holds the cases of this folder against OASIS's own validator (stix2-validator, PyPI, the version
of tests/requirements.txt), so that every difference between the two is one that somebody looked at.

usage: against_validator.py [FILE...]    files of cases/; all of them if none is named

First the files themselves are checked: shape, known bases, changes that apply and change something,
base objects without errors. Then each case's `expect` is compared with the validator's verdict, of
which only errors count (what it holds for a MUST). A case where the two differ needs a `deviation`,
one sentence that names the section that decides; a `deviation` where they agree is one too many.
Prints a line for each complaint and ends with 1 if there is any. Without stix2-validator it goes on
in build/venv, or in an environment of its own that it makes from tests/requirements.txt.
"""

import base64
import copy
import importlib.util
import json
import logging
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
SOURCES = ("base", "object", "text", "base64")
KEYS = {"section", "rule", "also", "merge", "patch", "expect", "path", "deviation", *SOURCES}
SECTION = re.compile(r"|[1-9][0-9]*(\.[1-9][0-9]*)*")


def load(path):
    return json.loads(path.read_text(encoding="utf-8"))


def merged(target, patch):
    """RFC 7396."""
    if not isinstance(patch, dict):
        return patch
    result = dict(target) if isinstance(target, dict) else {}
    for name, value in patch.items():
        if value is None:
            result.pop(name, None)
        else:
            result[name] = merged(result.get(name), value)
    return result


def patched(target, operations):
    """RFC 6902, of which the cases use add, remove and replace."""
    document = copy.deepcopy(target)
    for operation in operations:
        steps = [part.replace("~1", "/").replace("~0", "~")
                 for part in operation["path"].split("/")[1:]]
        parent = document
        for step in steps[:-1]:
            parent = parent[int(step)] if isinstance(parent, list) else parent[step]
        kind, last = operation["op"], steps[-1]
        if isinstance(parent, list):
            index = len(parent) if last == "-" and kind == "add" else int(last)
            if kind == "add":
                parent.insert(index, operation["value"])
            elif kind == "replace":
                parent[index] = operation["value"]
            else:
                del parent[index]
        elif kind == "remove":
            del parent[last]
        elif kind == "add" or (kind == "replace" and last in parent):
            parent[last] = operation["value"]
        else:
            raise KeyError(last)
    return document


def instance_of(case, bases):
    """The value that a case is about; ValueError where its text is no JSON."""
    if "base" in case:
        base = bases[case["base"]]
        if "patch" in case:
            return patched(base, case["patch"])
        return merged(base, case.get("merge", {}))
    if "object" in case:
        return case["object"]
    text = case["text"] if "text" in case else base64.b64decode(case["base64"]).decode("utf-8")
    return json.loads(text)


def faults_of_shape(case, bases):
    """What is wrong with a case itself."""
    if unknown := set(case) - KEYS:
        yield f"has the unknown members {sorted(unknown)}"
    if sum(source in case for source in SOURCES) != 1:
        yield "must have exactly one of base, object, text and base64"
    if case.get("expect") not in ("error", "warning", "valid"):
        yield "must expect error, warning or valid"
    if not all(SECTION.fullmatch(s) for s in (case.get("section", "?"), *case.get("also", []))):
        yield "must name sections by their numbers"
    if not case.get("rule") or not case.get("path", "$").startswith("$"):
        yield "must have a rule, and a path that begins with $"
    if case.get("expect") == "valid" and case.get("path"):
        yield "expects nothing, so it has no path"
    if {"merge", "patch"} <= set(case) or ("base" not in case and {"merge", "patch"} & set(case)):
        yield "must have one of merge and patch at most, on a base"
    if "base" in case and case["base"] not in bases:
        yield f"has the unknown base {case['base']}"
    elif "base" in case:
        try:
            same = json.dumps(instance_of(case, bases)) == json.dumps(bases[case["base"]])
        except (KeyError, IndexError, ValueError) as error:
            yield f"has a change that does not apply: {error!r}"
        else:
            if same and case.get("expect") != "valid":
                yield "expects something, but changes nothing"


def errors_of(value):
    """What the validator holds for errors; an exception of its own is one."""
    from stix2validator import ValidationOptions, validate_instance
    try:
        return [str(e) for e in validate_instance(value, ValidationOptions(version="2.1")).errors]
    except Exception as error:  # it stumbles over some of what it ought to refuse
        return [f"{type(error).__name__}: {error}"]


def complaint_about(case, bases):
    """How a case and the validator differ, if that is news."""
    try:
        errors = errors_of(instance_of(case, bases))
    except ValueError as error:
        errors = [f"no JSON: {error}"]
    differs = (case["expect"] == "error") != bool(errors)
    if differs and "deviation" not in case:
        return f"expects {case['expect']}, the validator says {errors[0] if errors else 'nothing'}"
    if not differs and "deviation" in case:
        return "notes a deviation, but the validator agrees"
    return None


def complaints(paths, bases):
    for name, base in bases.items():
        for error in errors_of(copy.deepcopy(base)):
            yield f"valid_objects.json: {name}: {error}"
    for path in paths:
        for number, case in enumerate(load(path)):
            place = f"{path.name}[{number}]: {case.get('rule', '')}"
            faults = list(faults_of_shape(case, bases))
            yield from (f"{place} The case {fault}." for fault in faults)
            if not faults and (complaint := complaint_about(case, bases)):
                yield f"{place} The case {complaint}."
    for path in sorted((HERE / "examples").glob("*.json")):
        for number, example in enumerate(load(path)):
            if complaint := complaint_about({**example, "expect": "valid"}, bases):
                yield f"examples/{path.name}[{number}]: {complaint}"


def go_on_elsewhere():
    """Runs this program again where stix2-validator is."""
    arguments = [str(Path(__file__).resolve()), *sys.argv[1:]]
    shared = ROOT / "build" / "venv" / "bin" / "python"
    if shared.exists() and Path(sys.prefix).resolve() != shared.parent.parent.resolve():
        os.execv(shared, [str(shared), *arguments])
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        python = str(Path(folder) / "bin" / "python")
        subprocess.run([python, "-m", "pip", "install", "--quiet", "--require-hashes", "-r",
                        str(ROOT / "tests" / "requirements.txt")], check=True)
        return subprocess.run([python, *arguments], check=False).returncode


def main():
    if importlib.util.find_spec("stix2validator") is None:
        return go_on_elsewhere()
    logging.disable(logging.CRITICAL)
    names = sys.argv[1:]
    paths = [Path(n) for n in names] if names else sorted((HERE / "cases").glob("*.json"))
    bases = load(HERE / "valid_objects.json")
    found = list(complaints(paths, bases))
    for line in found:
        print(line)
    cases = [case for path in paths for case in load(path)]
    noted = sum("deviation" in case for case in cases)
    print(f"{len(cases)} cases, {noted} deviations noted, {len(found)} complaints")
    return 1 if found or not cases else 0


if __name__ == "__main__":
    sys.exit(main())
