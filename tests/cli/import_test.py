"""Imports: what is new is filed, what has changed is a new version, what reads badly keeps all
out."""

import csv
import json
import pathlib

from harness import Case, incident, main

MAP = """
source = "Our list"
[incident]
id = "No"
name = "Title"
start = "Begin"
countries = { column = "Where", split = "," }
[attribution]
claimant = "Who"
"""
HEADER = "No;Title;Begin;Where;Who\n"
GALAXY = {"type": "threat-actor", "values": [
    {"value": "ODD OTTER", "uuid": "5b2ab0b4-0d0e-4f0a-9d1b-6f6a3a1f2b3c",
     "meta": {"synonyms": ["APT999"], "country": "FR"}}]}
KEV = {"vulnerabilities": [{"cveID": "CVE-2099-0001", "dateAdded": "2025-08-25"}]}


class Imports(Case):
    def setUp(self):
        super().setUp()
        self.init()
        self.write("map.toml", MAP)

    def table(self, rows, code=0, *options):
        self.write("table.csv", HEADER + rows)
        return self.json("import", "table", "registry", "table.csv", "--map", "map.toml", *options,
                         code=code)

    def size(self):
        return self.json("show", "registry")["size"]

    def counts(self, done):
        return done["added"], done["changed"], done["unchanged"], done["withdrawn"]

    def test_only_what_changed_is_filed_again(self):
        first = self.table("1;First;2020-03;UA;Ministry X\n2;Second;;;\n")
        self.assertEqual(first["incidents"], 2)
        # Two incidents, a country and that it was a target, a claimant and its claim, three
        # definitions.
        self.assertEqual(self.counts(first), (9, 0, 0, 0))
        size = self.size()
        again = self.table("1;First;2020-03;UA;Ministry X\n2;Second;;;\n")
        self.assertEqual(self.counts(again), (0, 0, 9, 0))
        self.assertEqual(self.size(), size)
        changed = self.table("1;First;2020-03;UA;Ministry X\n2;Second, corrected;;;\n")
        self.assertEqual(self.counts(changed), (0, 1, 8, 0))
        shown = self.json("show", "registry", "Second, corrected")
        self.assertEqual(len(shown["versions"]), 2)
        self.assertEqual(len({v["object"]["created"] for v in shown["versions"]}), 1)
        self.assertTrue(self.json("audit", "registry")["clean"])

    def test_what_was_erased_stays_away(self):
        self.table("1;First;;;\n2;Second;;;\n")
        shown = self.json("show", "registry", "Second")["current"]
        self.json("item", "erase", "registry", shown["entry"], shown["ordinal"], "--ground",
                  "names a person", "--authority", "court order")
        again = self.table("1;First;;;\n2;Second, changed;;;\n")
        self.assertEqual(self.counts(again), (0, 0, 4, 1))

    def test_a_dry_run_files_nothing(self):
        size = self.size()
        said = self.table("1;First;;;\n", 0, "--dry-run")
        self.assertEqual((said["added"], said["filings"], said["dry_run"]), (4, 0, True))
        self.assertEqual(self.size(), size)

    def test_a_dry_run_shows_how_the_source_was_understood(self):
        rows = "1;First;2020-03;UA,DE;Ministry X\n" + "".join(
            f"{n};Incident {n};;;\n" for n in range(2, 9))
        said = self.table(rows, 0, "--dry-run")
        self.assertEqual([it["name"] for it in said["preview"]],
                         ["First", "Incident 2", "Incident 3", "Incident 4", "Incident 5"])
        first = said["preview"][0]
        self.assertEqual(first["start"], {"date": "2020-03", "precision": "month"})
        self.assertEqual(first["countries"], ["UA", "DE"])
        self.assertEqual([claim["made_by"] for claim in first["claims"]], ["Ministry X"])
        text = self.run_program("import", "table", "registry", "table.csv", "--map", "map.toml",
                                "--dry-run").out
        self.assertIn("First; 2020-03 (month); UA, DE; claim of Ministry X, no date", text)
        self.assertNotIn("preview", self.table(rows))
        self.write("galaxy.json", GALAXY)
        said = self.json("import", "misp-galaxy", "registry", "galaxy.json", "--dry-run")
        self.assertEqual(said["preview"], [{"type": "intrusion-set", "name": "ODD OTTER"}])

    def test_the_landmarks_say_what_their_authors_doubt(self):
        doubts = self.json("import", "landmarks", "registry")["doubtful"]
        data = pathlib.Path(__file__).resolve().parents[2] / "data/landmarks.json"
        incidents = json.loads(data.read_text(encoding="utf-8"))["incidents"]
        texts = [text for it in incidents for text in it["doubtful"]]
        self.assertEqual(doubts["start"]["count"],
                         sum(text.split(":")[0] == "start" for text in texts))
        self.assertEqual(sum(kind["count"] for name, kind in doubts.items()
                             if name not in ("claim", "response")), len(texts))
        self.assertEqual(doubts["claim"]["count"],
                         sum(bool(claim.get("doubt")) for it in incidents
                             for claim in it["attributions"]))

    def test_cells_that_do_not_read_keep_all_out(self):
        size = self.size()
        said = self.table("1;First;;;\n1;Second;soon;Atlantis;\n", 1)
        self.assertEqual([(p["row"], p["column"]) for p in said["problems"]],
                         [(3, "No"), (3, "Begin"), (3, "Where")])
        self.assertEqual(self.size(), size)
        text = self.run_program("import", "table", "registry", "table.csv", "--map", "map.toml")
        self.assertIn("Row 3, column Begin: ", text.out)
        self.write("map.toml", MAP + "dates = 7\n")
        self.assertIn("map.toml", self.refused("table-map", "import", "table", "registry",
                                               "table.csv", "--map", "map.toml"))

    def test_data_sets_of_one_file(self):
        self.write("galaxy.json", GALAXY)
        self.write("kev.json", KEV)
        self.assertEqual(self.json("import", "misp-galaxy", "registry", "galaxy.json")["actors"], 1)
        self.assertEqual(self.json("import", "kev", "registry", "kev.json")["vulnerabilities"], 1)
        self.assertEqual(self.json("import", "kev", "registry", "kev.json")["unchanged"], 4)
        self.refused("intake-malformed", "import", "kev", "registry", "galaxy.json")
        shown = self.json("show", "registry", "ODD OTTER")["current"]["object"]
        self.assertEqual(shown["aliases"], ["APT999"])

    def test_objects_of_others_as_they_stand(self):
        stranger = "identity--0c5e3b8a-6d3f-4b52-9c1e-5d1f6a2b7c90"
        bundle = {"type": "bundle", "id": "bundle--0c5e3b8a-6d3f-4b52-9c1e-5d1f6a2b7c91",
                  "objects": [incident(stranger), incident(stranger, "Another")]}
        self.write("bundle.json", json.dumps(bundle, indent=2))
        self.assertEqual(self.json("import", "stix", "registry", "bundle.json")["added"], 2)
        self.assertEqual(self.json("import", "stix", "registry", "bundle.json")["unchanged"], 2)
        self.assertFalse(self.json("show", "registry", "Another")["current"]["authoritative"])

    def eurepoc(self, rows):
        """A made-up data set of incidents alone."""
        columns = ["ID", "name", "description", "start_date", "end_date", "impact_indicator",
                   "number_of_attributions", "number_of_political_responses",
                   "number_of_legal_responses", "sources_url"]
        (self.dir / "eurepoc").mkdir(exist_ok=True)
        with open(self.dir / "eurepoc/EuRepoC_Global_Database_1.1.csv", "w", newline="",
                  encoding="utf-8") as file:
            writer = csv.DictWriter(file, columns, restval="0")
            writer.writeheader()
            writer.writerows(rows)
        self.write("eurepoc/Attribution_dataset.csv",
                   "incident_ID,attribution_ID,attribution_date,attribution_type,"
                   "attribution_basis,attributing_actor,attributing_country,attributed_initiator,"
                   "attributed_initiator_country,attributed_initiator_category\n")
        self.write("eurepoc/Receiver_dataset.csv",
                   "ID,receiver_country,receiver_category,receiver_category_subcode\n")
        return self.json("import", "eurepoc", "registry", "eurepoc")

    def test_eurepoc_tells_what_is_doubtful(self):
        row = {"ID": "7", "name": "Made up", "start_date": "2020-01-01", "end_date": "2020-02-02",
               "sources_url": "[]"}
        done = self.eurepoc([row])
        self.assertEqual(done["incidents"], 1)
        self.assertEqual(done["doubtful"],
                         {"start_first_of_january": {"count": 1, "examples": ["7"]}})
        # A changed file is a changed row and a changed note on the files.
        changed = self.eurepoc([{**row, "end_date": "2020-02-03"}])
        self.assertEqual(self.counts(changed), (0, 2, 3, 0))
        self.refused("file-missing", "import", "eurepoc", "registry", "nowhere")


if __name__ == "__main__":
    main()
