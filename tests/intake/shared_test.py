#!/usr/bin/env python3
"""Holds data/ against the material it was made from, where that stands beside the project
(beside the folder that COMITY_SHARED names, or in ../shared): nothing but the edits named below
and in norm_edits.py. With --write it makes data/ anew.

usage: shared_test.py SOURCE_DIR [--write]"""

import json
import os
import pathlib
import sys

import norm_edits
from layout import file_text

# Texts that are replaced, each by its place in the material before items are left out: first those
# that name a private person, then those that cite what was not checked, where the doubt stays.
REPLACED = {
    "anthem": [("responses", 0, "detail", "one named person and another")],
    "bangladesh-bank": [("attributions", 0, "says", "one named person")],
    "triton": [("attributions", 1, "says", "one named person (TsNIIKhM)")],
    "kaseya": [
        ("attributions", 0, "says", "one named person"),
        ("responses", 0, "detail", "two named persons"),
        ("responses", 2, "detail", "one named person"),
    ],
    "medibank": [
        ("attributions", 1, "says", "one person named"),
        ("alleged_initiators", 0, "name", "REvil-linked; one named person"),
    ],
    "ghostnet": [("doubtful", 0, None, "victims.countries: partial")],
    "ababil": [("doubtful", 0, None, "dates: EuRepoC 2011-01..2011-09 vs CFR 2012-09-18")],
    "duesseldorf": [
        ("doubtful", 0, None, "actor"),
        ("responses", 0, "detail", "negligent-homicide inquiry"),
    ],
    "icrc": [("doubtful", 0, None, "start: not checked against a source, left out")],
}
# The one incident that is called by a person's name in the material, by its place there.
RENAMED = {"citizenlab.ca/2018/10/the-kingdom-came-to-canada": ("pegasus-canada-2018",
                                                                "Pegasus infection in Canada")}

# Flags whose only ground was left out.
MORE_DOUBTS = {"estonia-2007": ["flags: mla_refused is not checked against a source"]}
UNCARRIED = "initiators, actor_types: no checked claim in this record says who did it"

# One word for one kind of response.
TYPES = {"severance_of_relations": "severance", "removal_from_office": "resignation"}

NEW_RESPONSE_TYPES = [
    {"id": "statement", "label": "Public statement, rank of the speaker not recorded",
     "eu_toolbox": "stability", "legal_class": "political", "eurepoc": []},
    {"id": "arrest_warrant", "label": "Arrest warrant",
     "eu_toolbox": "member_state_lawful", "legal_class": "domestic_law", "eurepoc": []},
    {"id": "wanted_notice", "label": "Wanted notice",
     "eu_toolbox": "member_state_lawful", "legal_class": "domestic_law", "eurepoc": []},
    {"id": "joint_operation", "label": "Standing or joint law-enforcement operation",
     "eu_toolbox": "member_state_lawful", "legal_class": "domestic_law", "eurepoc": []},
]
GROUPS = ["government", "intergovernmental", "industry", "civil-society", "research", "media"]


def checked(items):
    return [item for item in items if item["basis"] != "memory"]


def landmark(incident):
    """One incident as it stands in data/."""
    out = json.loads(json.dumps(incident))
    for place, (name, title) in RENAMED.items():
        if any(place in source for source in out["sources"]):
            out["id"], out["name"] = name, title
    for kind, index, field, text in REPLACED.get(out["id"], []):
        if field is None:
            out[kind][index] = text
        else:
            out[kind][index][field] = text
    for response in out["responses"]:
        response["type"] = TYPES.get(response["type"], response["type"])
    if out["id"] == "icrc":
        del out["start"]
    out["attributions"] = checked(out["attributions"])
    out["responses"] = checked(out["responses"])
    out["doubtful"] += MORE_DOUBTS.get(out["id"], [])
    # The first public claim on WhisperGate stands; the later one, which the list names, does not.
    carried = out["attributions"] and out["id"] != "whispergate"
    if out["alleged_initiators"] and not carried:
        out["alleged_initiators"] = []
        out["doubtful"].append(UNCARRIED)
    return out


def landmarks(shared, claimants):
    return {
        "count": shared["count"],
        "date_precision": shared["date_precision"],
        "basis": {key: text for key, text in shared["basis"].items() if key != "memory"},
        "day_precision_caveat": shared["day_precision_caveat"],
        "neutrality": shared["neutrality"],
        "claimants": claimants,
        "incidents": [landmark(incident) for incident in shared["incidents"]],
    }


def norms(shared):
    out = dict(shared)
    items = out.pop("norms")
    out["rulebooks"] = norm_edits.RULEBOOKS
    out["norms"] = [norm_edits.norm(item) for item in items]
    return out


def used(incidents, rules, fact, extra=()):
    """Every value of a fact in the incidents and in the rules, sorted."""
    values = set(extra)
    for incident in incidents:
        values |= set(incident["victims"]["sectors"] if fact == "victims.sectors"
                      else incident[fact])

    def walk(rule):
        if isinstance(rule, list):
            for item in rule:
                walk(item)
        elif isinstance(rule, dict):
            if rule.get("fact") == fact:
                values.update(rule.get("in", []))
            for item in rule.values():
                walk(item)

    walk([norm["rule"] for norm in rules])
    return sorted(values)


def taxonomies(shared, incidents, rules):
    out = dict(shared)
    out["response_types"] = shared["response_types"] + NEW_RESPONSE_TYPES
    del out["stakeholder_groups"]
    mapped = {row["comity"] for row in shared["sectors_from_eurepoc_subcode"].values()}
    mapped |= set(filter(None,
                         shared["sectors_from_eurepoc_category_when_no_subcode"].values()))
    out["groups"] = GROUPS
    out["sectors"] = used(incidents, rules, "victims.sectors", mapped)
    out["actor_types"] = used(incidents, rules, "actor_types", ["nonstate_other"])
    out["techniques"] = used(incidents, rules, "techniques")
    out["flags"] = used(incidents, rules, "flags")
    return out


def main():
    source = pathlib.Path(sys.argv[1])
    data = os.environ.get("COMITY_SHARED") or source / ".." / "shared" / "data"
    shared = pathlib.Path(data).parent / "domain"
    if not shared.is_dir():
        print("skipped: the shared material is not beside the project; set COMITY_SHARED")
        return 77
    read = {name: json.loads((shared / f"{name}.json").read_text("utf-8"))
            for name in ("landmarks", "norms", "taxonomies")}
    # Who the claimants are is ours alone: what stands there is taken as it is.
    present = json.loads((source / "data" / "landmarks.json").read_text("utf-8"))
    expected = {"landmarks": landmarks(read["landmarks"], present["claimants"]),
                "norms": norms(read["norms"])}
    expected["taxonomies"] = taxonomies(read["taxonomies"], expected["landmarks"]["incidents"],
                                        read["norms"]["norms"])
    wrong = 0
    for name, value in expected.items():
        path = source / "data" / f"{name}.json"
        if "--write" in sys.argv:
            path.write_text(file_text(value), "utf-8")
        elif path.read_text("utf-8") != file_text(value):
            print(f"data/{name}.json is not the shared material with the edits named here")
            wrong += 1
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
