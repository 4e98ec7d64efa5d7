"""What docs/operating says: backup.md by its own commands, serving.md's metrics by the server."""

import json
import os
import re
import shutil
import sqlite3
import subprocess
import threading
import time
from pathlib import Path

from served import COSE, PROGRAM, Server, ServedCase, incident, main

PAGE = Path(__file__).resolve().parents[2] / "docs/operating/backup.md"


def commands(heading):
    """The first block of commands under that heading, a line each."""
    section = PAGE.read_text().split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]
    block = re.search(r"(?:^    .*\n)+", section, re.M)[0]
    return [line.strip() for line in block.replace("\\\n", "").splitlines()]


class Watching(ServedCase):
    def test_the_metrics_are_those_that_are_documented(self):
        page = (PAGE.parent / "serving.md").read_text()
        item = re.search(r"^- `/metrics` .*\n(?:  .*\n)*", page, re.M)[0]
        _, *names = (name.partition("{")[0] for name in re.findall("`([^`]+)`", item))
        server = self.serve()
        self.assertEqual(server.get("/checkpoint")[0], 200)
        metrics = server.get("/metrics")[2].decode()
        told = re.findall(r"^# TYPE (\S+) ", metrics, re.M)
        self.assertEqual(sorted(names), sorted(told))
        self.assertEqual(len(set(told)), len(told))


class Operating(ServedCase):
    def setUp(self):
        super().setUp()
        (self.dir / "bin").mkdir()
        (self.dir / "bin/comity").symlink_to(PROGRAM)
        shutil.copy(self.dir / "registry/trust.json", self.dir)
        self.filings = [self.signed(incident(self.party, f"Number {n}")) for n in range(40)]

    def shell(self, line, statuses=(0,)):
        done = subprocess.run(["bash", "-c", line], cwd=self.dir, capture_output=True, text=True,
                              env={"PATH": f"{self.dir / 'bin'}:{os.environ['PATH']}"},
                              timeout=120, check=False)
        self.assertIn(done.returncode, statuses, (line, done.stdout, done.stderr))
        return done.stdout

    def file(self, server, filings):
        told = [server.ask("POST", "/api/v1/filings", filing, COSE) for filing in filings]
        return [(status, json.loads(body)["index"]) for status, _, body in told]

    def copy(self):
        (line,) = commands("A copy while the server runs")
        self.shell(line, (0, 1))  # 1: files grew meanwhile
        self.assertEqual(self.shell("tar --list --file backup.tar").split()[0], "checkpoint")

    def restore(self, newest):
        """By all commands but the last, which serves."""
        (self.dir / "newest").write_bytes(newest)
        *lines, serve = commands("To restore")
        self.assertEqual(serve, "comity serve restored")
        for line in lines:
            self.shell(line)

    def wait_for(self, server, target):
        """What is answered once the record has it."""
        for _ in range(300):
            status, _, body = server.get(target)
            if status == 200:
                return body
            time.sleep(0.1)
        self.fail(body)

    def served_anew(self):
        server = Server(self.dir, registry="restored")
        self.addCleanup(lambda: server.process.poll() is None and server.stop())
        self.wait_for(server, "/readyz")
        return server

    def test_a_copy_of_a_running_registry_goes_on_elsewhere(self):
        secret = incident(self.party, "Secret")
        hidden = self.signed(secret, hidden=True)
        server = self.serve()
        self.assertEqual(self.file(server, [hidden])[0][0], 201)
        before = self.file(server, self.filings[:10])
        newest = server.get("/checkpoint")[2]
        writer = threading.Thread(target=self.file, args=(server, self.filings[10:]))
        writer.start()
        self.copy()
        writer.join()
        self.assertEqual(server.stop(), 0)
        self.restore(newest)
        server = self.served_anew()
        again = self.file(server, self.filings)
        self.assertEqual(again[:10], [(200, index) for _, index in before])
        ((_, entry),) = self.file(server, [hidden])
        self.json("item", "disclose", "restored", str(entry), "0", "--to", server.address)
        shown = json.loads(self.wait_for(server, f"/api/v1/objects/{secret['id']}"))
        self.assertEqual(shown["current"]["object"], secret)
        self.assertEqual(server.stop(), 0)
        audited = self.json("audit", "restored", "--trust", "trust.json", "--checkpoint", "newest")
        self.assertTrue(audited["clean"])

    def test_a_copy_is_not_written_to_before_it_is_adopted(self):
        self.copy()
        (self.dir / "restored").mkdir()
        self.shell("tar --extract --file backup.tar --directory restored")
        self.refused("epoch-missing", "serve", "restored", "--listen", "127.0.0.1:0")
        shutil.copy(self.dir / "registry/epoch", self.dir / "restored")
        self.refused("store-moved", "serve", "restored", "--listen", "127.0.0.1:0")

    def test_what_a_copy_lacks_comes_from_a_mirror(self):
        self.copy()
        server = self.serve()
        filed = self.file(server, self.filings[:3])
        newest = server.get("/checkpoint")[2]
        self.assertEqual(server.stop(), 0)
        with self.assertRaises(AssertionError) as older:
            self.restore(newest)
        self.assertIn("log-rolled-back", str(older.exception))
        for public in ("checkpoint", "tile", "segments/public"):
            self.shell(f"cp -R registry/{public} restored/{public.rpartition('/')[0]}")
        for line in commands("To restore")[2:4]:
            self.shell(line)
        server = self.served_anew()
        self.assertEqual(self.file(server, self.filings[:3]), [(200, index) for _, index in filed])

    def test_an_erasure_during_a_copy_is_found(self):
        server = self.serve()
        ((_, entry),) = self.file(server, self.filings[:1])
        newest = server.get("/checkpoint")[2]
        self.json("item", "erase", "registry", str(entry), "0", "--ground", "a person",
                  "--authority", "court order", "--to", server.address)
        self.copy()
        self.restore(newest)
        shutil.copy(self.dir / "newest", self.dir / "restored/checkpoint")  # as if it came first
        said = self.json("audit", "restored", "--trust", "trust.json", code=1)
        self.assertEqual([it["code"] for it in said["findings"]], ["object-withheld"])

    def test_another_release_makes_state_and_index_anew(self):
        self.json("stats", "registry")
        before = self.json("rebuild", "registry")["digest"]
        for path in ("index/record.sqlite", "state/admission.sqlite"):
            with sqlite3.connect(self.dir / "registry" / path) as database:
                database.execute("PRAGMA user_version = 1")
            database.close()
        (self.dir / "registry").rename(self.dir / "restored")
        server = self.served_anew()
        self.assertEqual(self.file(server, self.filings[:1])[0][0], 201)
        self.json("stats", "restored")  # waits until the server has folded it
        self.assertEqual(server.stop(), 0)
        then = self.json("rebuild", "restored")
        self.assertTrue(then["same"])
        self.assertNotEqual(then["digest"], before)
        for path in ("index/record.sqlite", "state/admission.sqlite"):
            with sqlite3.connect(self.dir / "restored" / path) as database:
                self.assertGreater(database.execute("PRAGMA user_version").fetchone()[0], 1)
            database.close()


if __name__ == "__main__":
    main()
