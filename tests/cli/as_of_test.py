"""The record as of a time is the record as of the size that the log had then, whoever is asked."""

import json
import time
import uuid
from datetime import datetime, timezone

from harness import CLEAR, Case, incident, main

EXTENSION = "extension-definition--ab16168e-ab51-41f4-b5a5-7a2df56028ed"
# The log's time is in whole seconds.
MORE_THAN_A_SECOND = 1.1


def comity(**more):
    return {EXTENSION: {"extension_type": "property-extension", **more}}


class AsOfATime(Case):
    def setUp(self):
        super().setUp()
        self.init()
        self.party = self.admit("alice")
        self.case = self.incident("Alpha")
        self.file(self.case, self.claim(self.case["id"]))
        self.then = self.json("show", "registry")
        self.size = self.then["size"]
        time.sleep(MORE_THAN_A_SECOND)
        self.time = datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
        time.sleep(MORE_THAN_A_SECOND)
        other = self.incident("Beta")
        self.file(dict(self.case, name="Alpha renamed", modified="2026-02-02T00:00:00.000Z"),
                  other, self.claim(self.case["id"]), self.claim(other["id"]))

    def incident(self, name):
        return incident(self.party, name, extensions=comity(
            kind="incident", start={"date": "2019-05-06", "precision": "day"},
            victims={"countries": ["DE"]}, effects=["leak"]))

    def claim(self, about):
        return {"type": "note", "spec_version": "2.1", "id": f"note--{uuid.uuid4()}",
                "created_by_ref": self.party, "created": "2026-01-02T00:00:00.000Z",
                "modified": "2026-01-02T00:00:00.000Z", "object_marking_refs": [CLEAR],
                "content": "A claim.", "object_refs": [about],
                "extensions": comity(kind="attribution", made_by="X", wording="It was them.",
                                     date={"date": "2019-07", "precision": "month"})}

    def file(self, *objects):
        self.write("o.jsonl", "\n".join(map(json.dumps, objects)))
        self.json("file", "registry", "o.jsonl", "--key", "alice.key")

    def questions(self):
        yield from (("search", "registry", *more) for more in (
            ("--facets",), ("alpha",), ("--kind", "claims"), ("--country", "DE")))
        yield ("show", "registry", self.case["id"])
        yield ("show", "registry")
        yield ("stats", "registry")
        yield from (("stats", "trends", "registry", *more) for more in ((), ("--by", "year")))

    def exports(self):
        for form in ("csv", "jsonl", "stix"):
            for kind in ("incidents", "claims", "all"):
                yield ("export", "registry", "--format", form, "--kind", kind)

    def test_every_answer_is_that_of_the_size(self):
        for question in self.questions():
            then = self.json(*question, "--as-of", self.time)
            self.assertEqual(then["size"], self.size, question)
            self.assertEqual(then, self.json(*question, "--as-of", self.size), question)
            now = self.json(*question)
            self.assertNotEqual({**then, "size": now["size"]}, now, question)

    def test_the_registry_is_summed_up_as_it_was(self):
        then = self.json("show", "registry", "--as-of", self.size)
        self.assertEqual(then, {**self.then, "root": None})

    def test_every_export_is_that_of_the_size(self):
        for question in self.exports():
            then = self.ok(*question, "--as-of", self.time)
            self.assertEqual(then, self.ok(*question, "--as-of", self.size), question)
            self.assertNotEqual(then, self.ok(*question), question)
            self.assertNotIn("Beta", then, question)

    def test_a_day_is_its_end(self):
        today = datetime.now(timezone.utc).strftime("%Y-%m-%d")
        for question in self.questions():
            self.assertEqual(self.json(*question, "--as-of", today), self.json(*question))
        for question in self.exports():
            self.assertEqual(self.ok(*question, "--as-of", today), self.ok(*question))


if __name__ == "__main__":
    main()
