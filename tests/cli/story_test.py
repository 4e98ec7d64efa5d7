"""The whole way of a registry, by its command line."""

import base64
import hashlib
import json
import os
import stat
import time

from harness import AMBER, ORIGIN, Case, incident, main


def are_consistent(said):
    """RFC 9162, 2.1.4.2, over what `prove --consistency` says."""
    def node(left, right):
        return hashlib.sha256(b"\1" + left + right).digest()

    first, second = said["from"]["size"], said["to"]["size"]
    first_root, second_root = (base64.b64decode(said[side]["root"]) for side in ("from", "to"))
    path = [base64.b64decode(one) for one in said["proof"]]
    if first == second:
        return not path and first_root == second_root
    if first & (first - 1) == 0:
        path.insert(0, first_root)
    if not path:
        return False
    fn, sn = first - 1, second - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    fr = sr = path[0]
    for one in path[1:]:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            fr, sr = node(one, fr), node(one, sr)
            while fn and not fn & 1:
                fn, sn = fn >> 1, sn >> 1
        else:
            sr = node(sr, one)
        fn, sn = fn >> 1, sn >> 1
    return fr == first_root and sr == second_root and sn == 0


class Founding(Case):
    def test_init_makes_what_it_says(self):
        made = self.init()
        trust = json.loads((self.dir / "registry/trust.json").read_text())
        self.assertEqual(trust, {name: made[name] for name in
                                 ("origin", "vkey", "receipt_key", "registrar")})
        private = self.dir / "registry/private"
        self.assertEqual(stat.S_IMODE(private.stat().st_mode), 0o700)
        for key in ("note.key", "receipt.key", "registrar.key"):
            self.assertEqual(stat.S_IMODE((private / key).stat().st_mode), 0o600)
        self.assertTrue(self.json("audit", "registry")["clean"])
        self.assertTrue(self.json("doctor", "registry")["healthy"])

    def test_a_refused_init_leaves_nothing(self):
        for origin in ("", "a b", "a+b"):
            self.refused("origin-malformed", "init", "r", "--origin", origin, "--name", "X",
                         "--plain-keys")
        self.refused("passphrase-missing", "init", "r", "--origin", ORIGIN, "--name", "X")
        self.refused("charter-malformed", "init", "r", "--origin", ORIGIN, "--name", "X",
                     "--plain-keys", "--admission", "sponsors", "--sponsors", "1", "--groups", "2")
        self.assertEqual(list(self.dir.iterdir()), [])

    def test_a_directory_with_something_in_it_is_left_alone(self):
        (self.dir / "r").mkdir()
        self.write("r/mine", "mine")
        self.refused("directory-not-empty", "init", "r", "--origin", ORIGIN, "--name", "X",
                     "--plain-keys")
        self.assertEqual([p.name for p in (self.dir / "r").iterdir()], ["mine"])

    def test_keys_under_a_passphrase(self):
        self.write("right", "correct horse\n")
        self.write("wrong", "battery\n")
        self.json("init", "registry", "--origin", ORIGIN, "--name", "X", "--passphrase-file",
                  "right")
        self.json("key", "new", "a.key", "--passphrase-file", "right")
        for file in (self.dir / "a.key", *(self.dir / "registry/private").glob("*.key")):
            # docs/formats/key-file.md: passes of argon2id, and KiB of memory.
            self.assertRegex(file.read_text(), r"\nsealed 3 262144 [^ ]+ [^ ]+ [^ ]+\n\Z", file)
        self.write("o.json", incident("identity--" + "0" * 8 + "-0000-4000-8000-" + "0" * 12))
        self.refused("key-file-not-opened", "file", "registry", "o.json", "--passphrase-file",
                     "wrong")
        self.refused("passphrase-missing", "file", "registry", "o.json")
        self.ok("file", "registry", "o.json", "--passphrase-file", "right")


