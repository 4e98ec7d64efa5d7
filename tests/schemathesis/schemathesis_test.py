"""Schemathesis makes requests of openapi.json and sends them to the real server.

Every answer must have a status, type, fields and body that openapi.json describes, and none may be
a fault of the server. Needs build/venv-schemathesis (tools/install.sh full), and $COMITY.
"""

import base64
import json
import os
import re
import subprocess
import sys
import time
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/serve"))

from served import ServedCase, incident, main  # noqa: E402

OPENAPI = ROOT / "src/views/openapi.json"
PROGRAMS = ROOT / "build/venv-schemathesis/bin"
EXAMPLES = 150  # at most so many requests for each operation, that fit its description or don't
SECONDS = 600  # it takes less than three minutes on two cores that have nothing else to do
CHECKS = ("not_a_server_error", "status_code_conformance", "content_type_conformance",
          "response_headers_conformance", "response_schema_conformance")
MIN_SIZE = "#/components/parameters/minSize"


class Schemathesis(ServedCase):
    def setUp(self):
        super().setUp()
        self.ok("import", "landmarks", "registry")
        self.secret = incident(self.party, "Held back for a while")
        self.write("held.json", self.secret)
        filed = self.json("file", "registry", "held.json", "--key", "alice.key",
                          "--party", self.party)
        self.json("item", "hold", "registry", str(filed["filings"][0]["entry"]), "0",
                  "--ground", "court order", "--authority", "a court")
        filings = self.dir / "filings"
        filings.mkdir()
        for number in range(4):
            (filings / str(number)).write_bytes(
                self.signed(incident(self.party, f"Filed by request {number}")))
        self.filings = filings
        # Limits of an address would refuse most of what follows.
        self.server = self.serve(*self.configure("[limits]\nrequests_per_second = 0.0\n"))

    def wait_until_the_record_is_there(self):
        deadline = time.monotonic() + 60
        while self.server.get("/api/v1/objects/notpetya")[0] != 200:
            self.assertLess(time.monotonic(), deadline, "the record is not there")
            time.sleep(0.1)

    def known(self):
        """Values that there are, of parameters by their names."""
        size = self.server.ready["size"]
        tiles = sorted((self.dir / "registry/tile/0").rglob("*.p/*"))
        ids = [json.loads(line)["id"] for kind in ("incidents", "objects") for line in
               self.server.get(f"/api/v1/export/jsonl?kind={kind}")[2].splitlines()[:10]]
        keys = self.server.get("/.well-known/scitt-keys")[2]
        kid = keys.index(b"\x02\x58\x20") + 3  # behind its label in a COSE_Key and its length
        day = ["2017", "2017-06", "2017-06-27"]
        return {"object": [*ids, "notpetya"],
                "kid": [base64.urlsafe_b64encode(keys[kid:kid + 32]).decode().rstrip("=")],
                "id": [0, 1, size - 1], "index": ["000"],
                "collection": ["statements", "incidents", "norms"], "name": ["00000000.seg"],
                "Range": ["bytes=0-9", "bytes=0-"],
                "width": [int(tile.name) for tile in tiles], "asof": ["10", str(size)],
                "q": ["petya", "ransomware"], "country": ["UA", "de"], "from": day, "to": day,
                "match[version]": ["all", "first", "last"], "match[spec_version]": ["2.1"],
                "match[type]": ["incident", "note,identity"], "match[id]": [",".join(ids[:3])]}

    def document(self):
        """openapi.json, its parameters so that half of the values are such as there are.

        What is part of a path gets an example too, and a range, since what is held is in the only
        segment: for a request of which nothing is random.
        """
        document = json.loads(OPENAPI.read_text(encoding="utf-8"))
        del document["security"]  # a random token is refused, whatever it comes with
        known = self.known()
        parameters = list(document["components"]["parameters"].values())
        for item in document["paths"].values():
            for operation in item.values():
                # One that is more than the log has is answered 503, as it should be.
                operation["parameters"] = [it for it in operation.get("parameters", [])
                                           if it.get("$ref") != MIN_SIZE]
                parameters += operation["parameters"]
        for it in parameters:
            if it.get("name") not in known:
                continue
            values = {"enum": known[it["name"]]}
            if it["in"] == "path" or it["name"] == "Range":
                it["example"] = values["enum"][0]
            if it["schema"]["type"] == "array":
                it["schema"]["items"] = {"anyOf": [values, it["schema"]["items"]]}
            else:
                it["schema"] = {"anyOf": [values, it["schema"]]}
        return self.write("openapi.json", document)

    def succeeded(self):
        """The routes that have answered with what was asked for."""
        metrics = self.server.get("/metrics")[2].decode()
        return set(re.findall(r'route="([^"]*)",method="(?:GET|POST)",code="2', metrics))

    def test_every_answer_is_as_described(self):
        self.wait_until_the_record_is_there()
        environment = {**os.environ, "COMITY_FILINGS": str(self.filings),
                       "SCHEMATHESIS_HOOKS": str(Path(__file__).with_name("hooks.py"))}
        done = subprocess.run(
            [PROGRAMS / "st", "run", self.document(), "--url",
             f"http://127.0.0.1:{self.server.port}", "--checks", ",".join(CHECKS),
             "--phases", "examples,coverage,fuzzing", "--max-examples", str(EXAMPLES),
             "--suppress-health-check", "all", "--request-timeout", "20",
             "--generation-database", "none", "--warnings", "off", "--no-color"],
            cwd=self.dir, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            text=True, timeout=SECONDS, check=False)
        print(done.stdout)
        self.assertEqual(done.returncode, 0, "an answer is not as openapi.json says: see above")
        paths = json.loads(OPENAPI.read_text(encoding="utf-8"))["paths"]
        answered = {re.sub("^/tile/.*", "/tile/{path*}", path) for path, item in paths.items()
                    if any("200" in operation["responses"] for operation in item.values())}
        self.assertEqual(answered - self.succeeded(), set())
        faults = [event for event in self.server.events()
                  if event["event"] in ("fault", "request")]
        self.assertEqual(faults, [])
        self.assertEqual(self.server.stop(), 0)
        self.assertTrue(self.json("audit", "registry")["clean"])


class Document(unittest.TestCase):
    def test_is_openapi_3_1(self):
        done = subprocess.run([PROGRAMS / "openapi-spec-validator", "--schema", "3.1", OPENAPI],
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                              check=False)
        self.assertEqual(done.returncode, 0, done.stdout)


if __name__ == "__main__":
    main()
