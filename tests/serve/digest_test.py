"""The digest of the record, which a server files when it is due, with no verb that does it."""

import fcntl
import json
import re
import subprocess
import time

from served import COSE, PROGRAM, ServedCase, environment, incident, main

PACE = 1000  # entries, without ticks and digests
LANDMARKS = 93  # entries of an import by a party of its own: its admission, and its filings


class Digest(ServedCase):
    def shown(self, *what):
        return self.json("show", "registry", *what)

    def fill(self):
        """Files until one more import would make a digest due; how many entries are missing."""
        while (filed := self.shown()["filings"]) + LANDMARKS < PACE:
            self.admit(f"party-{filed}")
            done = self.json("import", "landmarks", "registry", "--key", f"party-{filed}.key")
            self.assertEqual(done["filings"] + 1, LANDMARKS)
        return PACE - filed

    def entries(self, server):
        """Of the log, by the server's own count."""
        return int(re.search(rb"^comity_log_entries (\d+)$", server.get("/metrics")[2], re.M)[1])

    def assert_files_a_digest(self, server, size):
        """After an entry that made it due, `size` entries in all, and one that is right."""
        end = time.monotonic() + 60
        while self.entries(server) == size and time.monotonic() < end:
            time.sleep(0.05)
        self.assertEqual(server.stop(), 0)
        self.assertEqual([it for it in server.events() if it["event"] == "digest-not-filed"], [])
        last = self.shown()["size"] - 1
        self.assertGreaterEqual(last, size)
        self.assertEqual(self.shown(str(last)).get("control"), "digest")
        said = self.json("audit", "registry")
        self.assertTrue(said["clean"], said)
        self.assertEqual(said["record"]["digests_checked"], 1)

    def test_it_is_filed_after_the_entry_that_makes_it_due(self):
        filings = [self.signed(incident(self.party, f"Number {n}")) for n in range(self.fill())]
        server = self.serve()
        for filing in filings:
            status, _, body = server.ask("POST", "/api/v1/filings", filing, COSE)
            self.assertEqual(status, 201, body)
        self.assert_files_a_digest(server, json.loads(body)["size"])

    def admit_and_be_killed(self, application):
        """The program is killed between what it files and the digest, waiting for the record."""
        checkpoint = self.dir / "registry/checkpoint"
        before = checkpoint.read_bytes()
        with open(self.dir / "registry/index/lock", "r+b") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            verb = subprocess.Popen([PROGRAM, "party", "admit", "registry", application],
                                    cwd=self.dir, env=environment(self.dir),
                                    stdout=subprocess.DEVNULL, start_new_session=True)
            end = time.monotonic() + 60
            while checkpoint.read_bytes() == before and time.monotonic() < end:
                time.sleep(0.02)
            self.assertIsNone(verb.poll())
            verb.kill()
            verb.wait()
        self.assertNotEqual(checkpoint.read_bytes(), before)

    def test_one_that_is_due_at_the_start_is_filed_then(self):
        for number in range(self.fill() - 1):
            self.write("one.json", incident(self.party, f"Number {number}"))
            self.json("file", "registry", "one.json", "--key", "alice.key")
        self.admit("bob", admit=False)
        self.admit_and_be_killed("bob.json")
        # This folds, too: the server finds a record that is up to the log.
        self.assertEqual(self.json("audit", "registry")["record"]["digests_checked"], 0)
        self.json("search", "registry")
        size = self.shown()["size"]
        self.assert_files_a_digest(self.serve(), size)


if __name__ == "__main__":
    main()
