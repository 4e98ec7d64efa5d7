"""What the record says, counted: random incidents, claims and responses are filed, and every number
is counted again here from what was filed."""

import calendar
import csv
import io
import json
import os
import random
import unittest
import uuid
from collections import Counter
from datetime import date as Day
from fractions import Fraction
from pathlib import Path

from harness import CLEAR, Case, Run, main

GOLDEN = Path(__file__).resolve().parent / "golden"
EXTENSION = "extension-definition--ab16168e-ab51-41f4-b5a5-7a2df56028ed"
COUNTRIES = ["DE", "UA", "US", "FR"]
EFFECTS = ["availability", "leak", "destruction"]
TECHNIQUES = ["zero_day", "supply_chain", "phishing", "unknown", "worm"]
ZERO_DAYS = [["No"], ["Yes"], []]
SEVERITIES = [0, 3, 5, 9, None]
CVSS = [{"cvss": "9.8"}, {"cvss": 4}, {"severity": "70"}, None]
INTENSITIES = [["4.0"], ["0.0"], ["2.5"], ["Not available"], ["1", "2"], ["3", "3.0"], []]
SEARCHES = ["found", "searched_none_found", "not_searched", None]
DATES = ["2014", "2014-03", "2014-03-18", "2015-12-31", "2016", "2016-02", None]
GROUPS = ["government", "industry", None]


def precision(date):
    return {4: "year", 7: "month", 10: "day"}[len(date)]


def partial(date):
    return {"date": date, "precision": precision(date)}


def first_day(date):
    return date + "-01-01"[len(date) - 4:]


def last_day(date):
    return date + {4: "-12-31", 7: "-31", 10: ""}[len(date)]