class Keys(Case):
    def test_a_key_is_made_shown_and_resealed(self):
        made = self.json("key", "new", "a.key", "--algorithm", "es256", "--plain")
        self.assertEqual(self.json("key", "show", "a.key"), made)
        self.refused("file-exists", "key", "new", "a.key", "--plain")
        self.write("p", "secret\n")
        self.json("key", "passphrase", "a.key", "--new-passphrase-file", "p")
        shown = self.json("key", "show", "a.key")
        self.assertEqual((shown["kid"], shown["sealed"]), (made["kid"], True))
        self.assertEqual(stat.S_IMODE((self.dir / "a.key").stat().st_mode), 0o600)
        self.json("key", "passphrase", "a.key", "--plain", "--passphrase-file", "p")
        self.assertFalse(self.json("key", "show", "a.key")["sealed"])

    def test_rotation_and_revocation(self):
        self.init()
        party = self.admit("alice")
        self.json("key", "new", "b.key", "--plain")
        self.json("key", "new", "c.key", "--plain")
        self.json("key", "rotate", "registry", "--key", "alice.key", "--new", "b.key")
        self.write("o.json", incident(party))
        self.refused("key-revoked", "file", "registry", "o.json", "--key", "alice.key")
        self.json("file", "registry", "o.json", "--key", "b.key")
        added = self.json("key", "add", "registry", "--key", "b.key", "--new", "c.key", "--custody")
        self.refused("custody-limited", "key", "revoke", "registry", "--key", "c.key", "--kid",
                     added["added"])
        self.json("key", "revoke", "registry", "--key", "b.key", "--kid", added["added"])
        keys = self.json("show", "registry", party)["keys"]
        self.assertEqual([k["revoked_at"] is None for k in keys], [False, True, False])
        self.assertTrue(self.json("audit", "registry")["clean"])

    def test_the_registrars_own_key_is_replaced(self):
        self.init()
        self.json("key", "new", "b.key", "--plain")
        self.json("key", "rotate", "registry", "--new", "b.key")
        self.json("import", "landmarks", "registry")
        self.assertTrue(self.json("doctor", "registry")["healthy"])
        self.assertTrue(self.json("audit", "registry")["clean"])


class Parties(Case):
    def test_sponsors_admit(self):
        founded = self.init("registry", "--admission", "sponsors", "--sponsors", "1", "--groups",
                            "1")
        party = self.admit("alice", admit=False)
        done = self.json("party", "admit", "registry", "alice.json", "--as", founded["registrar"],
                         "--key", "registry/private/registrar.key")
        self.assertTrue(done["admitted"])
        self.assertIn(party, [p["id"] for p in self.json("party", "list", "registry")["parties"]])

    def test_two_sponsors_are_needed(self):
        self.init("registry", "--admission", "sponsors", "--sponsors", "2", "--groups", "2")
        self.admit("alice", admit=False)
        done = self.json("party", "admit", "registry", "alice.json")
        self.assertEqual((done["admitted"], done["sponsorships"]), (False, 1))

    def test_suspension(self):
        self.init()
        party = self.admit("alice")
        self.write("o.json", incident(party))
        done = self.json("party", "suspend", "registry", party)
        self.assertEqual((done["effective"], done["suspended"]), (True, True))
        self.refused("party-suspended", "file", "registry", "o.json", "--key", "alice.key")
        self.json("party", "reinstate", "registry", party)
        self.json("file", "registry", "o.json", "--key", "alice.key")
        listed = self.json("party", "list", "registry")["parties"]
        self.assertEqual(sorted((p["name"], p["suspended"]) for p in listed),
                         [("The Registrar", False), ("alice", False)])
        self.assertEqual(len(self.json("show", "registry", party)["history"]), 4)

    def test_an_application_for_another_registry_is_refused(self):
        self.init()
        self.json("key", "new", "a.key", "--plain")
        self.json("party", "apply", "--name", "A", "--group", "media", "--key", "a.key", "--origin",
                  "elsewhere.org/log", "--out", "a.json")
        self.refused("key-proof-invalid", "party", "admit", "registry", "a.json")
        self.write("b.json", {"objects": []})
        self.refused("application-malformed", "party", "admit", "registry", "b.json")
        self.write("c.json", " " * (1 << 20) + "{}")
        self.refused("file-too-large", "party", "admit", "registry", "c.json")


