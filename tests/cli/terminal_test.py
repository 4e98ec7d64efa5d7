"""Passphrases that are typed at a terminal: asked for, not shown, and compared."""

import os
import pty
import select
import time

from harness import PROGRAM, Case, environment, main

SECONDS = 60


class Terminal(Case):
    def talk(self, args, answers):
        """The code and all that a terminal shows, as the answers are typed, each when asked."""
        child, terminal = pty.fork()
        if child == 0:
            os.chdir(self.dir)
            os.execve(PROGRAM, [PROGRAM, *args], environment(self.dir))
        self.addCleanup(os.close, terminal)
        shown = b""
        answers = list(answers)
        asked_at = 0
        until = time.monotonic() + SECONDS
        while True:
            self.assertTrue(select.select([terminal], [], [], until - time.monotonic())[0], shown)
            try:
                more = os.read(terminal, 4096)
            except OSError:  # the program is gone, and its end of the terminal with it
                more = b""
            if not more:
                break
            shown += more
            if answers and shown[asked_at:].endswith(b": "):
                asked_at = len(shown)
                os.write(terminal, answers.pop(0).encode() + b"\n")
        self.assertEqual(answers, [], shown)
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), shown.decode()

    def test_two_equal_ones_seal_a_key(self):
        code, shown = self.talk(["key", "new", "a.key"], ["correct horse", "correct horse"])
        self.assertEqual(code, 0, shown)
        self.assertIn("New passphrase for ", shown)
        self.assertIn("The same again: ", shown)
        self.assertNotIn("horse", shown)
        self.assertTrue(self.json("key", "show", "a.key")["sealed"])
        # Asked once where it is to open one.
        unseal = ["key", "passphrase", "a.key", "--plain"]
        code, shown = self.talk(unseal, ["battery staple"])
        self.assertEqual(code, 1, shown)
        self.assertIn("key-file-not-opened", shown)
        code, shown = self.talk(unseal, ["correct horse"])
        self.assertEqual(code, 0, shown)
        self.assertIn("Passphrase of ", shown)
        self.assertNotIn("horse", shown)
        self.assertFalse(self.json("key", "show", "a.key")["sealed"])

    def test_two_that_differ_or_an_empty_one_make_no_key(self):
        code, shown = self.talk(["key", "new", "a.key"], ["correct horse", "correct house"])
        self.assertEqual(code, 1, shown)
        self.assertIn("passphrase-differs", shown)
        code, shown = self.talk(["key", "new", "a.key"], [""])
        self.assertEqual(code, 1, shown)
        self.assertIn("passphrase-missing", shown)
        self.assertEqual(list(self.dir.iterdir()), [])


if __name__ == "__main__":
    main()
