"""Many filings in one run: committed in groups, answered in order, ended by the first refusal."""

import json
import uuid

from harness import ORIGIN, Case, incident, main


class Pipeline(Case):
    def setUp(self):
        super().setUp()
        self.init()
        self.party = self.admit("alice")

    def sign(self, name, *objects, key="alice.key"):
        """A signed filing in a file; its name."""
        self.write("objects.jsonl", "\n".join(map(json.dumps, objects)))
        self.json("file", "registry", "objects.jsonl", "--key", key, "--party", self.party,
                  "--sign-only", name)
        return name

    def size(self):
        return self.json("show", "registry")["size"]

    def test_many_filings_share_commits(self):
        names = [self.sign(f"{n:03}.filing", incident(self.party)) for n in range(60)]
        done = self.json("file", "registry", *names, "--signed", "--receipts", "receipts")
        self.assertEqual((done["objects"], done["complete"]), (60, True))
        entries = [filing["entry"] for filing in done["filings"]]
        self.assertEqual(entries, sorted(entries))
        self.assertEqual(len(set(entries)), 60)
        # A commit for each would have a size for each.
        self.assertLess(len({filing["size"] for filing in done["filings"]}), 60)
        for filing in done["filings"]:
            prefix = filing["statement"].removesuffix(".statement")
            said = self.json("verify", "--trust", "registry/trust.json", prefix)
            self.assertTrue(said["verified"])
        self.assertTrue(self.json("audit", "registry")["clean"])
        again = self.json("file", "registry", *names, "--signed")
        self.assertEqual([filing["entry"] for filing in again["filings"]], entries)
        self.assertTrue(all(filing["already_filed"] for filing in again["filings"]))

    def test_the_first_refusal_ends_it_and_what_was_admitted_is_told(self):
        taken = incident(self.party)
        names = [self.sign("a.filing", taken), self.sign("b.filing", incident(self.party)),
                 self.sign("bad.filing", taken), self.sign("c.filing", incident(self.party))]
        run = self.run_program("--json", "file", "registry", *names, "--signed")
        self.assertEqual(run.code, 1, run)
        said, problem = json.loads(run.out), json.loads(run.err)
        self.assertEqual(problem["error"], "version-taken")
        self.assertTrue(problem["detail"].startswith("bad.filing: "), problem)
        self.assertFalse(said["complete"])
        # c.filing may have been on its way already; what is told is what the log holds.
        self.assertIn(len(said["filings"]), (2, 3))
        for filing in said["filings"]:
            self.assertEqual(len(self.json("show", "registry", filing["entry"])["items"]), 1)
        filings = self.json("show", "registry")["filings"]
        names.remove("bad.filing")
        rest = self.json("file", "registry", *names, "--signed")
        self.assertEqual([filing["already_filed"] for filing in rest["filings"][:2]], [True, True])
        self.assertEqual(self.json("show", "registry")["filings"],
                         filings + 3 - len(said["filings"]))
        plain = self.run_program("file", "registry", "a.filing", "bad.filing", "--signed")
        self.assertIn("was not filed", plain.out)
        self.assertIn("refused: version-taken", plain.err)

    def test_a_file_that_is_missing_ends_it(self):
        self.sign("a.filing", incident(self.party))
        before = self.size()
        run = self.run_program("--json", "file", "registry", "a.filing", "nowhere", "--signed")
        self.assertEqual((run.code, json.loads(run.err)["error"]), (1, "file-missing"))
        self.assertEqual(len(json.loads(run.out)["filings"]), 1)
        self.assertGreater(self.size(), before)

    def test_a_refusal_of_the_first_prints_no_result(self):
        self.sign("a.filing", incident(self.party))
        self.json("file", "registry", "a.filing", "--signed")
        before = self.size()
        self.refused("file-missing", "file", "registry", "nowhere", "a.filing", "--signed")
        self.assertEqual(self.size(), before)

    def test_a_filing_may_be_signed_with_a_key_that_the_one_before_registers(self):
        self.json("key", "new", "second.key", "--plain")
        self.json("party", "apply", "--name", "Alice", "--group", "civil-society", "--id",
                  self.party, "--key", "second.key", "--origin", ORIGIN, "--out", "second.json")
        bundle = json.loads((self.dir / "second.json").read_text())
        note = next(it for it in bundle["objects"] if it["type"] == "note")
        names = [self.sign("1.filing", note)]
        names += [self.sign(f"{n}.filing", incident(self.party), key="second.key")
                  for n in range(2, 6)]
        done = self.json("file", "registry", *names, "--signed")
        self.assertEqual(len(done["filings"]), 5)
        self.assertTrue(self.json("audit", "registry")["clean"])

    def test_what_is_sealed_is_kept_for_each(self):
        done = []
        for n in range(3):
            self.write(f"{n}.json", incident(self.party, identifier=f"incident--{uuid.uuid4()}"))
            done += self.json("file", "registry", f"{n}.json", "--key", "alice.key", "--sealed",
                              "--receipts", "kept")["filings"]
        # A refused one leaves nothing behind.
        self.refused("key-not-issuers", "file", "registry", "0.json", "--key", "alice.key",
                     "--party", self.json("show", "registry")["registrar"], "--sealed",
                     "--receipts", "kept")
        self.assertEqual(sorted(p.name for p in (self.dir / "kept").glob("*.sealed")),
                         sorted(f"{it['entry']}.sealed" for it in done))


if __name__ == "__main__":
    main()