class Filing(Case):
    def setUp(self):
        super().setUp()
        self.init()
        self.party = self.admit("alice")

    def file(self, *args, **how):
        return self.json("file", "registry", *args, "--key", "alice.key", **how)

    def test_bytes_are_kept_as_they_stand(self):
        odd = json.dumps(incident(self.party), indent=3).replace('"name"', ' "name" ')
        other = json.dumps(incident(self.party, name="Zoë"), ensure_ascii=False)
        self.write("b.json", f'{{"type":"bundle","id":"bundle--x","objects":[{odd} ,\n{other}]}}')
        done = self.file("b.json", "--receipts", "proofs")
        self.assertEqual((done["objects"], len(done["filings"])), (2, 1))
        self.assertEqual(self.ok("show", "registry", json.loads(odd)["id"], "--raw"), odd)
        self.assertEqual(self.ok("show", "registry", json.loads(other)["id"], "--raw"), other)
        proofs = self.dir / "proofs" / str(done["filings"][0]["entry"])
        verified = self.json("verify", "--trust", "registry/trust.json", str(proofs), "--party-key",
                             "alice.key")
        self.assertEqual([c["result"] for c in verified["checks"]],
                         ["proved", "proved", "proved", "not-checked"])

    def test_json_lines_from_standard_input(self):
        lines = "\n".join(json.dumps(incident(self.party)) for _ in range(3))
        self.assertEqual(self.file("-", stdin=lines.encode())["objects"], 3)

    def test_the_same_statement_again_is_the_same_entry(self):
        self.write("o.json", incident(self.party))
        self.json("file", "registry", "o.json", "--key", "alice.key", "--party", self.party,
                  "--sign-only", "o.filing")
        verified = self.json("verify", "--filing", "o.filing", "--party-key", "alice.key")
        self.assertTrue(verified["verified"])
        first = self.json("file", "registry", "o.filing", "--signed")["filings"][0]
        again = self.json("file", "registry", "o.filing", "--signed")["filings"][0]
        self.assertEqual((first["already_filed"], again["already_filed"]), (False, True))
        self.assertEqual(first["entry"], again["entry"])
        self.refused("version-taken", "file", "registry", "o.json", "--key", "alice.key")
        skipped = self.file("o.json", "--skip-filed")
        self.assertEqual((skipped["objects"], skipped["skipped"]), (0, 1))

    def test_check_only_files_nothing(self):
        self.write("o.json", incident(self.party))
        before = self.json("show", "registry")["size"]
        self.assertEqual(self.file("o.json", "--check-only")["objects"], 1)
        self.assertEqual(self.json("show", "registry")["size"], before)

    def test_hidden_objects_are_disclosed(self):
        secret = incident(self.party, name="A secret", markings=(AMBER,))
        self.write("o.json", secret)
        self.refused("object-not-public", "file", "registry", "o.json", "--key", "alice.key")
        entry = self.file("o.json", "--reader", self.party)["filings"][0]["entry"]
        self.refused("object-unknown", "show", "registry", secret["id"])
        item = self.json("show", "registry", entry)["items"][0]
        self.assertEqual((item["hidden"], item["id"]), (True, None))
        self.json("item", "disclose", "registry", entry, "0")
        self.assertEqual(json.loads(self.ok("show", "registry", secret["id"], "--raw")), secret)
        # In the same second it is the same statement; later it is another, and refused.
        time.sleep(1.1)
        self.refused("item-disclosed", "item", "disclose", "registry", entry, "0")
        self.assertTrue(self.json("audit", "registry")["clean"])

    def test_sealed_objects_are_disclosed_by_what_was_kept(self):
        secret = incident(self.party, name="Evidence")
        self.write("o.json", secret)
        done = self.file("o.json", "--sealed", "--receipts", "kept")["filings"][0]
        kept = self.dir / done["sealed"]
        self.assertEqual(stat.S_IMODE(kept.stat().st_mode), 0o600)
        self.assertEqual(len(list((self.dir / "kept").glob("*.sealed"))), 1)
        self.refused("item-not-at-hand", "item", "disclose", "registry", done["entry"], "0")
        self.json("item", "disclose", "registry", done["entry"], "0", "--sealed-file", kept)
        self.assertEqual(json.loads(self.ok("show", "registry", secret["id"], "--raw")), secret)
        self.assertTrue(self.json("audit", "registry")["clean"])

    def test_erasure_and_hold(self):
        kept, gone = incident(self.party, name="Kept"), incident(self.party, name="Gone")
        self.write("o.jsonl", json.dumps(kept) + "\n" + json.dumps(gone))
        entry = self.file("o.jsonl")["filings"][0]["entry"]
        why = ("--ground", "a private person", "--authority", "court order 5/26")
        self.json("item", "hold", "registry", entry, "1", *why)
        self.refused("item-held", "item", "erase", "registry", entry, "1", *why)
        self.refused("content-not-shown", "show", "registry", gone["id"], "--raw")
        self.json("item", "release", "registry", entry, "1", *why)
        self.json("item", "erase", "registry", entry, "1", *why)
        shown = self.ok("show", "registry", gone["id"])
        self.assertIn("ERASED", shown)
        self.assertIn("court order 5/26", shown)
        self.assertEqual(json.loads(self.ok("show", "registry", kept["id"], "--raw")), kept)
        for segment in (self.dir / "registry/segments").rglob("*.seg"):
            self.assertNotIn(b"Gone", segment.read_bytes())
        audited = self.json("audit", "registry")
        self.assertEqual((audited["clean"], audited["erased_objects"]), (True, 1))

    def test_what_was_erased_stands_in_no_file(self):
        words = ["zyxommaubqvkzwjhx", "zyxommahwqjxkzvub"]  # the full text keeps their ends
        self.write("o.json", incident(self.party, name=words[0], description=words[1]))
        entry = self.file("o.json")["filings"][0]["entry"]

        def files():
            return [path for path in (self.dir / "registry").rglob("*") if path.is_file() and any(
                word[-8:].encode() in path.read_bytes() for word in words)]

        self.assertEqual(self.json("search", "registry", words[0])["count"], 1)  # folds
        self.assertTrue(any("index" in path.parts for path in files()))
        self.json("item", "erase", "registry", entry, "0", "--ground", "g", "--authority", "a")
        self.assertEqual(files(), [])  # before anybody reads again

    def test_what_is_not_an_object_is_refused_by_its_place(self):
        self.write("o.jsonl", json.dumps(incident(self.party)) + '\n{"type":"incident"}')
        self.assertIn("o.jsonl, object 2",
                      self.refused("object-malformed", "file", "registry", "o.jsonl"))
        self.write("o.json", '{"a":1,"a":2}')
        self.refused("json-duplicate-key", "file", "registry", "o.json")
        self.write("o.json", " ")
        self.refused("input-empty", "file", "registry", "o.json")
        self.refused("file-missing", "file", "registry", "nowhere.json")

    def test_another_partys_key_is_refused(self):
        other = self.admit("bob")
        self.write("o.json", incident(self.party))
        self.refused("key-not-issuers", "file", "registry", "o.json", "--party", other, "--key",
                     "alice.key")
        self.json("key", "new", "x.key", "--plain")
        self.refused("key-unknown", "file", "registry", "o.json", "--key", "x.key")

    def test_hostile_names_do_not_steer_the_terminal(self):
        self.write("o.json", incident(self.party, name="a\x1b[2Jb\u202ec", identifier=(
            "incident--00000000-0000-4000-8000-000000000001")))
        self.file("o.json")
        shown = self.ok("show", "registry", "incident--00000000-0000-4000-8000-000000000001")
        self.assertIn("a?[2Jb?c", shown)
        self.assertNotIn("\x1b", shown)


