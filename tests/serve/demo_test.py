"""What ./demo runs: each command shows what it is there for, and every address answers."""

import os
import re
import subprocess
import unittest
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
COMMAND = re.compile(r"\n\x1b\[1m\$ comity (.*)\x1b\[0m\n")
# How commands begin, in their order, and what stands in what they print.
SHOWN = [
    ("init registry", ["demo.example/comity", "registry/trust.json"]),
    ("import landmarks", ["incidents 81"]),
    ("show registry", ["admitted"]),
    ("stats registry", ["81 incidents", "Countries of victims", "% of the 81"]),
    ("search registry", ["NotPetya\n", "1 hit of 1"]),
    ("show registry notpetya", ["Who says who did it (5)", "Responses (3)", "In the log\n"]),
    ("stats trends registry", ["Incidents a year", "░", "slope ", "levels "]),
    ("audit registry", ["Clean: every signature"]),
    ("prove registry", ["notpetya.receipt"]),
    ("verify", ["proved       receipt", "Verified, as far as said above."]),
    ("serve registry", ["/feed.atom ", "/openapi.json ", "Each answered; the server has stopped."]),
]


class Demo(unittest.TestCase):
    def test_it_shows_what_it_says(self):
        # Without a terminal it asks the server that it starts, and stops it.
        done = subprocess.run([PROJECT / "tools/demo.sh", os.environ["COMITY"]], check=False,
                              capture_output=True, encoding="utf-8", stdin=subprocess.DEVNULL,
                              timeout=280)
        said = done.stdout[-2000:] + done.stderr
        self.assertEqual((done.returncode, done.stderr), (0, ""), said)
        _, *parts = COMMAND.split(done.stdout)
        commands, printed = parts[::2], parts[1::2]
        self.assertEqual(len(commands), len(SHOWN), commands)
        for (begins, texts), command, text in zip(SHOWN, commands, printed):
            self.assertTrue(command.startswith(begins), (begins, command))
            for part in texts:
                self.assertIn(part, text, command)


if __name__ == "__main__":
    unittest.main()