class World:
    """Random objects by one party, and what they say as it was drawn."""

    def __init__(self, party, seed):
        self.draw = random.Random(seed)
        self.scores = random.Random(seed + 1000)
        self.party = party
        self.minute = 0
        self.incidents = {}
        self.claims = {}
        self.responses = {}
        self.publications = {}
        self.claimants = {}

    def some(self, choices):
        return self.draw.sample(choices, self.draw.randint(0, len(choices)))

    def uuid(self):
        return uuid.UUID(int=self.draw.getrandbits(128), version=4)

    def stix(self, kind_of, extension, identifier=None, **more):
        self.minute += 1
        time = f"2026-01-02T{self.minute // 60:02}:{self.minute % 60:02}:00.000Z"
        extension = {key: value for key, value in extension.items() if value not in (None, [], {})}
        return {"type": kind_of, "spec_version": "2.1",
                "id": identifier or f"{kind_of}--{self.uuid()}",
                "created_by_ref": self.party, "created": "2026-01-02T00:00:00.000Z",
                "modified": time, "object_marking_refs": [CLEAR], **more,
                "extensions": {EXTENSION: {"extension_type": "property-extension", **extension}}}

    def coding(self, zero_days):
        intensity = self.scores.choice(INTENSITIES)
        values = {name: found for name, found in (
            ("zero_days", zero_days), ("weighted_cyber_intensity", intensity)) if found}
        source = self.scores.choice(["A table", "B table", None])
        return {"source": source, "values": values} if source and values else None

    def incident(self, identifier=None):
        start, disclosed = self.draw.choice(DATES), self.draw.choice(DATES)
        zero_days = self.draw.choice(ZERO_DAYS)
        discovered = self.scores.choice(DATES)
        said = {"kind": "incident", "start": start and partial(start),
                "disclosed": disclosed and partial(disclosed),
                "discovered": discovered and partial(discovered),
                "severity": self.scores.choice(SEVERITIES), "scores": self.scores.choice(CVSS),
                "victims": {key: found for key, found in (
                    ("countries", self.some(COUNTRIES)),
                    ("sectors", self.some(["energy", "media"]))) if found},
                "effects": self.some(EFFECTS), "techniques": self.some(TECHNIQUES),
                "response_search": self.draw.choice(SEARCHES),
                "coding": self.coding(zero_days),
                "doubtful": self.some(["start", "victims"])}
        source = self.draw.choice(["List A", "List B"])
        made = self.stix("incident", said, identifier, name="An incident",
                         external_references=[{"source_name": source, "external_id": "1"}])
        self.incidents[made["id"]] = {**said, "start": start, "disclosed": disclosed,
                                      "discovered": discovered, "source": source,
                                      "zero_days": zero_days if said["coding"] else []}
        return made

    def claimant(self):
        group = self.draw.choice(GROUPS)
        made = self.stix("identity", {"kind": "claimant", "group": group}, name="Somebody",
                         identity_class="organization")
        self.claimants[made["id"]] = group
        return made

    def claim(self):
        about = self.draw.choice(sorted(self.incidents))
        who = self.draw.choice([*sorted(self.claimants), None])
        date = self.draw.choice(DATES)
        said = {"kind": self.draw.choice(["attribution", "attribution", "reply"]),
                "scope": self.draw.choice(["reported", None]), "made_by_ref": who,
                "date": date and partial(date), "doubtful": self.some(["date"])}
        said["reply_type" if said["kind"] == "reply" else "statement_type"] = self.draw.choice(
            ["political_statement", "technical_report", None])
        made = self.stix("note", said, content="Somebody says so.", object_refs=[about])
        self.claims[made["id"]] = {**said, "about": about, "date": date}
        return made

    def publication(self):
        about = self.draw.choice(sorted(self.incidents))
        date = self.draw.choice(DATES)
        made = self.stix("note", {"kind": "publication", "date": date and partial(date)},
                         content="A page as it stood.", object_refs=[about])
        self.publications[made["id"]] = {"about": about, "date": date}
        return made

    def response(self):
        about = self.draw.choice(sorted(self.incidents))
        date = self.draw.choice(DATES)
        said = {"kind": "response", "response_type": self.draw.choice(["sanctions", "summons"]),
                "taken_at": date and partial(date)}
        made = self.stix("course-of-action", said, name="A response")
        link = {"type": "relationship", "spec_version": "2.1",
                "id": f"relationship--{self.uuid()}",
                "created_by_ref": self.party, "created": "2026-01-02T00:00:00.000Z",
                "modified": "2026-01-02T00:00:00.000Z", "object_marking_refs": [CLEAR],
                "relationship_type": "related-to", "source_ref": made["id"], "target_ref": about}
        self.responses[made["id"]] = {**said, "about": about, "date": date}
        return [made, link]

    def changed(self):
        """A new version of an incident, or that it is revoked."""
        identifier = self.draw.choice(sorted(self.incidents))
        made = self.incident(identifier)
        if self.draw.random() < 0.3:
            made["revoked"] = True
            del self.incidents[identifier]
        return made

    def kept(self, country=None, source=None, since=None, until=None):
        for identifier, it in sorted(self.incidents.items()):
            if country and country not in it["victims"].get("countries", []):
                continue
            if source and it["source"] != source:
                continue
            if since and not (it["start"] and last_day(it["start"]) >= since):
                continue
            if until and not (it["start"] and first_day(it["start"]) <= until):
                continue
            yield identifier, it


def tally(values):
    order = sorted(Counter(values).items(), key=lambda item: (-item[1], item[0]))
    return [{"value": value, "incidents": count} for value, count in order]


def field(incidents, values_of):
    lists = [set(values_of(it)) for it in incidents]
    values = tally(value for found in lists for value in found)
    return {"incidents_stating": sum(map(bool, lists)), "distinct": len(values), "values": values}


def days(date):
    """The first and the last day that a date allows."""
    year, month, day = (int(date[place:place + 2 + 2 * (place == 0)] or 0) for place in (0, 5, 8))
    last = day or calendar.monthrange(year, month or 12)[1]
    return Day(year, month or 1, day or 1), Day(year, month or 12, last)


