"""Wrong usage, wrong files and faults: each with its exit code and a sentence that helps."""

import json
import os
import re
import shlex
import shutil

from harness import PROGRAM, Case, Run, incident, main
from reference import read_reference


def arguments(example, directory):
    """What the shell would give comity, but with no place outside the directory or this machine."""
    words = shlex.shlex(example, posix=True, punctuation_chars=True)
    words.whitespace_split = True
    command = []
    for word in [*words, "|"]:
        if word not in ("|", ">"):
            command.append(word)
        elif command[0] == "comity":
            break
        else:
            command = []
    return [re.sub(r"https://registry\.example|http://127\.0\.0\.1:8080", "http://127.0.0.1:1",
                   word.replace("/usr/local", str(directory))) for word in command[1:]]


class Codes(Case):
    def test_wrong_usage_is_two(self):
        for args in ((), ("nonsense",), ("init",), ("key",), ("show",), ("file", "r"),
                     ("key", "new", "k", "--algorithm", "rsa"), ("--nonsense",),
                     ("prove", "r"), ("prove", "r", "1", "--consistency", "2"),
                     ("item", "erase", "r", "x", "y"), ("party", "apply", "--group", "gang"),
                     ("prove", "r", "-1"), ("prove", "r", "99999999999999999999"),
                     ("item", "hold", "r", "-1", "0", "--ground", "g", "--authority", "a"),
                     ("init", "r", "--origin", "o", "--name", "n", "--sponsors", "two")):
            self.assertEqual(self.run_program(*args).code, 2, args)

    def test_wrong_usage_is_json_where_json_is_asked_for(self):
        for args, says in (((), "comity --help"), (("nonsense",), "There is no verb nonsense"),
                           (("key", "nw"), "There is no verb nw"), (("key",), "comity key --help"),
                           (("init", "r", "--orgin", "o"), "--orgin"),
                           (("prove", "r", "-1"), "-1"),
                           (("show", "r", "-K0AHzY9"), "stands behind --"),
                           (("show",), "comity show --help"),
                           (("key", "new", "k", "--algorithm", "rsa"), "comity key new --help")):
            for words in (("--json", *args), (*args, "--json")):
                run = self.run_program(*words)
                self.assertEqual((run.code, run.out, run.err.count("\n")), (2, "", 1), run)
                problem = json.loads(run.err)
                self.assertEqual((list(problem), problem["error"]), (["error", "detail"], "usage"))
                self.assertIn(says, problem["detail"])
            plain = self.run_program(*args)
            self.assertIn(says, plain.err)
            self.assertFalse(plain.err.startswith("{"), plain)
        # What stands after -- is no option.
        self.assertTrue(self.run_program("show", "--", "--json", "x", "y").err.startswith("comity"))

    def test_help_and_version_are_zero(self):
        self.assertIn("comity 0.", self.ok("--version"))
        verbs = read_reference(self.ok("help-markdown"))
        self.assertIn("key rotate", verbs)
        for verb in verbs:
            said = self.ok(*verb.split(), "--help")
            shown = "".join(said.partition("\nExamples:\n")[1:])
            self.assertRegex(shown, rf"\bcomity (--json )?{verb}\b", verb)

    def test_examples_are_accepted(self):
        """Of the files that they name none is there, and nobody answers; but no usage is wrong."""
        examples = [line for block in re.findall(r"```sh\n(.*?)```", self.ok("help-markdown"), re.S)
                    for line in block.replace("\\\n", "").splitlines()]
        self.assertGreater(len(examples), 60)
        for example in examples:
            args = arguments(example, self.dir)
            code = self.run_program(*args).code
            self.assertIn(code, (0, 1, 3), example)

    def test_refused_is_one(self):
        self.refused("log-missing", "show", "nowhere")
        self.refused("file-missing", "key", "show", "nowhere")
        (self.dir / "empty").mkdir()
        self.write("t.json", "{}")
        self.write("s", "x")
        self.refused("trust-malformed", "verify", "--trust", "t.json", "--statement", "s")
        said = self.run_program("key", "show", "nowhere").err
        self.assertIn("refused: file-missing", said)

    def test_fault_is_three(self):
        self.json("key", "new", "a.key", "--plain")
        with open("/dev/full", "wb") as full:
            self.assertEqual(Run(("key", "show", "a.key"), cwd=self.dir, stdout=full).code, 3)
            self.assertEqual(Run(("--help",), cwd=self.dir, stdout=full).code, 3)
        self.assertEqual(self.run_program("key", "new", "/proc/a.key", "--plain").code, 3)
        # A name that no file can have.
        self.assertEqual(self.run_program("key", "new", "a" * 300, "--plain").code, 3)
        self.assertEqual(self.run_program("init", "a" * 300, "--origin", "o", "--name", "n",
                                          "--plain-keys").code, 3)


