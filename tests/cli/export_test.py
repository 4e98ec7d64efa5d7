"""Exports: what is in them, what is never in them, and that they end well."""

import csv
import io
import json
import os
import resource
import subprocess
import sys
import uuid
from pathlib import Path

from harness import AMBER, CLEAR, PROGRAM, Case, incident, main

EXTENSION = "extension-definition--ab16168e-ab51-41f4-b5a5-7a2df56028ed"
VALIDATOR = Path(__file__).parents[2] / "build/venv/bin/stix2_validator"


class Exports(Case):
    def setUp(self):
        super().setUp()
        self.init()

    def export(self, *options):
        return self.ok("export", "registry", *options)

    def lines(self, *options):
        return self.export("--format", "jsonl", *options).splitlines()

    def table(self, *options):
        return list(csv.DictReader(io.StringIO(self.export("--format", "csv", *options))))

    def file(self, *objects, party="alice"):
        self.write("o.jsonl", "\n".join(map(json.dumps, objects)))
        done = self.json("file", "registry", "o.jsonl", "--key", f"{party}.key")
        return done["filings"][0]["entry"]


class Landmarks(Exports):
    def setUp(self):
        super().setUp()
        self.json("import", "landmarks", "registry")

    def test_the_table_has_what_the_record_has(self):
        rows = self.table()
        self.assertEqual(len(rows), 81)
        row = next(r for r in rows if r["name"] == "NotPetya")
        self.assertEqual((row["start"], row["start_precision"]), ("2017-06-27", "day"))
        self.assertEqual(row["victim_countries"], "UA; DK; US; FR; DE")
        self.assertEqual((row["attributions"], row["replies"], row["responses"]), ("5", "0", "3"))
        self.assertIn("comity-landmarks: notpetya", row["external_ids"])
        shown = self.json("show", "registry", row["id"])["current"]
        self.assertEqual((int(row["entry"]), int(row["ordinal"]), row["version"], row["party"]),
                         (shown["entry"], shown["ordinal"], shown["version"], shown["party"]))
        claims = self.table("--kind", "claims")
        self.assertEqual(len(claims), 117 + 5)
        self.assertEqual(sum(r["incident_names"] == "NotPetya" for r in claims), 5)
        self.assertEqual(sum(int(r["attributions"]) for r in rows),
                         sum(r["kind"] == "attribution" for r in claims))

    def test_filters_select_what_a_reader_of_the_table_would(self):
        rows = self.table()
        ids = {r["id"] for r in rows if "UA" in r["victim_countries"].split("; ")}
        self.assertEqual(len(ids), 8)
        self.assertEqual({r["id"] for r in self.table("--country", "UA")}, ids)
        claims = self.table("--kind", "claims")
        self.assertEqual({r["id"] for r in self.table("--kind", "claims", "--country", "UA")},
                         {r["id"] for r in claims if set(r["incidents"].split("; ")) & ids})
        months = {r["id"] for r in rows if r["start"][:4] == "2017"}
        self.assertEqual({r["id"] for r in self.table("--from", "2017", "--to", "2017")}, months)
        self.assertEqual(len(self.table("--source", "comity-landmarks")), 81)
        self.assertEqual(self.table("--source", "nothing such"), [])
        self.assertEqual(self.table("--party", f"identity--{uuid.uuid4()}"), [])
        self.assertEqual(self.table("--country", "' OR 1=1 --"), [])
        self.refused("export-filter", "export", "registry", "--country", "UA", "--kind", "norms")
        self.refused("export-filter", "export", "registry", "--party", "alice")
        self.refused("date-malformed", "export", "registry", "--format", "csv", "--from", "soon")

    def test_a_bundle_imported_elsewhere_has_the_same_objects(self):
        said = self.json("export", "registry", "--format", "stix", "--out", "bundle.json")
        bundle = json.loads((self.dir / "bundle.json").read_text())
        self.assertEqual(len(bundle["objects"]), said["objects"])
        again = self.export("--format", "stix")
        self.assertEqual(again, (self.dir / "bundle.json").read_text())
        self.assertNotEqual(json.loads(self.export("--format", "stix", "--kind", "norms"))["id"],
                            bundle["id"])
        self.ok("validate", "bundle.json")
        if VALIDATOR.exists():
            done = subprocess.run([VALIDATOR, "--silent", self.dir / "bundle.json"], check=False,
                                  capture_output=True, text=True)
            self.assertEqual(done.returncode, 0, done.stdout[-2000:])
        self.init("other")
        imported = self.json("import", "stix", "other", "bundle.json")
        self.assertEqual((imported["added"], imported["changed"]), (said["objects"], 0))
        mine = set(self.lines())
        theirs = set(self.ok("export", "other").splitlines())
        self.assertLessEqual(mine, theirs)
        # What is more is that registry's own identity.
        self.assertEqual(len(theirs - mine), 1)

    def test_as_of_a_size_is_what_it_was_then(self):
        size = self.json("show", "registry")["size"]
        then = {form: self.export("--format", form) for form in ("csv", "jsonl", "stix")}
        self.admit("alice")
        notpetya = self.json("show", "registry", "notpetya")["current"]["object"]
        self.file(dict(notpetya, name="Renamed", modified="2030-01-01T00:00:00.000Z"),
                  party="alice")
        for form, text in then.items():
            self.assertEqual(self.export("--format", form, "--as-of", size), text)
        self.refused("as-of-beyond-record", "export", "registry", "--as-of", "100000")

    def test_a_reader_that_goes_is_no_fault(self):
        for form in ("csv", "jsonl", "stix"):
            with subprocess.Popen([PROGRAM, "export", "registry", "--format", form], cwd=self.dir,
                                  stdout=subprocess.PIPE, stderr=subprocess.PIPE) as run:
                run.stdout.close()
                self.assertEqual((run.wait(60), run.stderr.read()), (0, b""))

    def test_a_file_is_whole_or_not_there(self):
        with open("/dev/full", "wb") as full:
            run = self.run_program("export", "registry", stdout=full)
        self.assertEqual(run.code, 3, run)
        self.refused("file-missing", "export", "registry", "--out", "nowhere/x.csv")
        (self.dir / "x").mkdir()
        limited = subprocess.run(
            [PROGRAM, "export", "registry", "--out", "x/y"], cwd=self.dir, check=False,
            capture_output=True,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000)))
        self.assertNotEqual(limited.returncode, 0)
        self.assertFalse((self.dir / "x/y").exists())


