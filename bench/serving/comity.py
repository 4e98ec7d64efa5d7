"""A registry with objects of the size that ATT&CK's have, and `comity serve` in front of it."""

import json
import subprocess
import time
import uuid
from pathlib import Path

from serving.filings import Signer
from serving.process import Process, free_port

CLEAR = "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487"
ORIGIN = "example.org/comity"
IN_FILING = 1000

# The server's own defaults, but for the limits of one address, which is all the clients' here.
SETTINGS = {"io": 1, "readers": 2, "writers": 2}
CONFIG = """[threads]
io = {io}
readers = {readers}
writers = {writers}

[limits]
connections_per_address = 4096
requests_per_second = 0.0
"""

SENTENCE = ("Adversaries may send messages with a malicious attachment to gain access to a system, "
            "relying on the reader to open it; see the reports named below for examples.\n")


def attack_pattern(party, number):
    """About 2 KB, in the form of those of ATT&CK.

    No two were modified at once: a database that looks versions up by that would look for long."""
    minute, milli = divmod(number, 60_000)
    modified = (f"2025-04-{1 + minute // 1440:02}T{minute // 60 % 24:02}:{minute % 60:02}:"
                f"{milli // 1000:02}.{milli % 1000:03}Z")
    def reference(name, year):
        return {"source_name": name,
                "description": f"An author. ({year}, May 1). On attachments. Retrieved May 2.",
                "url": f"https://reports.example.org/{year}/05/attachments"}
    return {"type": "attack-pattern", "spec_version": "2.1",
            "id": f"attack-pattern--{uuid.UUID(int=(4 << 76) | (8 << 60) | number)}",
            "created": "2020-03-02T18:45:07.892Z", "modified": modified,
            "created_by_ref": party, "name": f"Attachment {number}", "description": SENTENCE * 7,
            "kill_chain_phases": [{"kill_chain_name": "mitre-attack",
                                   "phase_name": "initial-access"}],
            "external_references": [
                {"source_name": "mitre-attack", "external_id": "T1566.001",
                 "url": "https://attack.example.org/techniques/T1566/001"},
                reference("A report", 2020), reference("Another report", 2021)],
            "object_marking_refs": [CLEAR], "revoked": False}


class Registry:
    """A new registry with one party, in a directory of its own."""

    def __init__(self, program, directory):
        self.program = Path(program).resolve()
        self.directory = Path(directory)
        self.directory.mkdir()
        self.run("init", "registry", "--origin", ORIGIN, "--name", "Bench",
                 "--plain-keys")
        self.run("key", "new", "party.key", "--plain")
        applied = self.run("party", "apply", "--name", "Party", "--group", "research", "--country",
                           "DE", "--key", "party.key", "--origin", ORIGIN, "--out",
                           "party.json")
        self.party = json.loads(applied)["party"]
        self.run("party", "admit", "registry", "party.json")
        self.signer = Signer(self.directory / "party.key", self.party, ORIGIN)

    @property
    def root(self):
        return self.directory / "registry"

    def run(self, *args):
        done = subprocess.run([self.program, "--json", "--quiet", *map(str, args)],
                              cwd=self.directory, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise RuntimeError(f"comity {' '.join(map(str, args))}: {done.stderr}")
        return done.stdout

    def objects(self, count, first=0):
        return [attack_pattern(self.party, number) for number in range(first, first + count)]

    def sign(self, objects):
        """The bytes of a filing of these objects, of which nothing is filed."""
        return self.signer.filing(objects)

    def serve(self):
        config = self.directory / "serve.toml"
        config.write_text(CONFIG.format(**SETTINGS))
        port = free_port()
        return Process([self.program, "serve", "registry", "--listen", f"127.0.0.1:{port}",
                        "--config", config], port, self.directory, ready="/readyz")


def file_all(server, filings):
    """Hands them in one after another: seconds until the last was durable, and until what was filed
    could be read."""
    begin = time.perf_counter()
    for filing in filings:
        status, body = server.ask("POST", "/api/v1/filings", filing,
                                  {"Content-Type": "application/cose"})
        if status != 201:
            raise RuntimeError(f"a filing was answered with {status}: {body[:500]!r}")
    durable = time.perf_counter() - begin
    while not is_visible(server):
        time.sleep(0.002)
    return durable, time.perf_counter() - begin


def is_visible(server):
    """Whether the record has all of the log."""
    sizes = {}
    for line in server.get("/metrics")[1].decode().splitlines():
        if line.startswith(("comity_log_entries ", "comity_record_entries ")):
            name, value = line.split()
            sizes[name] = float(value)
    return sizes["comity_record_entries"] == sizes["comity_log_entries"]
