"""Each parameter of the API does what the option of the command line does, and does something."""

import json
import xml.etree.ElementTree as xml
from urllib.parse import parse_qsl, quote

from served import ServedCase, incident, main

EXTENSION = "extension-definition--ab16168e-ab51-41f4-b5a5-7a2df56028ed"
GALAXY = {"type": "threat-actor", "values": [
    {"value": "ODD OTTER", "uuid": "5b2ab0b4-0d0e-4f0a-9d1b-6f6a3a1f2b3c",
     "meta": {"synonyms": ["APT999"], "country": "FR"}}]}


def says(**members):
    return {"extensions": {EXTENSION: {"extension_type": "property-extension", **members}}}


class Api(ServedCase):
    def setUp(self):
        super().setUp()
        self.ok("import", "landmarks", "registry")
        self.write("galaxy.json", GALAXY)
        self.ok("import", "misp-galaxy", "registry", "galaxy.json")
        first = incident(
            self.party, "=1+1",
            external_references=[{"source_name": "List A", "external_id": "1"}],
            **says(kind="incident", start={"date": "2015", "precision": "year"},
                   victims={"countries": ["UA"]}, response_search="found"))
        second = first | {"modified": "2026-02-03T04:05:06.000Z", "description": "Corrected"}
        claim = {"type": "note", "id": "note--0c5e3b8a-6d3f-4b52-9c1e-5d1f6a2b7c90",
                 "content": "It was they.", "object_refs": [first["id"]],
                 **says(kind="attribution", actors=[{"name": "ODD OTTER"}])}
        claim |= {key: first[key] for key in ("spec_version", "created", "modified",
                                              "created_by_ref", "object_marking_refs")}
        self.write("o.jsonl", "\n".join(map(json.dumps, (first, second, claim))))
        self.ok("file", "registry", "o.jsonl", "--key", "alice.key", "--party", self.party)
        self.ok("stats", "registry")  # folds, so that the server has all at once
        self.server = self.serve()

    def answer(self, path, query):
        status, _, body = self.server.get(f"/api/v1/{path}" + "?" * bool(query) + query)
        self.assertEqual(status, 200, body)
        return body.decode()

    def command(self, verb, query):
        """What the command line prints with the options that the parameters are named after."""
        words, options = [], []
        for name, value in parse_qsl(query, keep_blank_values=True):
            option = "--" + {"asof": "as-of"}.get(name, name).replace("_", "-")
            words += [value] if name == "q" else []
            options += [option] if name != "q" else []
            options += [value] if name != "q" and value else []
        return self.ok(*verb.split(), "registry", *words, *options)

    def compare(self, verb, path, *queries):
        answers = {query: self.answer(path, query) for query in ("", *queries)}
        for query, answer in answers.items():
            json_verb = verb if verb.startswith("export") else "--json " + verb
            self.assertEqual(answer, self.command(json_verb, query), query)
        different = {}
        for query, answer in answers.items():
            self.assertIsNone(different.get(answer), f"{query} changes nothing")
            different[answer] = query

    def test_search(self):
        after = json.loads(self.answer("search", ""))["next"]
        self.compare(
            "search", "search", "q=petya", "kind=actors", "kind=claims", "country=UA",
            "country=UA&country=US", "sector=energy", "sector=energy&sector=media", "effect=leak",
            "effect=leak&effect=destruction", "technique=wiper",
            "technique=phishing&technique=wiper", "response=found", "actor=APT999",
            "claimant=Microsoft", f"filed_by={self.party}",
            "source=comity-landmarks", "from=2015-06-01", "from=2015-06-01&surely", "to=2010",
            "sort=date", "sort=filed", "limit=1", f"after={after}", "facets", "asof=20")

    def test_the_feed_filters_as_the_search_does(self):
        seen = set()
        for query in ("", "country=UA", "effect=destruction", "kind=claims&claimant=Microsoft",
                      f"filed_by={self.party}", "from=2017&surely"):
            found = json.loads(self.answer("search", "sort=filed&limit=100&" + query))
            status, _, body = self.server.get("/feed.atom?limit=100&" + query)
            self.assertEqual(status, 200, body)
            entries = xml.fromstring(body).iter("{http://www.w3.org/2005/Atom}entry")
            ids = [entry.findtext("{http://www.w3.org/2005/Atom}id").rsplit("/", 1)[1]
                   for entry in entries]
            self.assertEqual(ids, [hit["id"] for hit in found["hits"]], query)
            self.assertGreater(len(ids), 0, query)
            seen.add(tuple(ids))
        self.assertEqual(len(seen), 6, "a filter changes nothing")

    def test_counts(self):
        of_incidents = ("country=UA", "source=List+A", "from=2017", "to=2010", "asof=20")
        self.compare("stats", "stats", *of_incidents, "top=1")
        self.compare("stats trends", "stats/trends", *of_incidents, "date=start", "by=year")

    def test_exports(self):
        self.compare("export --format csv", "export/csv", "kind=claims", "country=UA", "from=2017",
                     "to=2010", "source=comity-landmarks", f"party={self.party}", "all_versions",
                     "spreadsheet", "asof=20")
        self.compare("export --format jsonl", "export/jsonl", "kind=actors", "kind=claims&to=2010",
                     f"party={self.party}", "all_versions", "asof=20")
        self.compare("export --format stix", "export/stix", "kind=norms",
                     "kind=incidents&country=UA", f"party={self.party}", "asof=20")

    def test_objects(self):
        now, then = (self.command("--json show", "q=notpetya" + more) for more in ("", "&asof=80"))
        self.assertNotEqual(now, then)
        for path in ("objects/notpetya", "incidents/notpetya"):
            self.assertEqual((self.answer(path, ""), self.answer(path, "asof=80")), (now, then))

    def test_the_registry(self):
        kid = self.json("key", "show", "alice.key")["kid"]
        size = json.loads(self.answer("registry", ""))["size"]
        for what, path in (((), "registry"), (("0",), "entries/0"), (("1",), "entries/1"),
                           ((str(size - 1),), f"entries/{size - 1}"),
                           ((self.party,), f"parties/{self.party}"),
                           (("--", kid), f"parties/{kid}")):
            self.assertEqual(self.answer(path, ""),
                             self.ok("--json", "show", "registry", *what), path)
        self.assertEqual(self.answer("parties", ""), self.ok("--json", "party", "list", "registry"))
        self.assertEqual(self.answer("registry", "asof=2"),
                         self.ok("--json", "show", "registry", "--as-of", "2"))
        self.assertEqual(self.answer("parties", "asof=2"),
                         self.ok("--json", "party", "list", "registry", "--as-of", "2"))
        self.assertNotEqual(self.answer("parties", ""), self.answer("parties", "asof=2"))
        for path, code in ((f"entries/{size}", "entry-out-of-range"),
                           ("entries/x", "entry-out-of-range"),
                           ("entries/-1", "entry-out-of-range"),
                           (f"entries/{size - 1}?asof=2", "entry-out-of-range"),
                           ("parties/alice", "object-unknown"),
                           (f"parties/{self.party}?asof=2", "object-unknown"),
                           ("parties/identity--0c5e3b8a-6d3f-4b52-9c1e-5d1f6a2b7c90",
                            "object-unknown")):
            status, _, body = self.server.get("/api/v1/" + path)
            self.assertEqual((status, json.loads(body)["code"]), (404, code), path)

    def test_names_with_slashes(self):
        name = "A/B: ../50% of it?"
        slashed = incident(self.party, name)
        self.write("s.jsonl", json.dumps(slashed))
        self.assertEqual(self.server.stop(), 0)
        self.ok("file", "registry", "s.jsonl", "--key", "alice.key", "--party", self.party)
        self.ok("stats", "registry")
        self.server = self.serve()
        shown = self.ok("--json", "show", "registry", name)
        self.assertEqual(json.loads(shown)["id"], slashed["id"])
        for path in ("objects", "incidents"):
            self.assertEqual(self.answer(f"{path}/{quote(name, safe='')}", ""), shown)
            self.assertEqual(self.server.get(f"/api/v1/{path}/A/B")[0], 404)


if __name__ == "__main__":
    main()