class Withheld(Exports):
    def setUp(self):
        super().setUp()
        self.party = self.admit("alice")

    def everything(self, *options):
        texts = []
        for form in ("csv", "jsonl", "stix"):
            for kind in ("incidents", "claims", "actors", "objects", "all"):
                for more in ((), ("--all-versions",)):
                    texts.append(self.export("--format", form, "--kind", kind, *more,
                                             *options))
        return "".join(texts)

    def test_what_was_erased_hidden_or_held_is_in_no_export(self):
        gone = incident(self.party, name="Zyxomma obsoletum")
        held = incident(self.party, name="Libellula depressa")
        kept = incident(self.party, name="Aeshna grandis")
        entry = self.file(gone, held, kept)
        size = self.json("show", "registry")["size"]
        self.write("h.json", incident(self.party, name="Cordulia aenea", markings=(AMBER,)))
        hidden = self.json("file", "registry", "h.json", "--key", "alice.key", "--reader",
                           self.party)["filings"][0]["entry"]
        why = ("--ground", "a person", "--authority", "a court")
        self.assertIn("Zyxomma", self.everything())
        self.json("item", "erase", "registry", entry, "0", *why)
        self.json("item", "hold", "registry", entry, "1", *why)
        text = self.everything()
        for word in ("Zyxomma", "obsoletum", "Libellula", "Cordulia"):
            self.assertNotIn(word, text)
        self.assertIn("Aeshna grandis", text)
        then = self.everything("--as-of", size)
        self.assertIn("Aeshna grandis", then)
        for word in ("Zyxomma", "obsoletum", "Libellula"):
            self.assertNotIn(word, then)
        self.json("item", "release", "registry", entry, "1", *why)
        self.json("item", "disclose", "registry", hidden, "0")
        text = self.everything()
        self.assertIn("Libellula", text)
        self.assertIn("Cordulia", text)

    def test_a_date_is_no_more_exact_than_its_precision(self):
        case = incident(self.party)
        case["extensions"] = {EXTENSION: {
            "extension_type": "property-extension", "kind": "incident",
            "start": {"date": "2017-01-01", "precision": "year"}}}
        self.file(case)
        (row,) = self.table()
        self.assertEqual((row["start"], row["start_precision"]), ("2017", "year"))

    def claim(self, about, **more):
        return {"type": "note", "spec_version": "2.1", "id": f"note--{uuid.uuid4()}",
                "created_by_ref": self.party, "created": "2026-01-02T00:00:00.000Z",
                "modified": "2026-01-02T00:00:00.000Z", "object_marking_refs": [CLEAR],
                "content": "A claim.", "object_refs": [about],
                "extensions": {EXTENSION: {"extension_type": "property-extension",
                                           "kind": "attribution", **more}}}

    def test_incidents_count_the_claims_that_the_table_of_claims_has(self):
        """What is revoked stands in that table and says so, but counts nowhere."""
        one, two = (incident(self.party, name=name) for name in ("One", "Two"))
        claims = [self.claim(case["id"]) for case in (one, one, one, two)]
        entry = self.file(one, two, *claims)

        def counts():
            return {row["name"]: int(row["attributions"]) for row in self.table()}

        def listed():
            return sum(row["revoked"] == "false" for row in self.table("--kind", "claims"))

        self.assertEqual((counts(), listed()), ({"One": 3, "Two": 1}, 4))
        why = ("--ground", "a person", "--authority", "a court")
        self.json("item", "hold", "registry", entry, "2", *why)
        self.assertEqual((counts(), listed()), ({"One": 2, "Two": 1}, 3))
        self.file(dict(claims[1], revoked=True, modified="2026-02-02T00:00:00.000Z"))
        self.assertEqual((counts(), listed()), ({"One": 1, "Two": 1}, 2))
        self.assertEqual(len(self.table("--kind", "claims")), 3)

    def test_hostile_cells(self):
        case = incident(self.party, name='=cmd|"/c calc"!A1,\nx', description="-2+3")
        self.file(case, incident(self.party, name="a; b"))
        rows = {r["id"]: r for r in self.table()}
        self.assertEqual(rows[case["id"]]["name"], case["name"])
        safe = {r["id"]: r for r in self.table("--spreadsheet")}
        self.assertEqual(safe[case["id"]]["name"], "'" + case["name"])
        self.assertEqual(safe[case["id"]]["description"], "'-2+3")

    def test_objects_are_byte_for_byte_and_one_a_line(self):
        odd = json.dumps(incident(self.party, name="Odd"), indent=3)
        self.write("b.json", f'{{"type":"bundle","id":"bundle--x","objects":[{odd}]}}')
        self.json("file", "registry", "b.json", "--key", "alice.key")
        self.assertIn(odd, self.export("--format", "stix", "--kind", "incidents"))
        lines = self.lines("--kind", "incidents")
        self.assertEqual(lines, [odd.replace("\n", " ")])
        self.assertEqual(self.export("--format", "stix", "--kind", "opinions").count("objects"), 0)

    def test_all_versions(self):
        first = incident(self.party, name="One")
        self.file(first)
        self.file(dict(first, name="Two", modified="2026-02-02T00:00:00.000Z"))
        self.assertEqual([r["name"] for r in self.table()], ["Two"])
        self.assertEqual([r["name"] for r in self.table("--all-versions")], ["One", "Two"])

    def test_memory_does_not_grow_with_the_record(self):
        """2,000 objects of 60 KB are 120 MB, more than the program may have. A sanitizer needs
        memory of its own beside it, so there nothing is said about how much."""
        with open(PROGRAM, "rb") as program:
            sanitized = b"__asan_init" in program.read()
        most = resource.RLIM_INFINITY if sanitized else 64 << 20
        count = 100 if sanitized else 2000
        filler = "x" * 60_000
        with open(self.dir / "many.jsonl", "w", encoding="utf-8") as many:
            for number in range(count):
                many.write(json.dumps(incident(self.party, name=f"Case {number}",
                                               description=filler)) + "\n")
        self.json("file", "registry", "many.jsonl", "--key", "alice.key")
        self.json("show", "registry")  # folds
        for form in ("csv", "jsonl", "stix"):
            done = subprocess.run(
                [PROGRAM, "export", "registry", "--format", form, "--kind", "incidents", "--out",
                 "out"], cwd=self.dir, check=False, capture_output=True,
                preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_DATA, (most, most)))
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertGreater(os.path.getsize(self.dir / "out"), count * len(filler))


if __name__ == "__main__":
    if "--help" in sys.argv:
        print(__doc__)
    main()
