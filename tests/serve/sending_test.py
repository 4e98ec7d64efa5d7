"""What the registrar and parties file with --to, through a server that has the registry open."""

import json
import subprocess

from served import PROGRAM, ServedCase, incident, main

WHY = ("--ground", "a private person", "--authority", "court order 5/26")


class Sending(ServedCase):
    def setUp(self):
        super().setUp()
        # What a party far away has: trust.json alone.
        (self.dir / "known").mkdir()
        (self.dir / "known/trust.json").write_bytes(self.read("trust.json"))

    def begin(self):
        self.server = self.serve()
        self.to = ("--to", self.server.address)

    def end(self):
        """The log that came of it, after the server."""
        self.assertEqual(self.server.stop(), 0)
        audited = self.json("audit", "registry")
        self.assertTrue(audited["clean"])
        return audited

    def far(self, key, party=None):
        """The options of a party far away."""
        return ("--key", key, "--party", party or self.party, *self.to)

    def file(self, key, party=None):
        self.write("o.json", incident(party or self.party))
        return ("file", "known", "o.json", *self.far(key, party))

    def test_the_registrar_decides_about_parties(self):
        bob = self.admit("bob", admit=False)
        self.begin()
        self.refused("key-unknown", *self.file("bob.key", bob))
        done = self.json("party", "admit", "registry", "bob.json", *self.to)
        self.assertEqual((done["party"], done["admitted"], done["sponsorships"]),
                         (bob, None, None))
        self.assertIn("is admitted unless",
                      self.ok("party", "admit", "registry", "bob.json", *self.to))
        self.json(*self.file("bob.key", bob))
        # The same from afar, by whoever has the key.
        by = ("--as", self.json_of_trust()["registrar"], "--key", "registry/private/registrar.key")
        self.json("party", "suspend", "known", bob, *by, *self.to)
        self.refused("party-suspended", *self.file("bob.key", bob))
        done = self.json("party", "reinstate", "registry", bob, *self.to)
        self.assertEqual((done["effective"], done["suspended"]), (None, None))
        self.json(*self.file("bob.key", bob))
        # Who reads the record does so beside the server.
        listed = self.json("party", "list", "registry")["parties"]
        self.assertIn((bob, "bob", False), [(p["id"], p["name"], p["suspended"]) for p in listed])
        self.end()
        self.assertEqual(self.json("party", "list", "registry")["parties"], listed)

    def json_of_trust(self):
        return json.loads(self.read("trust.json"))

    def test_parties_change_their_keys(self):
        kid = {name: self.json("key", "new", f"{name}.key", "--plain")["kid"]
               for name in ("second", "third")}
        self.begin()
        added = self.json("key", "add", "known", "--new", "second.key", *self.far("alice.key"))
        self.assertEqual((added["party"], added["added"]), (self.party, kid["second"]))
        self.json(*self.file("second.key"))
        rotated = self.json("key", "rotate", "known", "--new", "third.key",
                            *self.far("second.key"))
        self.assertEqual((rotated["added"], rotated["revoked"]), (kid["third"], kid["second"]))
        self.refused("key-revoked", *self.file("second.key"))
        alice = self.json("key", "show", "alice.key")["kid"]
        self.json("key", "revoke", "known", "--kid", alice, *self.far("third.key"))
        self.refused("key-revoked", *self.file("alice.key"))
        self.json(*self.file("third.key"))
        self.end()

    def test_whose_key_it_is_must_be_said(self):
        self.json("key", "new", "second.key", "--plain")
        self.begin()
        add = ("key", "add", "known", "--new", "second.key", *self.to)
        self.refused("party-missing", *add)
        self.refused("party-missing", *add, "--key", "alice.key")
        self.refused("party-missing", *add, "--party", self.party)
        self.refused("party-missing", "item", "hold", "known", "1", "0", *WHY, *self.to)
        self.end()

    def test_a_server_keeps_its_key(self):
        self.json("key", "new", "second.key", "--plain")
        kid = self.json("key", "show", "registry/private/registrar.key")["kid"]
        before = self.read("private/registrar.key")
        self.begin()
        for what in (("rotate", "registry", "--new", "second.key"),
                     ("revoke", "registry", "--kid", kid)):
            said = self.refused("registrar-key-served", "key", *what, *self.to)
            self.assertIn("stop it", said)
        self.json("key", "add", "registry", "--new", "second.key", *self.to)
        self.end()
        self.assertEqual(self.read("private/registrar.key"), before)

    def test_the_registrar_acts_on_items(self):
        gone, secret = incident(self.party, "Gone"), incident(self.party, "Secret")
        self.write("gone.json", gone)
        self.write("secret.json", secret)
        self.begin()
        entry = [self.json("file", "known", *what, *self.far("alice.key"))["filings"][0]["entry"]
                 for what in (("gone.json",), ("secret.json", "--hidden"),
                              ("secret.json", "--sealed"))]
        held = self.json("item", "hold", "registry", entry[0], "0", *WHY, *self.to)
        self.assertEqual((held["state"], held["already_filed"]), ("on hold", False))
        self.refused("item-held", "item", "erase", "registry", entry[0], "0", *WHY, *self.to)
        self.json("item", "release", "registry", entry[0], "0", *WHY, *self.to)
        self.json("item", "erase", "registry", entry[0], "0", *WHY, *self.to)
        # What is hidden is read in the directory, beside the server.
        self.refused("item-not-at-hand", "item", "disclose", "registry", entry[2], "0", *self.to)
        self.json("item", "disclose", "registry", entry[1], "0", *self.to)
        sealed = ("item", "disclose", "registry", entry[2], "0", "--sealed-file",
                  f"{entry[2]}.sealed")
        self.assertEqual(self.run_program(*sealed, *self.to).code, 2)
        self.assertNotIn("--to", self.refused("registry-locked", *sealed))
        self.assertEqual(self.end()["erased_objects"], 1)
        self.assertIn("ERASED", self.ok("show", "registry", gone["id"]))
        self.assertEqual(json.loads(self.ok("show", "registry", secret["id"], "--raw")), secret)

    def test_only_the_registrar_acts_on_items(self):
        self.init("other")
        (self.dir / "other/trust.json").write_bytes(self.read("trust.json"))
        self.begin()
        self.refused("key-unknown", "item", "erase", "other", "1", "0", *WHY, *self.to)
        self.end()

    def test_a_served_registry_says_what_to_do(self):
        self.admit("bob", admit=False)
        self.json("key", "new", "second.key", "--plain")
        self.write("o.json", incident(self.party))
        self.begin()
        for verb in (("party", "admit", "registry", "bob.json"),
                     ("party", "suspend", "registry", self.party),
                     ("party", "reinstate", "registry", self.party),
                     ("key", "add", "registry", "--new", "second.key"),
                     ("key", "rotate", "registry", "--new", "second.key"),
                     ("key", "revoke", "registry", "--kid", "A" * 43),
                     ("item", "disclose", "registry", "1", "0"),
                     ("item", "hold", "registry", "1", "0", *WHY),
                     ("file", "registry", "o.json")):
            said = self.refused("registry-locked", *verb)
            self.assertIn("--to URL", said, verb)
            self.assertEqual(said.count("."), 1, said)
        for verb in (("file", "registry", "o.json", "--check-only"),
                     ("import", "landmarks", "registry"),
                     ("rebuild", "registry", "--file-digest")):
            said = self.refused("registry-locked", *verb)
            self.assertIn("stop it", said, verb)
            self.assertNotIn("--to", said, verb)
            self.assertEqual(self.run_program(*verb, *self.to).code, 2, verb)
        # What a server has of a party is not asked for.
        skip = ("file", "registry", "o.json", "--skip-filed", *self.to)
        self.assertEqual(self.run_program(*skip).code, 2)
        self.end()

    def test_a_rebuild_waits_for_the_server(self):
        self.begin()
        rebuilding = subprocess.Popen([PROGRAM, "rebuild", "registry"], cwd=self.dir,
                                      stdout=subprocess.PIPE)
        self.addCleanup(rebuilding.kill)
        with self.assertRaises(subprocess.TimeoutExpired):
            rebuilding.wait(2)
        self.end()
        said, _ = rebuilding.communicate(timeout=60)
        self.assertEqual(rebuilding.returncode, 0)
        self.assertIn(b"had the same digest", said)


if __name__ == "__main__":
    main()
