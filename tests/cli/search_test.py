"""`comity search`, driven from outside: on the landmarks, and on EuRepoC where it is there."""

import json
import os
import shlex
import unittest
import uuid
from pathlib import Path

from harness import CLEAR, PROGRAM, Case, incident, main

PLACES = json.loads((Path(__file__).parents[2] / "data/places.json").read_text())["countries"]
EXTENSION = "extension-definition--ab16168e-ab51-41f4-b5a5-7a2df56028ed"
EUREPOC = Path(os.environ.get("COMITY_SHARED", "/nowhere")) / "eurepoc"


class Landmarks(Case):
    def setUp(self):
        super().setUp()
        self.init()
        self.json("import", "landmarks", "registry")

    def names(self, *args):
        return [hit["name"] for hit in self.json("search", "registry", *args)["hits"]]

    def test_a_name_however_it_is_written(self):
        for words in (["NotPetya"], ["not", "petya"], ["not-petya"], ["notpet*"]):
            self.assertEqual(self.names(*words)[0], "NotPetya")

    def test_what_a_person_sees(self):
        text = self.ok("search", "registry", "notpetya")
        for part in ("NotPetya\n", "27 June 2017 to June 2017 (day not known)", "UA DK US FR DE",
                     'UK: "Russian military"', "2 more claims", "incident--"):
            self.assertIn(part, text)

    def test_the_next_command_goes_on(self):
        seen, command = [], "comity search registry --country 'united states' --limit 7"
        size = self.json("search", "registry")["size"]
        while command:
            args = shlex.split(command)[1:]
            page = self.json(*args)
            self.assertEqual(page["size"], size)
            seen += [hit["id"] for hit in page["hits"]]
            more = [line for line in self.ok(*args).splitlines() if line.startswith("More: ")]
            command = more[0].removeprefix("More: ") if more else ""
            if len(seen) == 7:
                self.json("import", "kev", "registry", self.kev())
        self.assertEqual(len(seen), len(set(seen)))
        facets = self.json("search", "registry", "--facets", "--as-of", size)["facets"]
        counts = {value["value"]: value["count"] for value in facets["country"]}
        self.assertEqual(len(seen), counts["US"])

    def kev(self):
        return self.write("kev.json", {"vulnerabilities": [
            {"cveID": "CVE-2021-44228", "vendorProject": "A", "product": "B",
             "vulnerabilityName": "C", "dateAdded": "2021-12-10", "shortDescription": "D",
             "requiredAction": "E", "dueDate": "2021-12-24"}], "catalogVersion": "2026.01.01",
            "dateReleased": "2026-01-01T00:00:00.0000Z", "count": 1, "title": "KEV"})

    def test_filters(self):
        self.assertIn("NotPetya", self.names("--sector", "energy", "--country", "UA",
                                             "--from", "2017-06", "--to", "2017-06"))
        self.assertEqual(self.names("--country", "Ukraine", "--from", "1999", "--to", "1999"), [])
        claims = self.json("search", "registry", "--kind", "claims", "--claimant", "UK")
        self.assertGreater(claims["count"], 0)
        self.assertEqual({hit["claim"]["claimant"] for hit in claims["hits"]}, {"UK"})

    def test_each_flag_filters_by_what_it_names(self):
        facets = self.json("search", "registry", "--facets")["facets"]
        for flag in ("country", "sector", "effect", "technique", "response", "claimant"):
            self.assertGreater(len(facets[flag]), 1, flag)
            for it in facets[flag][:3]:
                found = self.json("search", "registry", f"--{flag}", it["value"])
                self.assertEqual(found["count"], it["count"], (flag, it["value"]))

    def test_by_actor_and_by_party(self):
        party = self.admit("alice")
        actor = f"intrusion-set--{uuid.uuid4()}"
        notpetya = self.json("search", "registry", "notpetya")["hits"][0]["id"]
        head = {"spec_version": "2.1", "created_by_ref": party, "object_marking_refs": [CLEAR],
                "created": "2026-01-02T00:00:00.000Z", "modified": "2026-01-02T00:00:00.000Z"}
        objects = [
            incident(party, "Zylophon"),
            {"type": "intrusion-set", "id": actor, "name": "Damsel", "aliases": ["Fly"], **head},
            {"type": "note", "id": f"note--{uuid.uuid4()}", "content": "A claim.",
             "object_refs": [notpetya, actor], **head,
             "extensions": {EXTENSION: {"extension_type": "property-extension",
                                        "kind": "attribution", "made_by": "X"}}}]
        self.write("o.jsonl", "\n".join(map(json.dumps, objects)))
        self.json("file", "registry", "o.jsonl", "--key", "alice.key")
        for name in ("Damsel", "fly", actor):
            self.assertEqual(self.names("--actor", name), ["NotPetya"])
        self.assertEqual(self.names("--actor", "alice"), [])
        for name in ("alice", party):
            self.assertEqual(self.names("--filed-by", name), ["Zylophon"])
        self.assertEqual(self.json("search", "registry", "--filed-by", "The Registrar")["count"],
                         81)
        self.assertEqual(self.names("--filed-by", "nobody"), [])

    def test_orders(self):
        def found(*order):
            return self.json("search", "registry", "russia", "--limit", "100", *order)["hits"]

        ids = [[hit["id"] for hit in found(*order)]
               for order in (["--sort", "best"], ["--sort", "date"], ["--sort", "filed"])]
        self.assertEqual([hit["id"] for hit in found()], ids[0])
        self.assertEqual(len(set(map(tuple, ids))), 3, "the three orders differ for this word")
        self.assertEqual(len(set(map(frozenset, ids))), 1)
        reasons = [hit["found_by"] for hit in found()]
        self.assertEqual(reasons, ["in_name"] + ["in_claim"] * (len(ids[0]) - 1))
        dates = [(hit["start"]["date"] + "-01-01")[:10] for hit in found("--sort", "date")]
        self.assertEqual(dates, sorted(dates, reverse=True))
        places = [(hit["entry"], hit["ordinal"]) for hit in found("--sort", "filed")]
        self.assertEqual(places, sorted(places, reverse=True))

    def test_surely_leaves_out_what_may_have_begun_at_another_time(self):
        incidents = self.json("search", "registry", "--limit", "1000")["hits"]
        dates = {hit["name"]: hit["start"]["date"] for hit in incidents if hit["start"]}
        surely = {name for name, date in dates.items() if "2022-01" <= date[:7] <= "2022-10"}
        perhaps = {name for name, date in dates.items() if date == "2022"}
        self.assertTrue(surely and perhaps)
        within = ("--from", "2022-01", "--to", "2022-10")
        self.assertEqual(set(self.names(*within)), surely | perhaps)
        self.assertEqual(set(self.names(*within, "--surely")), surely)

    def test_as_of(self):
        before = self.json("search", "registry")
        party = self.json("show", "registry")["registrar"]
        self.write("o.json", {
            "type": "incident", "spec_version": "2.1", "name": "Zylophon", "created_by_ref": party,
            "id": "incident--0c5e3b8a-6d3f-4b52-9c1e-5d1f6a2b7c90",
            "created": "2026-01-02T00:00:00.000Z", "modified": "2026-01-02T00:00:00.000Z"})
        self.json("file", "registry", "o.json")
        self.assertEqual(self.names("zylophon"), ["Zylophon"])
        self.assertEqual(self.names("zylophon", "--as-of", before["size"]), [])
        self.assertEqual(self.json("search", "registry", "--as-of", before["size"]), before)
        self.refused("as-of-beyond-record", "search", "registry", "--as-of", "1000000")
        self.refused("as-of-before-record", "search", "registry", "--as-of", "2001-01-01")
        self.assertEqual(self.run_program("search", "registry", "--as-of", "soon").code, 2)

    def test_nothing_found_says_what_to_try(self):
        text = self.ok("search", "registry", "notpteya")
        self.assertIn("near: notpetya", text)
        self.assertIn("--facets", text)
        self.assertEqual(self.json("search", "registry", "notpteya")["near"][0], "notpetya")

    def test_mistakes(self):
        self.refused("country-unknown", "search", "registry", "--country", "Atlantis")
        self.refused("date-malformed", "search", "registry", "--from", "June")
        self.refused("search-limit", "search", "registry", "--limit", "1001")
        self.refused("search-cursor-malformed", "search", "registry", "--after", "x")
        self.refused("search-too-long", "search", "registry", *("w" for _ in range(17)))
        self.refused("search-filter-unfit", "search", "registry", "--kind", "actors", "--facets")
        self.refused("log-missing", "search", "nowhere")

    def test_what_others_filed_steers_no_terminal(self):
        party = self.json("show", "registry")["registrar"]
        self.write("o.json", {
            "type": "incident", "spec_version": "2.1", "name": "Zylo\u001b[31mphon\r\nX",
            "created_by_ref": party, "id": "incident--0c5e3b8a-6d3f-4b52-9c1e-5d1f6a2b7c90",
            "created": "2026-01-02T00:00:00.000Z", "modified": "2026-01-02T00:00:00.000Z"})
        self.json("file", "registry", "o.json")
        text = self.ok("search", "registry", "zylo")
        self.assertIn("phon", text)
        self.assertNotIn("\x1b", text)
        self.assertNotIn("\r", text)


