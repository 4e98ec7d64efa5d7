"""`comity validate`: objects, bundles, lines, standard input; what it prints and how it ends."""

import json
import subprocess
import uuid

from harness import PROGRAM, Case, main

TIME = "2026-01-02T03:04:05.678Z"


def campaign(**members):
    return {"type": "campaign", "spec_version": "2.1", "id": f"campaign--{uuid.uuid4()}",
            "created": TIME, "modified": TIME, "lang": "en", "name": "A campaign", **members}


def bundle(*objects):
    return {"type": "bundle", "id": f"bundle--{uuid.uuid4()}", "objects": list(objects)}


class Validate(Case):
    def test_valid_objects_end_well(self):
        self.write("one.json", campaign())
        self.write("two.json", bundle(campaign(), campaign()))
        told = self.json("validate", "one.json", "two.json")
        self.assertEqual(told, {"valid": True, "objects": 3, "errors": 0, "warnings": 0,
                                "findings": []})
        self.assertIn("3 objects: nothing found.", self.ok("validate", "one.json", "two.json"))

    def test_an_error_says_where_and_by_which_section(self):
        broken = campaign(first_seen="yesterday")
        self.write("b.json", json.dumps(bundle(campaign(), broken), indent=1))
        told = self.json("validate", "b.json", code=1)
        (finding,) = told["findings"]
        self.assertEqual((finding["file"], finding["line"], finding["object"]), ("b.json", 1, 1))
        self.assertEqual(finding["path"], "$.objects[1].first_seen")
        self.assertEqual((finding["code"], finding["section"], finding["level"], finding["id"]),
                         ("stix-timestamp", "2.16.1", "error", broken["id"]))
        run = self.run_program("validate", "b.json")
        self.assertEqual(run.code, 1, run)
        self.assertIn("$.objects[1].first_seen stix-timestamp", run.out)

    def test_lines_are_counted(self):
        lines = "\n".join(json.dumps(c) for c in (campaign(), campaign(name=1), campaign()))
        self.write("c.jsonl", lines)
        told = self.json("validate", "c.jsonl", code=1)
        self.assertEqual([(f["line"], f["object"], f["path"]) for f in told["findings"]],
                         [(2, 2, "$.name")])
        self.assertEqual(told["objects"], 3)

    def test_several_files_are_told_apart(self):
        self.write("a.json", campaign(name=1))
        self.write("b.json", campaign())
        self.write("c.jsonl", "\n".join(json.dumps(c) for c in (campaign(), campaign(name=2))))
        told = self.json("validate", "a.json", "b.json", "c.jsonl", code=1)
        self.assertEqual([(f["file"], f["line"], f["object"]) for f in told["findings"]],
                         [("a.json", 1, 1), ("c.jsonl", 2, 2)])
        run = self.run_program("validate", "a.json", "b.json", "c.jsonl")
        self.assertIn("a.json:1: campaign--", run.out)
        self.assertIn("c.jsonl:2: campaign--", run.out)
        self.assertNotIn("b.json", run.out)

    def test_strict_makes_errors_of_warnings(self):
        self.write("w.json", campaign(x_example_org_score=1))
        told = self.json("validate", "w.json")
        self.assertEqual((told["errors"], told["warnings"]), (0, 1))
        told = self.json("validate", "--strict", "w.json", code=1)
        self.assertEqual((told["errors"], told["warnings"]), (1, 0))
        self.assertEqual(self.json("validate", "--errors-only", "w.json")["findings"], [])

    def test_standard_input(self):
        done = subprocess.run([PROGRAM, "--json", "validate", "-"], check=False,
                              input=json.dumps(campaign()).encode(), capture_output=True)
        self.assertEqual(done.returncode, 0, done)
        self.assertEqual(json.loads(done.stdout)["objects"], 1)

    def test_stix_20_says_how_to_convert(self):
        old = campaign()
        del old["spec_version"]
        self.write("old.json", old)
        (finding,) = self.json("validate", "old.json", code=1)["findings"]
        self.assertEqual(finding["code"], "stix-version-20")
        self.assertIn("stix2-elevator", finding["sentence"])

    def test_what_is_no_json_is_a_finding(self):
        self.write("n.json", "{\"type\": }")
        (finding,) = self.json("validate", "n.json", code=1)["findings"]
        self.assertEqual(finding["code"], "stix-json")

    def test_a_bundle_larger_than_any_object(self):
        texts = [campaign(description="d" * 100_000) for _ in range(50)]
        texts[49]["name"] = 7
        self.write("large.json", bundle(*texts))
        told = self.json("validate", "large.json", code=1)
        self.assertEqual([f["path"] for f in told["findings"]], ["$.objects[49].name"])
        self.assertEqual(told["objects"], 50)

    def test_a_large_bundle_is_judged_as_a_bundle(self):
        one = campaign(description="d" * 100_000)
        another = {**one, "name": "Another"}
        texts = [campaign(description="d" * 100_000) for _ in range(48)]
        large = bundle(*texts, one, another)
        del large["id"]
        self.write("large.json", large)
        told = self.json("validate", "--errors-only", "large.json", code=1)
        self.assertEqual([(f["code"], f["path"], f["id"]) for f in told["findings"]],
                         [("stix-missing", "$", ""), ("stix-versions", "$.objects[49]", one["id"])])
        self.assertEqual(told["objects"], 50)

    def test_only_a_bundle_may_be_large(self):
        large = bundle(*[campaign(description="d" * 100_000) for _ in range(50)])
        large["type"] = "bundel"
        self.write("large.json", large)
        (finding,) = self.json("validate", "--errors-only", "large.json", code=1)["findings"]
        self.assertEqual((finding["code"], finding["path"]), ("stix-too-large", "$"))

    def test_a_filing_is_refused_for_the_same(self):
        self.init()
        party = self.admit("alice")
        self.write("bad.json", campaign(created_by_ref=party, last_seen="soon"))
        said = self.refused("object-invalid", "file", "registry", "bad.json", "--key",
                            "alice.key")
        self.assertIn("$.last_seen", said)
        self.assertIn("2.16.1", said)


if __name__ == "__main__":
    main()
