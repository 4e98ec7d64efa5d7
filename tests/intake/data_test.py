#!/usr/bin/env python3
"""Holds the files under data/ to what data/README.md says of them.

usage: data_test.py SOURCE_DIR"""

import datetime
import json
import pathlib
import re
import sys
import unittest

from layout import file_text

DATA = pathlib.Path(sys.argv.pop(1)) / "data"
DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
COUNTRY = re.compile(r"[A-Z]{2}")


def no_name_twice(pairs):
    names = [name for name, _ in pairs]
    if len(set(names)) != len(names):
        raise ValueError(f"a name stands twice in {names}")
    return dict(pairs)


def read(name):
    text = (DATA / f"{name}.json").read_text("utf-8")
    return json.loads(text, object_pairs_hook=no_name_twice)


LANDMARKS, NORMS, TAXONOMIES = read("landmarks"), read("norms"), read("taxonomies")
INCIDENTS = LANDMARKS["incidents"]


def claims(kind):
    return [(incident["id"], claim) for incident in INCIDENTS for claim in incident[kind]]


def facts_of(rule):
    """Every (fact, value) that a rule asks for."""
    if isinstance(rule, list):
        for item in rule:
            yield from facts_of(item)
    elif isinstance(rule, dict):
        for value in rule.get("in", []):
            yield rule["fact"], value
        for item in rule.values():
            yield from facts_of(item)


class Data(unittest.TestCase):
    def test_layout(self):
        for name in ("landmarks", "norms", "taxonomies"):
            self.assertEqual((DATA / f"{name}.json").read_text("utf-8"), file_text(read(name)),
                             f"lay data/{name}.json out with tests/intake/layout.py")

    def test_counts(self):
        self.assertEqual(len(INCIDENTS), 81)
        self.assertEqual(LANDMARKS["count"], 81)
        self.assertEqual(len(NORMS["norms"]), 84)
        self.assertEqual(len(NORMS["rulebooks"]), 9)

    def test_nothing_from_memory(self):
        for kind in ("attributions", "responses"):
            for where, claim in claims(kind):
                self.assertIn(claim["basis"], LANDMARKS["basis"], where)
        for name in ("landmarks", "norms", "taxonomies"):
            self.assertNotIn("memory", (DATA / f"{name}.json").read_text("utf-8"))

    def test_ids_are_unique(self):
        for items in (INCIDENTS, NORMS["norms"], NORMS["rulebooks"],
                      TAXONOMIES["response_types"]):
            ids = [item["id"] for item in items]
            self.assertEqual(len(ids), len(set(ids)))

    def test_dates(self):
        dates = [(i["id"], i[key]) for i in INCIDENTS for key in ("start", "end") if key in i]
        dates += [(where, claim["date"]) for kind in ("attributions", "responses")
                  for where, claim in claims(kind)]
        for where, date in dates:
            self.assertRegex(date, f"^{DATE.pattern}$", where)
            datetime.date.fromisoformat((date + "-01-01")[:10])

    def test_countries(self):
        for incident in INCIDENTS:
            for code in incident["victims"]["countries"]:
                self.assertRegex(code, COUNTRY, incident["id"])
            for initiator in incident["alleged_initiators"]:
                self.assertRegex(initiator["country"], "^([A-Z]{2})?$", incident["id"])
        for claimant in LANDMARKS["claimants"]:
            self.assertRegex(claimant.get("country", "XX"), COUNTRY)

    def test_vocabularies(self):
        for incident in INCIDENTS:
            words = {"sectors": incident["victims"]["sectors"]}
            words |= {key: incident[key]
                      for key in ("actor_types", "effects", "techniques", "flags")}
            words["actor_types"] = words["actor_types"] + [
                initiator["actor_type"] for initiator in incident["alleged_initiators"]]
            for name, values in words.items():
                self.assertLessEqual(set(values), set(TAXONOMIES[name]), incident["id"])
        types = {kind["id"] for kind in TAXONOMIES["response_types"]}
        for where, response in claims("responses"):
            self.assertIn(response["type"], types, where)
        for where, claim in claims("attributions"):
            self.assertIn(claim["kind"], {"state", "io", "company", "ngo", "media", "self"}, where)
        for claimant in LANDMARKS["claimants"]:
            self.assertIn(claimant.get("group", "media"), TAXONOMIES["groups"])

    def test_rules_use_the_vocabularies(self):
        for norm in NORMS["norms"]:
            for fact, value in facts_of(norm["rule"]):
                name = fact.removeprefix("victims.")
                if name in TAXONOMIES:
                    self.assertIn(value, TAXONOMIES[name], norm["id"])

    def test_references(self):
        made_by = {claim["by"] for kind in ("attributions", "responses")
                   for _, claim in claims(kind)}
        claimants = {claimant["by"] for claimant in LANDMARKS["claimants"]}
        self.assertEqual(made_by, claimants)
        norms = {norm["id"] for norm in NORMS["norms"]}
        books = {book["id"] for book in NORMS["rulebooks"]}
        for incident in INCIDENTS:
            self.assertLessEqual(set(incident["norms_engaged_candidate"]), norms, incident["id"])
            for doubt in incident["doubtful"]:
                for kind, place in re.findall(r"^(attributions|responses)\[(\d+)\]", doubt):
                    self.assertLess(int(place), len(incident[kind]), doubt)
        self.assertEqual({norm["rulebook"] for norm in NORMS["norms"]}, books)

    def test_rulebooks_say_what_they_stand_on(self):
        for book in NORMS["rulebooks"]:
            self.assertRegex(book["checked"]["on"], r"^\d{4}-\d{2}-\d{2}$", book["id"])
            for address in book["checked"]["against"]:
                self.assertRegex(address, "^https?://", book["id"])
        for norm in NORMS["norms"]:
            self.assertNotIn("VERIFY", norm["note"], norm["id"])

    def test_nobody_is_accused_without_an_accuser(self):
        for incident in INCIDENTS:
            if not incident["attributions"]:
                self.assertEqual(incident["alleged_initiators"], [], incident["id"])


if __name__ == "__main__":
    unittest.main()