class Aliases(Case):
    """An actor of MISP's galaxy under many names, and a claim in STIX that has but one of them."""

    GALAXY = {"type": "threat-actor", "name": "Threat Actor", "values": [
        {"value": "APT28", "uuid": "5b4ee3ea-eee3-4c8e-8323-85ae32658754",
         "meta": {"country": "RU", "synonyms": ["Fancy Bear", "Grizzly Steppe", "Forest Blizzard",
                                                "Sofacy"]}},
        {"value": "APT29", "uuid": "b2056ff0-00b9-482e-b11c-c771daa5f28a",
         "meta": {"country": "RU", "synonyms": ["Cozy Bear", "Grizzly Steppe",
                                                "Midnight Blizzard"]}}]}

    def setUp(self):
        super().setUp()
        self.init()
        party = self.admit("alice")
        objects = [*self.claimed(party, "Zylophon", "APT28"),
                   *self.claimed(party, "Quincunx", "Cozy Bear")]
        self.write("bundle.json", {"type": "bundle", "id": f"bundle--{uuid.uuid4()}",
                                   "objects": objects})
        self.json("import", "stix", "registry", "bundle.json", "--key", "alice.key")

    def claimed(self, party, name, actor):
        """An incident, an actor by one name alone, and a claim that it was that one."""
        head = {"spec_version": "2.1", "created_by_ref": party, "object_marking_refs": [CLEAR],
                "created": "2026-01-02T00:00:00.000Z", "modified": "2026-01-02T00:00:00.000Z"}
        what = incident(party, name)
        who = {"type": "intrusion-set", "id": f"intrusion-set--{uuid.uuid4()}", "name": actor,
               **head}
        claim = {"type": "note", "id": f"note--{uuid.uuid4()}", "content": "It was they.",
                 "object_refs": [what["id"], who["id"]], **head,
                 "extensions": {EXTENSION: {"extension_type": "property-extension",
                                            "kind": "attribution", "made_by": "Ministry X",
                                            "statement_type": "technical_report"}}}
        return [what, who, claim]

    def names(self, *args):
        return [hit["name"] for hit in self.json("search", "registry", *args)["hits"]]

    def test_an_incident_is_found_by_every_name_of_its_actor(self):
        # The names stand in the galaxy alone.
        self.assertEqual(self.names("--actor", "Forest Blizzard"), [])
        self.assertEqual(self.names("fancy", "bear"), [])
        self.write("galaxy.json", self.GALAXY)
        self.assertEqual(self.json("import", "misp-galaxy", "registry", "galaxy.json")["actors"], 2)
        for name in ("Forest Blizzard", "forest-blizzard", "APT28", "apt 28", "Fancy Bear"):
            self.assertEqual(self.names("--actor", name), ["Zylophon"], name)
            self.assertEqual(self.names(*name.lower().split()), ["Zylophon"], name)
        for name in ("APT29", "Midnight Blizzard"):
            self.assertEqual(self.names("--actor", name), ["Quincunx"], name)
        found = self.json("search", "registry", "fancy", "bear")
        self.assertIn("Forest Blizzard", found["sought_names"])
        self.assertNotIn("Cozy Bear", found["sought_names"])
        self.assertEqual([hit["found_by"] for hit in found["hits"]], ["actor"])