class Landmarks(Case):
    def test_import_is_repeatable_and_readable(self):
        self.init()
        first = self.json("import", "landmarks", "registry")
        self.assertGreater(first["objects"], 500)
        again = self.json("import", "landmarks", "registry")
        self.assertEqual((again["filings"], again["unchanged"]), (0, first["objects"]))
        shown = self.ok("show", "registry", "notpetya")
        for words in ("27 June 2017", "UK (state)", '"Russian military"', "paraphrase", "DOUBTFUL",
                      "Responses (3)", "sanctions: GTsST", "EU", "https://", "authoritative"):
            self.assertIn(words, shown)
        self.assertNotIn("identity--", shown)
        self.assertIn("denial", self.ok("show", "registry", "triangulation"))
        self.assertIn("UN-GGE-2015", self.ok("show", "registry", "UN-13a"))
        story = self.json("show", "registry", "notpetya")
        self.assertEqual(story["current"]["object"]["name"], "NotPetya")
        self.assertIn("object-unknown", self.run_program("show", "registry", "nothing-such").err)
        self.assertTrue(self.json("audit", "registry")["clean"])


class Proofs(Case):
    def setUp(self):
        super().setUp()
        self.init()
        self.founded = (self.dir / "registry/checkpoint").read_text().splitlines()
        self.json("import", "landmarks", "registry")
        self.json("prove", "registry", "7", "--out", "p")
        self.trust = ("--trust", "registry/trust.json")

    def test_tampered_files_are_refuted(self):
        self.assertTrue(self.json("verify", *self.trust, "p")["verified"])
        for name in ("p.receipt", "p.tlog-proof", "p.statement"):
            whole = (self.dir / name).read_bytes()
            for at in (len(whole) // 3, len(whole) - 10):
                changed = bytearray(whole)
                changed[at] ^= 1
                (self.dir / name).write_bytes(changed)
                run = self.run_program("--json", "verify", *self.trust, "p")
                self.assertEqual(run.code, 1, (name, at, run))
            (self.dir / name).write_bytes(whole)

    def test_another_registrys_proof_is_refuted(self):
        self.init("other")
        said = self.json("verify", "--trust", "other/trust.json", "p", code=1)
        self.assertEqual({c["result"] for c in said["checks"][:2]}, {"refuted"})

    def test_another_statement_is_refuted(self):
        self.json("prove", "registry", "8", "--out", "q")
        said = self.json("verify", *self.trust, "--statement", "q.statement", "--receipt",
                         "p.receipt", code=1)
        self.assertFalse(said["verified"])

    def test_without_the_key_there_is_a_tlog_proof(self):
        os.remove(self.dir / "registry/private/receipt.key")
        made = self.json("prove", "registry", "7", "--out", "k")
        self.assertIsNone(made["receipt"])
        self.assertTrue(self.json("verify", *self.trust, "k")["verified"])

    def test_one_proof_is_enough_and_none_is_refused(self):
        signer = ("--party-key", "registry/private/registrar.key")
        for name in ("p.receipt", "p.tlog-proof"):
            whole = (self.dir / name).read_bytes()
            os.remove(self.dir / name)
            self.assertTrue(self.json("verify", *self.trust, "p", *signer)["verified"])
            (self.dir / name).write_bytes(whole)
        os.remove(self.dir / "p.receipt")
        os.remove(self.dir / "p.tlog-proof")
        self.refused("proof-missing", "verify", *self.trust, "p", *signer)
        self.refused("proof-missing", "verify", *self.trust, "p")

    def test_consistency(self):
        checkpoint = (self.dir / "registry/checkpoint").read_text().splitlines()
        size = int(checkpoint[1])
        for first in (1, 2, 3, 7, 8, 64, size - 1, size):
            proof = self.json("prove", "registry", "--consistency", first)
            self.assertEqual((proof["from"]["size"], proof["to"]["size"]), (first, size))
            self.assertEqual(proof["to"]["root"], checkpoint[2])
            self.assertTrue(are_consistent(proof), proof)
            if first == 2:  # as it was signed when the registry was made
                self.assertEqual(proof["from"]["root"], self.founded[2])
            for at in range(len(proof["proof"])):
                altered = [*proof["proof"]]
                altered[at] = proof["to"]["root"]
                self.assertFalse(are_consistent({**proof, "proof": altered}))
        self.refused("entry-out-of-range", "prove", "registry", "--consistency", "1000000")
        self.refused("entry-out-of-range", "prove", "registry", "1000000")


if __name__ == "__main__":
    main()
