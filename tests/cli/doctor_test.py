"""`comity doctor` on each thing that can be wrong around a registry, one at a time."""

import fcntl
import shutil

from harness import Case, main


class Doctor(Case):
    def setUp(self):
        super().setUp()
        self.init()
        self.private = self.dir / "registry/private"

    def look(self):
        """{what: check}, once the code has been held against the results."""
        run = self.run_program("--json", "doctor", "registry")
        said = self.json("doctor", "registry", code=run.code)
        ill = any(check["result"] == "problem" for check in said["checks"])
        self.assertEqual((said["healthy"], run.code), (not ill, 1 if ill else 0), run)
        return {check["what"]: check for check in said["checks"]}

    def expect(self, what, result, detail="", todo=""):
        """That this is said of it, and no problem named elsewhere."""
        found = self.look()
        self.assertIn(what, found)
        self.assertEqual(found[what]["result"], result, found[what])
        self.assertIn(detail, found[what]["detail"])
        self.assertIn(todo, found[what]["todo"])
        ill = [name for name, check in found.items() if check["result"] == "problem"]
        self.assertEqual(ill, [what] if result == "problem" else [])

    def test_all_is_well(self):
        found = self.look()
        self.assertEqual({check["result"] for check in found.values()} - {"note"}, {"ok"})
        for what in ("checkpoint", "registry/private", "registry/private/note.key", "place", "lock",
                     "space", "clock", "remains", "state", "registrar"):
            self.assertEqual(found[what]["result"], "ok", found)

    def test_modes(self):
        for name, mode, wanted in (("note.key", 0o644, "chmod 600"),
                                   ("receipt.key", 0o660, "chmod 600"),
                                   ("registrar.key", 0o602, "chmod 600")):
            (self.private / name).chmod(mode)
            self.expect(f"registry/private/{name}", "problem", "others may read or change", wanted)
            (self.private / name).chmod(0o600)
        self.private.chmod(0o711)
        self.expect("registry/private", "problem", "others may read or change", "chmod 700")
        self.private.chmod(0o700)
        self.expect("registry/private", "ok")

    def test_missing_keys(self):
        for name in ("note.key", "receipt.key"):
            (self.private / name).rename(self.dir / "away")
            self.expect(f"registry/private/{name}", "problem", "is missing", "Restore it")
            (self.dir / "away").rename(self.private / name)
        self.private.rename(self.dir / "away")
        self.expect("registry/private", "problem", "is missing", "Restore it")

    def test_wrong_keys(self):
        self.init("other")
        for name, what, detail in (
                ("note.key", "registry/private/note.key", "is not the key of trust.json's vkey"),
                ("receipt.key", "registry/private/receipt.key", "is not trust.json's receipt_key"),
                ("registrar.key", "registrar", "is no active key of the registrar")):
            (self.private / name).rename(self.dir / "away")
            shutil.copy(self.dir / "other/private" / name, self.private / name)
            self.expect(what, "problem", detail)
            (self.dir / "away").replace(self.private / name)
        key = self.private / "note.key"
        whole = key.read_bytes()
        key.write_bytes(b"no key")
        self.expect("registry/private/note.key", "problem", "key-file-malformed")
        key.write_bytes(whole)

    def test_tokens(self):
        tokens = self.private / "tokens.json"
        self.assertNotIn("registry/private/tokens.json", self.look())
        tokens.write_text('{"version": 1, "tokens": []}')
        self.expect("registry/private/tokens.json", "ok", "0 tokens")
        tokens.write_text("nonsense")
        self.expect("registry/private/tokens.json", "problem", "tokens-malformed")

    def test_remains_of_a_batch(self):
        (self.dir / "registry/tile/0/000.p/250").write_bytes(bytes(32 * 250))
        self.expect("remains", "note", "1 file lies beyond the checkpoint", "Nothing")
        found = self.look()["remains"]
        self.assertIn("tile/0/000.p/250", found["detail"])
        self.json("import", "landmarks", "registry")  # the next writer removes it
        self.expect("remains", "ok")

    def test_a_writer_at_work(self):
        with open(self.dir / "registry/lock", "r+b") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            self.expect("lock", "note", "another process", "Wait")
        self.expect("lock", "ok")

    def test_the_state_behind_the_log(self):
        state = self.dir / "registry/state"
        shutil.copytree(state, self.dir / "before")
        self.json("import", "landmarks", "registry")
        shutil.rmtree(state)
        self.expect("state", "note", "there is none", "replays")
        shutil.rmtree(state, ignore_errors=True)
        shutil.copytree(self.dir / "before", state)
        self.expect("state", "note", "it stands at 2 entries", "replays")

    def test_an_index_that_others_may_write_to(self):
        self.json("show", "registry")
        index = self.dir / "registry/index"
        index.chmod(index.stat().st_mode | 0o002)
        self.expect("index", "problem", "others may write", "chmod o-w")


if __name__ == "__main__":
    main()