def dwell_points(incident):
    """What may be known of the days from the start to the discovery, as points."""
    ends = [days(incident[name]) for name in ("discovered", "disclosed") if incident[name]]
    if not incident["start"] or not ends:
        return 0, 2
    first, last = days(incident["start"])
    earliest = days(incident["discovered"])[0] if incident["discovered"] else first
    latest = min(end for _, end in ends)
    if latest < max(earliest, first):
        return 0, 2  # the dates contradict one another
    return tuple((count >= 30) + (count >= 180)
                 for count in (max(0, (earliest - last).days), (latest - first).days))


def sophistication(incident):
    """The least and the most points: what nobody denies may be there, though nobody says so."""
    techniques = incident["techniques"]
    named = len(set(techniques) - {"unknown"})
    least = (named >= 2) + (named >= 5) + ("zero_day" in techniques)
    least += 2 * ("supply_chain" in techniques)
    least += len(incident["victims"].get("countries", [])) >= 2
    denied = "No" in incident["zero_days"] and "zero_day" not in techniques
    dwell_least, dwell_most = dwell_points(incident)
    return least + dwell_least, (6 if denied else 8) + dwell_most


def numbers(incident, field):
    """The different numbers that an incident has in a field."""
    if field == "severity":
        found = [incident["severity"]] if incident["severity"] in range(6) else []
    elif field.startswith("scores."):
        found = [(incident["scores"] or {}).get(field.removeprefix("scores."))]
    else:
        values = (incident["coding"] or {}).get("values", {})
        found = values.get("weighted_cyber_intensity", [])
    return {Fraction(it) for it in found if it not in (None, "Not available")}


