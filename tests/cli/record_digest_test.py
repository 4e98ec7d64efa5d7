"""The digest of the record, filed by whatever verb files the entry that makes it due."""

import shutil
import subprocess
import sys
from pathlib import Path

from harness import Case, incident, main

# Folds a registry without our code, and holds filed digests against that.
CHECK = Path(__file__).parents[1] / "golden/check.py"

PACE = 1000  # entries; the other pace, a day of the log's time, is tested in tests/record


class RecordDigest(Case):
    def setUp(self):
        super().setUp()
        self.init()
        self.alice = self.admit("alice")
        self.entries = 2  # that count: the founding and the admission, no ticks
        self.parties = 0

    def import_landmarks(self, registry="registry"):
        """By a party of its own, since nobody files the same twice; how many entries that were."""
        self.parties += 1
        name = f"party-{self.parties}"
        self.admit(name, registry)
        done = self.json("import", "landmarks", registry, "--key", f"{name}.key")
        return 1 + done["filings"]

    def fill(self):
        """Files until one more import makes the digest due."""
        each = self.import_landmarks()
        self.entries += each
        while self.entries + each < PACE:
            self.entries += self.import_landmarks()

    def file(self, count):
        """The last one's entry."""
        for _ in range(count):
            self.write("object.json", incident(self.alice, "One more"))
            done = self.json("file", "registry", "object.json", "--key", "alice.key")
        return done["filings"][0]["entry"]

    def digests_compared(self, registry="registry"):
        """By an audit, which finds nothing wrong."""
        said = self.json("audit", registry)
        self.assertTrue(said["clean"], said)
        self.assertEqual(said["record"]["digests_superseded"], 0)
        other = subprocess.run([sys.executable, CHECK, self.dir / registry], capture_output=True,
                               text=True, check=False)
        self.assertEqual(other.returncode, 0, other.stdout + other.stderr)
        return said["record"]["digests_checked"]

    def ends_with_digest(self, registry="registry"):
        last = self.json("show", registry)["size"] - 1
        return self.json("show", registry, str(last)).get("control") == "digest"

    def every_other_verb_files_it(self, entry):
        self.admit("bob", admit=False)
        self.json("key", "new", "fresh.key", "--plain")
        why = ("--ground", "a private person", "--authority", "a court")
        for number, (verb, *what) in enumerate((
                (("party", "admit"), "bob.json"),
                (("party", "suspend"), self.alice),
                (("item", "hold"), entry, "0", *why),
                (("item", "erase"), entry, "0", *why),
                (("key", "add"), "--key", "alice.key", "--new", "fresh.key"),
                (("key", "rotate"), "--key", "alice.key", "--new", "fresh.key"),
                (("key", "rotate"), "--new", "fresh.key"))):  # the one that signs the digest
            copy = f"copy-{number}"
            shutil.copytree(self.dir / "registry", self.dir / copy)
            self.json("doctor", copy, "--adopt")
            with self.subTest(verb=verb, what=what):
                run = self.run_program(*verb, copy, *what)
                self.assertEqual((run.code, run.err), (0, ""), run)
                self.assertTrue(self.ends_with_digest(copy))
                said = self.json("audit", copy)
                self.assertTrue(said["clean"], said)
                self.assertEqual(said["record"]["digests_checked"], 1)

    def test_it_is_filed_with_the_entry_that_makes_it_due(self):
        self.fill()
        shutil.copytree(self.dir / "registry", self.dir / "copy")

        entry = self.file(PACE - self.entries - 1)
        self.assertFalse(self.ends_with_digest())
        self.every_other_verb_files_it(entry)
        self.assertEqual(self.digests_compared(), 0)
        self.file(1)
        self.assertTrue(self.ends_with_digest())
        self.assertEqual(self.digests_compared(), 1)
        self.file(1)
        self.assertFalse(self.ends_with_digest())

        self.json("doctor", "copy", "--adopt")
        self.assertFalse(self.ends_with_digest("copy"))
        self.import_landmarks("copy")
        self.assertTrue(self.ends_with_digest("copy"))
        self.assertEqual(self.digests_compared("copy"), 1)


if __name__ == "__main__":
    main()
