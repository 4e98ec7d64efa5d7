"""The files of packaging/: systemd takes the unit, which leaves little open, we the settings."""

import re
import subprocess
from pathlib import Path

from served import COSE, PROGRAM, Case, ServedCase, incident, main

PACKAGING = Path(__file__).resolve().parents[2] / "packaging"
MOST_EXPOSED = 20  # of 100


class Unit(Case):
    def analyze(self, *arguments):
        unit = (PACKAGING / "comity.service").read_text()
        # Where it will be installed there is no program yet.
        path = self.write("comity.service", unit.replace("/usr/local/bin/comity", PROGRAM))
        done = subprocess.run(["systemd-analyze", *arguments, path], capture_output=True,
                              text=True, check=False)
        self.assertEqual((done.returncode, done.stderr), (0, ""), done.stdout)

    def test_systemd_knows_every_setting(self):
        self.analyze("verify", "--man=no")

    def test_little_is_left_open(self):
        self.analyze("security", "--offline=yes", "--no-pager", f"--threshold={MOST_EXPOSED}")


    def test_what_it_forbids_is_not_needed(self):
        unit = (PACKAGING / "comity.service").read_text()
        # It answers ENOSYS to openat2(2), by which a registry's files are opened.
        self.assertNotRegex(unit, "(?m)^RestrictSUIDSGID=")
        # A bare Debian has no /bin/kill.
        self.assertEqual(re.findall(r"^Exec\w+=(\S+)", unit, re.M),
                         ["/usr/local/bin/comity", "/bin/sh"])


class Settings(ServedCase):
    def test_the_server_takes_them(self):
        unit = (PACKAGING / "comity.service").read_text()
        verb, _, *options = re.search(r"^ExecStart=\S+ (.*)$", unit, re.M)[1].split()
        self.assertEqual((verb, options), ("serve", ["--config", "/etc/comity/serve.toml"]))
        server = self.serve("--config", PACKAGING / "serve.toml")
        filing = self.signed(incident(self.party))
        status, fields, _ = server.ask("POST", "/entries", filing, COSE)
        self.assertEqual(status, 201)
        self.assertTrue(fields["location"].startswith("https://registry.example/"), fields)


if __name__ == "__main__":
    main()