def scored(incidents, field):
    found = sorted(next(iter(given)) for it in incidents
                   if len(given := numbers(it, field)) == 1)
    fraction = lambda value: (value.numerator, value.denominator)
    rank = lambda percent: fraction(found[-(-percent * len(found) // 100) - 1])
    return {"incidents": len(incidents), "scored": len(found),
            "unscored": len(incidents) - len(found),
            "median": fraction((found[(len(found) - 1) // 2] + found[len(found) // 2]) / 2)
                      if found else None,
            "quartiles": {"lower": rank(25), "upper": rank(75)} if found else None,
            "mean": fraction(sum(found) / len(found)) if found else None}


def score_series(incidents, party):
    """Each scale of each source apart, by the year of the start and in all."""
    all_series = []
    for source in (None, "A table", "B table"):
        of_source = [it for it in incidents if (it["coding"] or {}).get("source") == source]
        years = sorted({int(it["start"][:4]) for it in of_source if it["start"]})
        for field in ("coding.values.weighted_cyber_intensity", "scores.cvss", "scores.severity",
                      "severity"):
            series = scored(of_source, field)
            if series["scored"]:
                all_series.append({
                    "source": source, "score": field.rsplit(".", 1)[-1], "field": field,
                    "filed_by": party, **series,
                    "years": [{"year": year, **scored(
                        [it for it in of_source if it["start"] and int(it["start"][:4]) == year],
                        field)} for year in years]})
    return all_series


def exact(json_value):
    """The same with fractions as pairs, without the number to look at."""
    if isinstance(json_value, list):
        return [exact(it) for it in json_value]
    if not isinstance(json_value, dict):
        return json_value
    if json_value.keys() == {"numerator", "denominator", "value"}:
        return json_value["numerator"], json_value["denominator"]
    return {key: exact(value) for key, value in json_value.items()}


def scopes(claims, claimants, kind, type_name, group_of_party):
    found = {}
    for it in claims:
        if it["kind"] != kind:
            continue
        name = it["scope"] or "filed"
        group = claimants.get(it["made_by_ref"])
        if it["made_by_ref"] is None and name == "filed":
            group = group_of_party
        scope = found.setdefault(name, {"claims": 0, "doubtful": 0, "cells": Counter()})
        scope["claims"] += 1
        scope["doubtful"] += bool(it["doubtful"])
        scope["cells"][(group or "not_stated", it[type_name] or "not_stated")] += 1
    return {name: {"claims": scope["claims"], "doubtful": scope["doubtful"],
                   "by_group_and_type": [
                       {"group": group, "type": kind_of, "claims": count}
                       for (group, kind_of), count in sorted(
                           scope["cells"].items(), key=lambda item: (-item[1], item[0]))]}
            for name, scope in found.items()}


def counted(world, group_of_party, **filters):
    """The members of `stats --json` that the world tells."""
    kept = dict(world.kept(**filters))
    incidents = list(kept.values())
    claims = [it for it in world.claims.values() if it["about"] in kept]
    responses = [it for it in world.responses.values() if it["about"] in kept]
    years = {}
    for it in incidents:
        if it["start"]:
            known = years.setdefault(int(it["start"][:4]), Counter())
            known[precision(it["start"])] += 1
    states = Counter(it["response_search"] or "not_stated" for it in incidents)
    searched = states["found"] + states["searched_none_found"]
    return {
        "incidents": len(incidents),
        "by_year": [{"year": year, "incidents": sum(known.values()),
                     "known_to": {part: known[part] for part in ("day", "month", "year")}}
                    for year, known in sorted(years.items())],
        "undated": sum(it["start"] is None for it in incidents),
        "victim_countries": field(incidents, lambda it: it["victims"].get("countries", [])),
        "victim_sectors": field(incidents, lambda it: it["victims"].get("sectors", [])),
        "effects": field(incidents, lambda it: it["effects"]),
        "techniques": field(incidents, lambda it: it["techniques"]),
        "doubtful_incidents": field(incidents, lambda it: it["doubtful"]),
        "claims": scopes(claims, world.claimants, "attribution", "statement_type", group_of_party),
        "replies": scopes(claims, world.claimants, "reply", "reply_type", group_of_party),
        "response_search": {
            **{name: states[name] for name in
               ("found", "searched_none_found", "not_searched", "not_stated")},
            "found_of_searched": {
                "found": states["found"], "searched": searched,
                "percent": round(100 * states["found"] / searched, 2) if searched else None}},
        "responses": {
            "responses": len(responses), "doubtful": 0,
            "types": [{"value": it["value"], "responses": it["incidents"]}
                      for it in tally(it["response_type"] for it in responses)]}}


FILTERS = [({}, []), ({"country": "DE"}, ["--country", "de"]),
           ({"source": "List A"}, ["--source", "List A"]),
           ({"since": "2014-03-10"}, ["--from", "2014-03-10"]),
           ({"until": "2015-12-31"}, ["--to", "2015"]),
           ({"country": "UA", "since": "2016-01-01", "until": "2016-01-31"},
            ["--country", "UA", "--from", "2016-01", "--to", "2016-01"])]


class Records(Case):
    """A registry whose registrar files what a world draws."""

    def setUp(self):
        super().setUp()
        made = self.init()
        self.registrar = made["registrar"]

    def file(self, objects):
        bundle = {"type": "bundle", "id": f"bundle--{uuid.uuid4()}", "objects": objects}
        self.json("import", "stix", "registry", self.write("bundle.json", bundle))

    def some_objects(self, world):
        made = [world.incident() for _ in range(6)]
        made += [world.claimant() for _ in range(2)]
        made += [world.claim() for _ in range(8)]
        for _ in range(3):
            made += world.response()
            made.append(world.publication())
        return made


class Counts(Records):
    def test_every_number_of_random_records_and_as_of(self):
        world = World(self.registrar, 1)
        seen = []
        for step in range(4):
            self.file(self.some_objects(world))
            if step:
                self.file([world.changed()])
                self.file([world.changed()])
            for filters, options in FILTERS:
                found = self.json("stats", "registry", *options)
                # A registrar is admitted in the group that `init` gives it.
                group = self.json("show", "registry", self.registrar)["group"]
                expected = counted(world, group, **filters)
                for name, value in expected.items():
                    self.assertEqual(found[name], value, (step, options, name))
                seen.append((found, options))
            self.assertEqual(sum(f["incidents"] for f in found["filers"]), len(
                list(world.kept(country="UA", since="2016-01-01", until="2016-01-31"))))
        # What was found when the log had so many entries is what is found as of that size.
        for found, options in seen:
            self.assertEqual(self.json("stats", "registry", *options, "--as-of", found["size"]),
                             found)

    def test_tables_are_the_same_numbers(self):
        world = World(self.registrar, 2)
        self.file(self.some_objects(world))
        found = self.json("stats", "registry")
        rows = list(csv.reader(io.StringIO(self.ok("stats", "registry", "--csv", "countries"))))
        self.assertEqual(rows[0], ["country", "incidents"])
        self.assertEqual([{"value": a, "incidents": int(b)} for a, b in rows[1:]],
                         found["victim_countries"]["values"])
        rows = list(csv.reader(io.StringIO(self.ok("stats", "registry", "--csv", "years"))))
        self.assertEqual(sum(int(row[2]) for row in rows[1:]), found["incidents"])
        for table in ("sectors", "effects", "techniques", "claims", "replies", "responses",
                      "response-states", "filers", "doubts"):
            rows = list(csv.reader(io.StringIO(self.ok("stats", "registry", "--csv", table))))
            self.assertEqual({len(row) for row in rows}, {len(rows[0])}, table)
        self.assertEqual(len(self.json("stats", "registry", "--top", "1")["effects"]["values"]), 1)

    def test_a_rate_names_its_denominator(self):
        world = World(self.registrar, 3)
        made = [world.incident() for _ in range(5)]
        for incident, state in zip(made, ("found", "searched_none_found", "searched_none_found",
                                          "not_searched", "not_searched")):
            incident["extensions"][EXTENSION]["response_search"] = state
        self.file(made)
        text = self.ok("stats", "registry")
        self.assertRegex(text, r"searched +3  60.0 % of the 5\n")
        self.assertRegex(text, r"found +1  33.3 % of the 3 searched\n")
        self.assertRegex(text, r"not searched +2 ")
        self.assertNotIn("20.0 %", text)

    def test_an_empty_record(self):
        found = self.json("stats", "registry")
        self.assertEqual((found["incidents"], found["by_year"], found["data_sets"]), (0, [], {}))
        self.assertIn("0 incidents", self.ok("stats", "registry"))
        trends = self.json("stats", "trends", "registry")
        self.assertEqual((trends["periods"], trends["spread"]["slope"]), ([], None))
        self.ok("stats", "trends", "registry")

    def test_what_is_refused(self):
        self.refused("country-malformed", "stats", "registry", "--country", "Ukraine")
        self.assertIn("--from", self.refused("date-malformed", "stats", "registry", "--from", "x"))
        self.refused("as-of-beyond-record", "stats", "registry", "--as-of", "999")
        self.assertEqual(self.run_program("stats").code, 2)
        self.assertEqual(self.run_program("stats", "registry", "--csv", "nothing").code, 2)

    def test_what_a_stranger_filed_steers_no_terminal(self):
        world = World(self.registrar, 4)
        made = world.incident()
        made["extensions"][EXTENSION]["effects"] = ["bad\u001b[31m"]
        self.file([made])
        self.assertNotIn("\u001b", self.ok("stats", "registry"))
        self.assertNotIn("\u001b", self.ok("stats", "trends", "registry"))


class Trends(Records):
    def test_every_number_of_random_records_and_as_of(self):
        world = World(self.registrar, 5)
        seen = []
        for _ in range(3):
            self.file(self.some_objects(world))
            for options in ([], ["--by", "year"], ["--date", "start", "--country", "DE"]):
                seen.append((self.json("stats", "trends", "registry", *options), options))
        for found, options in seen:
            self.assertEqual(self.json("stats", "trends", "registry", *options, "--as-of",
                                       found["size"]), found)
        # The same record and question: one digest. Others: others.
        self.assertEqual(len({found["digest"] for found, _ in seen}), len(seen))
        self.assert_dates(world, seen[-3][0])
        by_start = self.json("stats", "trends", "registry", "--by", "year", "--date", "start")
        self.assert_years(world, by_start)
        expected = score_series(list(world.incidents.values()), self.registrar)
        self.assertEqual(exact(by_start["scores"]), expected)
        self.assertEqual(len({series["source"] for series in expected}), 3)
        self.assertTrue(any(series["unscored"] for series in expected))

    def public_dates(self, world, leave_out=None):
        """Of each incident the date at which it was public at the latest."""
        dates = {identifier: [] for identifier in world.incidents}
        for kind in ("claims", "responses", "publications"):
            for it in getattr(world, kind).values():
                if it["date"] and kind != leave_out:
                    dates[it["about"]].append(it["date"])
        for identifier, it in world.incidents.items():
            if it["disclosed"] and leave_out != "disclosed":
                dates[identifier].append(it["disclosed"])
        first = lambda date: (last_day(date), [-ord(c) for c in first_day(date)])
        return {identifier: min(found, key=first, default=None)
                for identifier, found in dates.items()}

    def assert_dates(self, world, found):
        """By the first date at which all was public, else the start."""
        public = self.public_dates(world)
        for kind in ("claims", "responses", "publications", "disclosed"):
            self.assertNotEqual(self.public_dates(world, kind), public, kind + " decide nothing")
        used = [public[i] or it["start"] for i, it in world.incidents.items()]
        self.assertEqual(found["dated"]["public"], sum(d is not None for d in public.values()))
        self.assertEqual(found["dated"]["none"], used.count(None))
        dates = [date for date in used if date]
        self.assertEqual(found["dated"]["known_to"], {
            part: sum(precision(d) == part for d in dates) for part in ("day", "month", "year")})
        placed = Counter(date[:7] for date in dates if len(date) > 4)
        self.assertEqual({p["period"]: p["placed"] for p in found["periods"] if p["placed"]},
                         dict(placed))
        self.assertEqual(sum(p["spread_units"] for p in found["periods"]),
                         len(dates) * found["units_of_an_incident"])
        self.assertEqual(found["method"], {"name": "trends", "version": 3})

    def assert_years(self, world, found):
        incidents = [it for it in world.incidents.values() if it["start"]]
        years = Counter(int(it["start"][:4]) for it in incidents)
        self.assertEqual({y["year"]: y["incidents"] for y in found["years"]}, dict(years))
        for year in found["years"]:
            of_year = [it for it in incidents if int(it["start"][:4]) == year["year"]]
            self.assertEqual(year["effects"],
                             dict(Counter(e for it in of_year for e in it["effects"])))
            points = [sophistication(it) for it in of_year]
            self.assertEqual(year["sophistication_points"],
                             {"least": sum(least for least, _ in points),
                              "most": sum(most for _, most in points)})
        points = Counter(map(sophistication, world.incidents.values()))
        self.assertEqual({(it["least"], it["most"]): it["incidents"]
                          for it in found["sophistication"]}, points)
        self.assertGreater(len({dwell_points(it) for it in world.incidents.values()}), 3)

    def test_tables_are_the_same_numbers(self):
        world = World(self.registrar, 6)
        self.file(self.some_objects(world))
        found = self.json("stats", "trends", "registry")
        rows = list(csv.DictReader(io.StringIO(
            self.ok("stats", "trends", "registry", "--csv", "periods"))))
        self.assertEqual([(r["period"], int(r["placed"]), r["grey"]) for r in rows],
                         [(p["period"], p["placed"], str(p["grey"]).lower())
                          for p in found["periods"]])
        rows = list(csv.DictReader(io.StringIO(
            self.ok("stats", "trends", "registry", "--csv", "incidents"))))
        self.assertLessEqual({row["incident"] for row in rows}, set(world.incidents))
        self.assertEqual(len(rows), found["incidents"] - found["dated"]["none"])
        for table in ("effects", "sophistication"):
            self.assertIn(",incidents", self.ok("stats", "trends", "registry", "--csv", table))
        rows = list(csv.DictReader(io.StringIO(
            self.ok("stats", "trends", "registry", "--csv", "scores"))))
        expected = [(series["source"] or "", series["field"], str(of.get("year", "all")),
                     of["incidents"], of["scored"], of["median"] and of["median"]["value"])
                    for series in found["scores"] for of in [*series["years"], series]]
        self.assertEqual([(r["source"], r["field"], r["year"], int(r["incidents"]),
                           int(r["scored"]), float(r["median"]) if r["median"] else None)
                          for r in rows], expected)

    def test_scores_stand_under_the_names_of_their_sources(self):
        world = World(self.registrar, 8)
        made = [world.incident() for _ in range(4)]
        codes = [("List A", ["9.5"]), ("List A", ["2"]), ("List A", []), ("List B", ["40"])]
        for incident, (source, intensity) in zip(made, codes):
            said = incident["extensions"][EXTENSION]
            for name in ("severity", "scores", "disclosed", "discovered"):
                said.pop(name, None)
            said["start"] = partial("2014-03-18")
            said["coding"] = {"source": source, "values": {
                "weighted_cyber_intensity": intensity} if intensity else {"zero_days": ["No"]}}
        self.file(made)
        text = self.ok("stats", "trends", "registry", "--date", "start")
        self.assertIn(f"  List A weighted_cyber_intensity, filed by The Registrar\n", text)
        self.assertRegex(text, r"\n  2014 +3 +2 +2\.00 +5\.75 +9\.50 +5\.75\n  all  +3 +2 +2\.00 ")
        self.assertRegex(text, r"\n  all  +1 +1 +40\.00 +40\.00 +40\.00 +40\.00\n")
        self.assertIn("no score is no zero", text)

    def test_the_plot_keeps_to_its_width(self):
        self.json("import", "landmarks", "registry")
        for width in (40, 60, 100):
            text = self.ok("stats", "trends", "registry", "--by", "year", "--width", width)
            lines = text.splitlines()
            first = next(i for i, line in enumerate(lines) if line.endswith("interval"))
            plot = [line for line in lines[first + 1:first + 14]]
            self.assertLessEqual(max(map(len, plot)), width)
            self.assertIn("█", text)
        ascii_text = self.ok("stats", "trends", "registry", "--by", "year", "--ascii")
        self.assertTrue(ascii_text.isascii())


class Landmarks(Case):
    """Golden output on the landmark record, rewritten with COMITY_UPDATE_GOLDEN=1."""

    def test_golden(self):
        self.init()
        self.json("import", "landmarks", "registry")
        for name, args in (("overview", []), ("trends", ["trends"])):
            options = ["--width", "80"] if args else []
            text = self.ok("stats", *args, "registry", *options)
            # How many entries there are depends on how many seconds the import took.
            text = text.split("\n", 1)[1]
            path = GOLDEN / f"stats-{name}.txt"
            if os.environ.get("COMITY_UPDATE_GOLDEN") == "1":
                path.parent.mkdir(exist_ok=True)
                path.write_text(text, encoding="utf-8")
            self.assertEqual(text, path.read_text(encoding="utf-8"), name)


if __name__ == "__main__":
    main()
