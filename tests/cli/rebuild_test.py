"""The record made anew, and its digest filed."""

import hashlib
import shutil
import sqlite3

from harness import Case, incident, main


class Rebuild(Case):
    def setUp(self):
        super().setUp()
        self.init()
        self.party = self.admit("alice")

    def file(self, *names):
        self.write("objects.json", {"type": "bundle", "id": "bundle--5d0092c5-5f74-4287-9642-"
                                    "33f4c354e56d", "objects": [incident(self.party, name)
                                                                for name in names]})
        self.json("file", "registry", "objects.json", "--key", "alice.key")

    def test_the_same_digest_every_time(self):
        self.file("one", "two")
        first = self.json("rebuild", "registry")
        self.assertIsNone(first["before"])
        self.assertIsNone(first["same"])
        self.assertEqual(first["size"], self.json("show", "registry")["size"])
        self.assertEqual(first["root"], self.json("show", "registry")["root"])
        self.assertEqual(len(first["digest"]), 64)
        again = self.json("rebuild", "registry")
        self.assertEqual((again["digest"], again["same"]), (first["digest"], True))
        self.assertEqual(again["before"], {"size": first["size"], "digest": first["digest"]})
        self.file("three")
        more = self.json("rebuild", "registry")
        self.assertIsNone(more["same"])
        self.assertEqual(more["before"]["size"], first["size"])
        self.assertIn("The record that was there had the same digest.",
                      self.ok("rebuild", "registry"))

    def test_an_altered_record_is_told_of_and_replaced(self):
        self.file("one")
        digest = self.json("rebuild", "registry")["digest"]
        record = sqlite3.connect(self.dir / "registry/index/record.sqlite")
        record.execute("UPDATE stamp SET digest = zeroblob(32)")
        record.commit()
        record.close()
        run = self.run_program("rebuild", "registry")
        self.assertEqual(run.code, 1, run)
        self.assertIn("DIFFERENT", run.out)
        self.assertIn("0" * 64, run.out.replace("\n", ""))
        again = self.json("rebuild", "registry")
        self.assertEqual((again["digest"], again["same"]), (digest, True))

    def test_an_index_that_is_no_database_is_made_anew(self):
        self.file("one")
        digest = self.json("rebuild", "registry")["digest"]
        self.write("registry/index/record.sqlite", "not a database")
        again = self.json("rebuild", "registry")
        self.assertEqual((again["digest"], again["before"]), (digest, None))

    def test_the_registrar_files_the_digest(self):
        self.file("one")
        made = self.json("rebuild", "registry", "--file-digest")
        entry = self.json("show", "registry", str(made["filed"]))
        self.assertEqual(entry["control"], "digest")
        self.assertEqual(self.json("show", "registry")["size"], made["filed"] + 1)
        self.assertIn(made["digest"], entry["says"])
        audited = self.json("audit", "registry")
        self.assertTrue(audited["clean"])
        self.assertEqual(audited["record"]["digests_checked"], 1)
        self.assertIsNone(self.json("audit", "registry", "--no-record")["record"])

    def test_none_is_filed_before_it_is_due(self):
        self.file("one")
        self.assertEqual(self.json("audit", "registry")["record"]["digests_checked"], 0)

    def checks(self, code=0):
        said = self.json("doctor", "registry", code=code)
        return {check["what"]: check for check in said["checks"]}

    def test_the_doctor_looks_at_the_record(self):
        self.assertEqual(self.checks()["index"]["result"], "note")
        digest = self.json("rebuild", "registry")["digest"]
        self.assertEqual(self.checks()["record"]["result"], "ok")
        self.assertIn(digest, self.checks()["record"]["detail"])
        self.file("one")
        self.assertIn("it stands at", self.checks()["record"]["detail"])
        (self.dir / "registry/index").chmod(0o777)
        self.assertEqual(self.checks(1)["index"]["result"], "problem")
        (self.dir / "registry/index").chmod(0o755)
        self.json("init", "other", "--origin", "other.example/comity", "--name", "O",
                  "--plain-keys")
        self.json("rebuild", "other")
        for name in ("record.sqlite", "record-admission.sqlite"):
            shutil.copy(self.dir / "other/index" / name, self.dir / "registry/index" / name)
        self.assertIn("another log", self.checks()["record"]["detail"])


class Compared(Case):
    """Two copies of a registry, each with its record."""

    def setUp(self):
        super().setUp()
        self.init()
        party = self.admit("alice")
        for number in range(12):
            self.write("object.json", incident(party, f"Incident {number}"))
            self.json("file", "registry", "object.json", "--key", "alice.key")
        self.json("rebuild", "registry")
        shutil.copytree(self.dir / "registry", self.dir / "copy")

    def alter(self, *statements):
        record = sqlite3.connect(self.dir / "copy/index/record.sqlite")
        for statement in statements:
            record.execute(*statement)
        record.commit()
        record.close()

    def test_the_same_record(self):
        said = self.json("audit", "registry", "--against", "copy")
        self.assertTrue(said["records"]["same"])
        shutil.rmtree(self.dir / "copy/index")
        self.assertIsNone(self.json("audit", "registry", "--against", "copy")["records"])
        self.assertIn("has none", self.ok("audit", "registry", "--against", "copy"))

    def test_records_that_part_are_named_at_the_entry(self):
        record = sqlite3.connect(self.dir / "copy/index/record.sqlite")
        changes = [row[0] for row in record.execute("SELECT changes FROM entry ORDER BY id")]
        record.close()
        changes[7] = hashlib.sha256(b"another").digest()
        digest = bytes(32)
        for change in changes:
            digest = hashlib.sha256(b"\x02" + digest + change).digest()
        self.alter(("UPDATE entry SET changes = ? WHERE id = 7", (changes[7],)),
                   ("UPDATE stamp SET digest = ?", (digest,)))
        said = self.json("audit", "registry", "--against", "copy", code=1)
        self.assertEqual(said["same_history"], True)
        self.assertEqual(said["records"]["first_difference"], 7)
        self.assertEqual(len(set(said["records"]["digests"])), 2)
        run = self.run_program("audit", "registry", "--against", "copy")
        self.assertIn("PART at entry 7", run.out)

    def test_a_record_that_contradicts_itself(self):
        self.alter(("UPDATE entry SET changes = zeroblob(32) WHERE id = 7", ()))
        said = self.json("audit", "registry", "--against", "copy", code=1)
        self.assertIsNotNone(said["records"]["contradiction"])

    def test_a_record_of_another_log(self):
        self.alter(("UPDATE stamp SET root = zeroblob(32)", ()))
        self.refused("record-of-another-log", "audit", "registry", "--against", "copy")


if __name__ == "__main__":
    main()