@unittest.skipUnless(EUREPOC.is_dir(), "COMITY_SHARED names no folder with eurepoc")
class EuRepoC(Case):
    def test_facets_are_the_data_sets_own_counts(self):
        self.init()
        self.json("import", "eurepoc", "registry", EUREPOC)
        page = self.json("search", "registry", "--source", "eurepoc", "--facets", "--limit", "1")
        self.assertEqual((page["count"], page["count_is_least"]), (1643, False))
        self.assertEqual((page["facets_of"], page["facets_are_partial"]), (1643, False))
        facets = {name: {value["value"]: value["count"] for value in values}
                  for name, values in page["facets"].items()}
        truth = json.loads((EUREPOC / "eurepoc_truth.json").read_text())
        codes = {name: code for code, names in PLACES.items() for name in names}
        self.assertIn("United States", codes)
        for name, count in truth["top_receiver_countries"]:
            if name not in codes:
                continue  # a region
            self.assertEqual(facets["country"][codes[name]], count, name)
            found = self.json("search", "registry", "--country", name, "--limit", "1")
            self.assertEqual(found["count"], count, name)
        self.assertEqual(facets["year"], dict(truth["incidents_by_start_year"]))
        self.assertEqual(facets["response"]["found"], truth["flags"]["any_response"]["n"])


if __name__ == "__main__":
    assert PROGRAM
    main()