class Mistakes(Case):
    """What people get wrong is named, with what to do about it."""

    def test_what_is_no_registry(self):
        (self.dir / "empty").mkdir()
        self.write("file", "x")
        for name in ("nowhere", "empty", "file"):
            for args in (("show", name), ("audit", name), ("doctor", name), ("prove", name, "0"),
                         ("import", "landmarks", name), ("party", "list", name),
                         ("file", name, "file", "--key", "k", "--party", "p", "--sign-only", "f")):
                said = self.refused("log-missing", *args)
                self.assertIn(name, said)
                self.assertIn("comity init", said)
        self.init()
        self.assertIn("empty:", self.refused("log-missing", "audit", "registry", "--against",
                                             "empty"))

    def test_the_file_that_is_wrong_is_named(self):
        self.init()
        self.write("x", "not what it should be")
        (self.dir / "directory").mkdir()
        for code, named, *args in (
                ("file-missing", "directory is", "file", "registry", "directory"),
                ("file-missing", "directory is", "key", "show", "directory"),
                ("file-missing", "directory/no;", "prove", "registry", "0", "--out",
                 "directory/no/x"),
                ("file-missing", "directory/no;", "key", "new", "directory/no/x.key", "--plain"),
                ("key-file-malformed", "x:", "file", "registry", "x", "--key", "x"),
                ("json-malformed", "x:", "party", "admit", "registry", "x"),
                ("json-malformed", "x:", "file", "registry", "x"),
                ("trust-malformed", "x is", "audit", "registry", "--trust", "x"),
                ("note-malformed", "x:", "audit", "registry", "--checkpoint", "x"),
                ("party-id-malformed", "x is", "party", "suspend", "registry", "x"),
                ("base64-malformed", "y is no file", "verify", "--filing", "x", "--party-key",
                 "y")):
            self.assertIn(named, self.refused(code, *args))
        for args in (("file", "registry", "x", "--signed"),
                     ("verify", "--filing", "x", "--party-key", "registry/private/note.key"),
                     ("verify", "--trust", "registry/trust.json", "--statement", "x")):
            run = self.run_program(*args)
            self.assertEqual(run.code, 1, run)
            self.assertIn("comity: x is no ", run.err)

    def test_what_a_verb_needs_is_asked_for(self):
        self.init()
        self.write("x", "x")
        for code, says, *args in (
                ("proof-missing", "--trust", "verify", "--statement", "x"),
                ("proof-missing", "--statement", "verify", "--trust", "registry/trust.json"),
                ("party-key-missing", "--party-key", "verify", "--filing", "x"),
                ("verb-unknown", "nonsense", "man", "nonsense"),
                ("key-id-malformed", "43 characters", "key", "revoke", "registry", "--kid", "x")):
            self.assertIn(says, self.refused(code, *args))

    def test_a_file_of_other_sealed_items_is_refused(self):
        self.init()
        party = self.admit("alice")
        self.write("o.json", incident(party, name="Evidence"))
        done = self.json("file", "registry", "o.json", "--key", "alice.key", "--sealed",
                         "--receipts", "kept")["filings"][0]
        kept = json.loads((self.dir / done["sealed"]).read_text())
        item = kept["items"][0]

        def disclose(entry, ordinal, sealed):
            self.write("sealed", sealed)
            return ("item", "disclose", "registry", entry, ordinal, "--sealed-file", "sealed")

        for sealed in ("x", "[]", {"items": {}}, {"items": [0]},
                       {"items": [{**item, "salt": item["salt"][:-4]}]},
                       {"items": [{**item, "content": 0}]}, {"items": [{**item, "ordinal": -1}]}):
            self.refused("sealed-file-malformed", *disclose(done["entry"], 0, sealed))
        self.assertIn(f"entry {done['entry']}",
                      self.refused("sealed-file-other", *disclose(0, 0, kept)))
        self.assertIn("item 1", self.refused("sealed-file-other",
                                             *disclose(done["entry"], 1, kept)))
        self.json(*disclose(done["entry"], 0, kept))

    def test_a_wrong_passphrase_names_the_key(self):
        self.write("right", "correct horse\n")
        self.write("wrong", "battery\n")
        self.json("key", "new", "a.key", "--passphrase-file", "right")
        said = self.refused("key-file-not-opened", "party", "apply", "--name", "A", "--group",
                            "media", "--key", "a.key", "--origin", "o", "--passphrase-file",
                            "wrong")
        self.assertIn("a.key", said)
        self.assertIn("try again", said)

    def test_what_may_not_be_read_is_a_fault(self):
        self.init()
        self.dir.chmod(0o755)
        # Root may read everything, and nobody may not read a build directory everywhere.
        shutil.copy(PROGRAM, self.dir / "program")
        anybody = {"user": 65534, "group": 65534, "extra_groups": []} if os.getuid() == 0 else {}
        (self.dir / "registry").chmod(0)
        self.addCleanup((self.dir / "registry").chmod, 0o755)
        for args in (("show", "registry"), ("audit", "registry"), ("file", "registry/x", "x"),
                     ("key", "show", "registry/k"), ("key", "new", "registry/k", "--plain"),
                     ("init", "registry", "--origin", "o", "--name", "n", "--plain-keys"),
                     ("init", "registry/r", "--origin", "o", "--name", "n", "--plain-keys")):
            run = Run(args, cwd=self.dir, program=self.dir / "program", **anybody)
            self.assertEqual(run.code, 3, run)
            self.assertIn("Permission denied", run.err)


if __name__ == "__main__":
    main()
