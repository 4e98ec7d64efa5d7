"""`comity token`: given out once, kept as a hash, listed, revoked."""

import fcntl
import hashlib
import json
import stat
import uuid

from harness import Case, main

TOKEN = r"^comity_[A-Za-z0-9_-]{43}$"
REFUSED = "tokens-malformed"


class Token(Case):
    def setUp(self):
        super().setUp()
        self.init()
        self.party = self.admit("alice")
        self.private = self.dir / "registry/private"
        self.file = self.private / "tokens.json"

    def new(self, *options):
        return self.json("token", "new", "registry", "--party", self.party, *options)

    def listed(self):
        return self.json("token", "list", "registry")["tokens"]

    def test_a_token_is_shown_once_and_kept_as_a_hash(self):
        self.assertEqual(self.listed(), [])
        self.assertFalse(self.file.exists())
        made = self.new("--label", "night shift", "--requests-per-second", "50", "--burst", "200")
        token = made.pop("token")
        self.assertRegex(token, TOKEN)
        digest = hashlib.sha256(token.encode()).hexdigest()
        self.assertEqual((made["id"], made["party"], made["label"]),
                         (digest[:12], self.party, "night shift"))
        self.assertEqual((made["requests_per_second"], made["burst"]), (50, 200))
        self.assertEqual(stat.S_IMODE(self.file.stat().st_mode), 0o600)
        kept = json.loads(self.file.read_text())
        self.assertEqual([it["sha256"] for it in kept["tokens"]], [digest])
        for path in self.dir.rglob("*"):
            if path.is_file():
                self.assertNotIn(token.removeprefix("comity_").encode(), path.read_bytes(), path)
        self.assertEqual(self.listed(), [made])
        text = self.ok("token", "list", "registry")
        for said in (made["id"], self.party, "night shift", "50/s, burst 200", "1 token\n"):
            self.assertIn(said, text)
        self.assertNotIn("comity_", text)
        self.assertNotIn(digest[:13], text)

    def test_what_people_read(self):
        said = self.ok("token", "new", "registry", "--party", self.party)
        (token,) = (line.strip() for line in said.splitlines() if "comity_" in line)
        self.assertRegex(token, TOKEN)
        self.assertIn("SIGHUP", said)
        (kept,) = self.listed()
        self.assertEqual((kept["label"], kept["requests_per_second"], kept["burst"]),
                         ("", None, None))
        self.assertIn("the server's", self.ok("token", "list", "registry"))

    def test_revoked_tokens_are_gone(self):
        first, second = self.new("--label", "first"), self.new("--label", "second")
        self.assertNotEqual(first["token"], second["token"])
        revoked = self.json("token", "revoke", "registry", first["id"])
        self.assertEqual((revoked["id"], revoked["label"]), (first["id"], "first"))
        self.assertEqual([it["id"] for it in self.listed()], [second["id"]])
        self.assertEqual(stat.S_IMODE(self.file.stat().st_mode), 0o600)
        for gone in (first["id"], second["id"][:11], "", second["token"]):
            self.refused("token-id-unknown", "token", "revoke", "registry", gone)
        self.ok("token", "revoke", "registry", second["id"])
        self.assertEqual(self.listed(), [])

    def test_whom_it_is_for(self):
        self.refused("party-id-malformed", "token", "new", "registry", "--party", "alice")
        self.refused("party-unknown", "token", "new", "registry", "--party",
                     f"identity--{uuid.uuid4()}")
        applied = self.admit("bob", admit=False)
        self.refused("party-unknown", "token", "new", "registry", "--party", applied)
        for label in ("x" * 101, "a\nb", "a\x1b[31mb"):
            self.refused("token-label-malformed", "token", "new", "registry", "--party",
                         self.party, "--label", label)
        for option, value in (("--burst", "0"), ("--burst", "-1"), ("--burst", "1.5"),
                              ("--requests-per-second", "1000001"),
                              ("--requests-per-second", "many")):
            run = self.run_program("token", "new", "registry", "--party", self.party, option, value)
            self.assertEqual(run.code, 2, run)
        self.assertEqual(self.run_program("token", "new", "registry").code, 2)
        self.assertFalse(self.file.exists())
        self.assertEqual(self.new("--requests-per-second", "0")["requests_per_second"], 0)

    def test_where_there_is_no_registry(self):
        (self.dir / "empty").mkdir()
        for name in ("nowhere", "empty"):
            self.refused("log-missing", "token", "new", name, "--party", self.party)
            self.refused("log-missing", "token", "list", name)
            self.refused("log-missing", "token", "revoke", name, "3f9c0a51b2de")
        self.private.rename(self.dir / "away")  # as in a mirror
        self.refused("file-missing", "token", "new", "registry", "--party", self.party)
        self.assertEqual(self.listed(), [])
        self.assertFalse(self.private.exists())

    def test_a_file_that_is_none_stays_as_it_is(self):
        made = self.new()
        good = json.loads(self.file.read_text())
        (token,) = good["tokens"]
        for bad in ({}, {**good, "version": 2}, {**good, "more": 1}, {**good, "tokens": [{}]},
                    {**good, "tokens": [token, token]},
                    {**good, "tokens": [{**token, "token": "x"}]},
                    {**good, "tokens": [{**token, "sha256": "x"}]}):
            self.file.write_text(json.dumps(bad))
            self.refused(REFUSED, "token", "list", "registry")
            self.refused(REFUSED, "token", "new", "registry", "--party", self.party)
            self.refused(REFUSED, "token", "revoke", "registry", made["id"])
            self.refused(REFUSED, "serve", "registry", "--listen", "127.0.0.1:0")
            self.assertEqual(json.loads(self.file.read_text()), bad)
        self.file.write_text("x" * (5 << 20))
        self.refused("file-too-large", "token", "list", "registry")

    def test_there_are_so_many_at_most(self):
        self.new()
        good = json.loads(self.file.read_text())
        (token,) = good["tokens"]
        digests = (hashlib.sha256(str(n).encode()).hexdigest() for n in range(4096))
        good["tokens"] = [{**token, "sha256": digest} for digest in digests]
        self.file.write_text(json.dumps(good))
        self.refused("tokens-too-many", "token", "new", "registry", "--party", self.party)
        tokens = self.listed()
        self.assertEqual(len(tokens), 4096)
        self.json("token", "revoke", "registry", tokens[17]["id"])
        self.new()
        self.assertEqual(len(self.listed()), 4096)

    def test_two_changes_at_a_time_are_kept_apart(self):
        made = self.new()
        with open(self.private / "tokens.lock", "rb") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            self.refused("registry-locked", "token", "new", "registry", "--party", self.party)
            self.refused("registry-locked", "token", "revoke", "registry", made["id"])
            self.assertEqual([it["id"] for it in self.listed()], [made["id"]])
        self.new()
        self.assertEqual(len(self.listed()), 2)


if __name__ == "__main__":
    main()
