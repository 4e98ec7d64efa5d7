"""An audit names whatever was damaged, withheld or forked; shells and man pages know every verb."""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

from harness import PROGRAM, Case, incident, main
from reference import read_reference


class Damage(Case):
    """A registry of some size, damaged in a fresh copy each time."""

    def setUp(self):
        super().setUp()
        self.init()
        self.json("import", "landmarks", "registry")
        party = self.admit("alice")
        self.write("h.json", incident(party, name="Hidden"))
        self.json("file", "registry", "h.json", "--key", "alice.key", "--hidden")
        # So many entries that there are full tiles: each filing of its own.
        for n in range(3):
            self.write("o.json", incident(party, name=f"No. {n}"))
            self.json("file", "registry", "o.json", "--key", "alice.key")

    def copy(self):
        shutil.rmtree(self.dir / "copy", ignore_errors=True)
        shutil.copytree(self.dir / "registry", self.dir / "copy")
        return self.dir / "copy"

    def audit(self, *options):
        return self.json("audit", "copy", "--trust", "registry/trust.json", *options, code=1)

    def test_an_older_checkpoint_keeps_the_entries_that_it_names(self):
        # As in a copy whose checkpoint was taken first, or where it was restored from a mirror.
        shutil.copy(self.dir / "registry/checkpoint", self.dir / "older")
        size = self.json("show", "registry")["size"]
        party = next(p["id"] for p in self.json("party", "list", "registry")["parties"]
                     if p["name"] == "alice")
        for n in range(257 - size):
            self.write("o.json", incident(party, name=f"Later {n}"))
            self.json("file", "registry", "o.json", "--key", "alice.key", "--party", party,
                      "--sign-only", f"{n}.f")
        self.json("file", "registry", *(f"{n}.f" for n in range(257 - size)), "--signed")
        copy = self.copy()
        shutil.rmtree(copy / "state")
        shutil.rmtree(copy / "index")
        shutil.copy(self.dir / "older", copy / "checkpoint")
        self.assertFalse((copy / f"tile/entries/000.p/{size}").exists())
        self.json("doctor", "copy", "--adopt")
        self.json("file", "copy", "0.f", "--signed")
        self.assertTrue(self.json("audit", "copy", "--checkpoint", "older")["clean"])

    def files(self, root):
        """The files that are the log, one of each kind at least."""
        size = self.json("show", "registry")["size"]
        found = [p for p in root.rglob("*") if p.is_file()]
        relative = {p.relative_to(root).as_posix(): p for p in found}
        return {name: path for name, path in relative.items()
                if (name.startswith("tile/") and name.endswith(f".p/{size}"))
                or name.startswith("segments/") or name == "checkpoint"}

    @staticmethod
    def names(said, name):
        """Of an index it is enough to name what it indexes."""
        return name in said or (name.endswith("/index") and name.removesuffix("/index") in said)

    def test_a_flipped_byte_is_named(self):
        kinds = sorted(self.files(self.copy()))
        self.assertGreaterEqual(len(kinds), 7, kinds)
        for name in kinds:
            path = self.copy() / name
            content = bytearray(path.read_bytes())
            content[len(content) // 2] ^= 0x20
            path.write_bytes(content)
            run = self.run_program("--json", "audit", "copy", "--trust", "registry/trust.json")
            self.assertEqual(run.code, 1, (name, run))
            if name == "checkpoint":
                self.assertNotEqual(json.loads(run.err)["error"], "fault")
                continue
            report = json.loads(run.out)
            said = json.dumps(report["findings"])
            self.assertTrue(self.names(said, name), run)
            self.assertTrue(all(f["advice"] for f in report["findings"]))

    def test_a_deleted_file_is_named(self):
        for name in self.files(self.copy()):
            if name == "checkpoint":
                continue
            os.remove(self.copy() / name)
            said = json.dumps(self.audit()["findings"])
            self.assertTrue(self.names(said, name), (name, said))

    def test_a_withheld_object_is_named(self):
        entry = self.json("show", "registry", "notpetya")["current"]["entry"]
        segment = self.copy() / "segments/public/00000000.seg"
        content = segment.read_bytes()
        name = content.index(b'"name":"NotPetya"')
        begin = content.rindex(b'{"type":"incident"', 0, name)
        end = content.index(b"CSEG", begin)
        raw = self.ok("show", "registry", "notpetya", "--raw")
        self.assertLess(begin + len(raw), end)
        zeros = bytes(16 + len(raw.encode()))
        segment.write_bytes(content[:begin - 16] + zeros + content[begin - 16 + len(zeros):])
        report = self.audit()
        found = {f["entry"]: f for f in report["findings"]}
        self.assertIn(entry, found, report)
        self.assertIn("withholds it", found[entry]["advice"])
        self.assertIn("segments/public/00000000.seg at byte ", found[entry]["files"][1])

    def test_an_audit_ends_behind_the_thousandth_finding(self):
        segments = self.copy() / "segments/public"
        for n in range(1001):
            (segments / f"stray-{n}").touch()
        report = self.audit()
        self.assertEqual({f["code"] for f in report["findings"]}, {"segment-unexpected"})
        self.assertEqual((len(report["findings"]), report["cut_short"]), (1000, True))
        run = self.run_program("audit", "copy", "--trust", "registry/trust.json")
        self.assertEqual(run.code, 1, run)
        self.assertIn("NOT CLEAN: 1,000 findings\n", run.out)
        self.assertEqual(run.out.count("segment-unexpected:"), 1000)
        self.assertIn("\n  The audit ended at these, and there are more", run.out)
        (segments / "stray-0").unlink()
        self.assertFalse(self.audit()["cut_short"])
        self.assertNotIn("The audit ended", self.run_program("audit", "copy").out)

    def test_a_copy_without_hidden_segments_is_audited(self):
        shutil.rmtree(self.copy() / "segments/hidden")
        shutil.rmtree(self.dir / "copy/private")
        shutil.rmtree(self.dir / "copy/state")
        said = self.json("audit", "copy", "--trust", "registry/trust.json", "--no-hidden")
        self.assertTrue(said["clean"])

    def test_a_forked_history_is_named(self):
        self.copy()
        self.json("doctor", "copy", "--adopt")
        for directory in ("registry", "copy"):
            self.write("o.json", incident("identity--00000000-0000-4000-8000-000000000000"))
            self.json("file", directory, "o.json")
        shutil.copy(self.dir / "registry/checkpoint", self.dir / "seen")
        report = self.json("audit", "copy", "--checkpoint", "seen", code=1)
        self.assertIn("log-forked", [f["code"] for f in report["findings"]])
        apart = self.json("audit", "registry", "--against", "copy", code=1)
        self.assertFalse(apart["same_history"])
        self.assertGreater(apart["first_difference"], 10)
        self.assertEqual(len(apart["checkpoints"]), 2)

    def test_an_earlier_copy_is_one_history_and_a_later_checkpoint_a_rollback(self):
        self.copy()
        self.write("o.json", incident("identity--00000000-0000-4000-8000-000000000000"))
        self.json("file", "registry", "o.json")
        self.assertTrue(self.json("audit", "registry", "--against", "copy")["same_history"])
        self.json("audit", "registry", "--checkpoint", "copy/checkpoint")
        report = self.json("audit", "copy", "--checkpoint", "registry/checkpoint", code=1)
        self.assertIn("log-rolled-back", [f["code"] for f in report["findings"]])

    def test_a_copy_is_not_written_to(self):
        self.copy()
        self.write("o.json", incident("identity--00000000-0000-4000-8000-000000000000"))
        self.refused("store-moved", "file", "copy", "o.json")
        self.assertFalse(self.json("doctor", "copy", code=1)["healthy"])
        self.json("doctor", "copy", "--adopt")
        self.assertTrue(self.json("doctor", "copy")["healthy"])

    def test_the_state_is_made_again(self):
        shutil.rmtree(self.dir / "registry/state")
        self.assertTrue(self.json("doctor", "registry")["healthy"])
        self.assertEqual(len(self.json("party", "list", "registry")["parties"]), 2)
        self.write("o.json", incident("identity--00000000-0000-4000-8000-000000000000"))
        self.json("file", "registry", "o.json")
        self.assertTrue(self.json("audit", "registry")["clean"])


class Scripts(Case):
    def test_man_pages(self):
        pages = self.json("man", "--to", "man")["pages"]
        verbs = read_reference(self.ok("help-markdown"))
        self.assertIn("key rotate", verbs)
        due = sorted(f"man/{'-'.join(['comity', *verb.split()])}.1" for verb in verbs)
        self.assertEqual(sorted(pages), due)
        self.assertEqual(sorted(f"man/{it.name}" for it in (self.dir / "man").iterdir()), due)
        for page in pages:
            done = subprocess.run(["groff", "-man", "-ww", "-Tutf8", page], cwd=self.dir,
                                  capture_output=True, check=True)
            self.assertEqual(done.stderr, b"", page)
            self.assertIn(b"EXIT STATUS", re.sub(rb"\x1b\[\d*m|.\x08", b"", done.stdout), page)
        self.assertIn(".TH COMITY-FILE 1", self.ok("man", "file"))

    def test_the_reference_is_the_programs(self):
        page = Path(__file__).parents[2] / "docs/reference/cli.md"
        said = self.ok("help-markdown")
        if os.environ.get("COMITY_UPDATE_GOLDEN"):
            page.write_text(said, encoding="utf-8")
        self.assertEqual(page.read_text(encoding="utf-8"), said,
                         "run with COMITY_UPDATE_GOLDEN=1 and review the difference")
        self.assertTrue(os.access(PROGRAM, os.X_OK))


if __name__ == "__main__":
    main()
