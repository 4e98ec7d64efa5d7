"""Filings over HTTP: SCRAPI and the JSON API; and what is refused, in which form."""

import base64
import json
import time

import cbor2
from served import COSE, Server, ServedCase, incident, main

COSE_TYPE = "application/cose"
PROBLEM = "application/concise-problem-details+cbor"


class Filing(ServedCase):
    def verify(self, statement, receipt, proof):
        """As a stranger does who has the registry's trust.json and nothing else."""
        for suffix, content in (("statement", statement), ("receipt", receipt),
                                ("tlog-proof", proof)):
            if content is not None:
                (self.dir / f"proof.{suffix}").write_bytes(content)
        said = self.json("verify", "--trust", "registry/trust.json", "proof")
        self.assertTrue(said["verified"])

    def entry(self, index):
        """The entry as the log has it."""
        self.json("prove", "registry", str(index), "--out", f"local-{index}")
        return (self.dir / f"local-{index}.statement").read_bytes()

    def test_the_json_api_waits_for_the_commit(self):
        filing = self.signed(incident(self.party))
        server = self.serve()
        status, fields, body = server.ask("POST", "/api/v1/filings", filing, COSE)
        self.assertEqual(status, 201, body)
        said = json.loads(body)
        self.assertEqual(fields["location"], f"/entries/{said['index']}")
        self.assertLess(said["index"], said["size"])
        self.assertFalse(said["already_filed"])
        self.assertEqual(said["checkpoint"].split("\n")[1], str(said["size"]))
        self.verify(self.entry(said["index"]), base64.b64decode(said["receipt"]),
                    base64.b64decode(said["tlog_proof"]))
        status, _, body = server.ask("POST", "/api/v1/filings", filing, COSE)
        again = json.loads(body)
        self.assertEqual((status, again["index"], again["already_filed"]),
                         (200, said["index"], True))
        self.assertEqual(server.stop(), 0)
        self.assertTrue(self.json("audit", "registry")["clean"])

    def test_who_files_reads_it_at_once(self):
        filings = [self.signed(incident(self.party, f"Written {n}")) for n in range(5)]
        server = self.serve()
        for n, filing in enumerate(filings):
            status, _, body = server.ask("POST", "/api/v1/filings", filing, COSE)
            self.assertEqual(status, 201, body)
            size = json.loads(body)["index"] + 1
            status, _, body = server.get(f"/api/v1/search?q=%22Written+{n}%22&min_size={size}")
            self.assertEqual(status, 200, body)
            self.assertIn(f"Written {n}", [hit["name"] for hit in json.loads(body)["hits"]])
        for size in (1000, 2**64 - 1):
            begun = time.monotonic()
            status, fields, body = server.get(f"/api/v1/search?min_size={size}")
            self.assertLess(time.monotonic() - begun, 10)
            self.assertEqual((status, json.loads(body)["code"]), (503, "record-behind"))
            self.assertEqual(fields["retry-after"], "1")
        self.assertEqual(server.stop(), 0)

    def test_the_program_files_and_audits_over_http(self):
        self.write("more.jsonl", "\n".join(json.dumps(incident(self.party, f"N {n}"))
                                           for n in range(3)))
        (self.dir / "known").mkdir()
        trust = self.read("trust.json")
        (self.dir / "known/trust.json").write_bytes(trust)
        server = self.serve()
        options = ("--key", "alice.key", "--party", self.party, "--to", server.address)
        filed = self.json("file", "known", "more.jsonl", *options, "--receipts", "receipts")
        self.assertEqual((filed["objects"], filed["complete"]), (3, True))
        prefix = filed["filings"][0]["statement"].removesuffix(".statement")
        self.assertTrue(self.json("verify", "--trust", "known/trust.json", prefix)["verified"])
        (self.dir / "signed").write_bytes(self.signed(incident(self.party)))
        first = self.json("file", "known", "signed", "--signed", "--to", server.address)
        again = self.json("file", "known", "signed", "--signed", "--to", server.address)
        self.assertFalse(first["filings"][0]["already_filed"])
        self.assertTrue(again["filings"][0]["already_filed"])
        self.assertEqual(first["filings"][0]["entry"], again["filings"][0]["entry"])
        self.refused("version-taken", "file", "known", "more.jsonl", *options)

        audited = self.json("audit", server.address, "--trust", "known/trust.json")
        self.assertTrue(audited["clean"])
        self.assertEqual((audited["trust"], audited["public_objects"]),
                         ("given", self.json("audit", "registry")["public_objects"]))
        self.assertEqual(self.json("audit", server.address)["trust"], "own")
        self.assertEqual(server.stop(), 0)
        # A server that is not the registry's is not believed.
        self.init("other")
        other = Server(self.dir, registry="other")
        self.addCleanup(other.stop)
        self.refused("note-unsigned", "audit", other.address, "--trust", "known/trust.json")

    def test_scrapi(self):
        filing = self.signed(incident(self.party))
        server = self.serve("--public-url", "https://registry.example")
        status, fields, receipt = server.ask("POST", "/entries", filing, COSE)
        self.assertEqual((status, fields["content-type"]), (201, COSE_TYPE), receipt)
        location = fields["location"]
        self.assertTrue(location.startswith("https://registry.example/entries/"))
        index = int(location.rsplit("/", 1)[1])
        (self.dir / "proof.statement").write_bytes(self.entry(index))
        self.verify(self.entry(index), receipt, None)
        status, fields, receipt = server.get(f"/entries/{index}", Accept=COSE_TYPE)
        self.assertEqual((status, fields["content-type"]), (200, COSE_TYPE))
        self.verify(self.entry(index), receipt, None)
        self.assertEqual(fields["vary"], "Accept")
        status, fields, proof = server.get(f"/entries/{index}", Accept="text/plain")
        self.assertEqual((status, fields["content-type"]), (200, "text/plain; charset=utf-8"))
        self.assertEqual(fields["vary"], "Accept")
        self.verify(self.entry(index), receipt, proof)
        (self.dir / "proof.receipt").unlink()
        self.verify(self.entry(index), None, proof)
        self.assertEqual(server.ask("POST", "/entries", filing, COSE)[0], 200)

        status, fields, body = server.get("/.well-known/scitt-keys", Accept="application/cbor")
        self.assertEqual((status, fields["content-type"]), (200, "application/cbor"))
        (key,) = cbor2.loads(body)
        protected = cbor2.loads(cbor2.loads(receipt).value[0])
        self.assertEqual(key[2], protected[4])
        self.assertEqual(key[3], protected[1])
        kid = base64.urlsafe_b64encode(key[2]).decode().rstrip("=")
        status, _, one = server.get(f"/.well-known/scitt-keys/{kid}")
        self.assertEqual((status, cbor2.loads(one)), (200, key))

    def refused_in_cbor(self, server, expected, code, method, target, body=None, headers=None):
        status, fields, text = server.ask(method, target, body, headers)
        self.assertEqual((status, fields["content-type"]), (expected, PROBLEM), text)
        problem = cbor2.loads(text)
        self.assertEqual((problem[-1], problem[-4]), (code, expected))
        self.assertIn(" ", problem[-2])
        return fields

    def test_scrapi_errors_are_concise_problems(self):
        filing = self.signed(incident(self.party))
        server = self.serve()
        refuse = lambda *args: self.refused_in_cbor(server, *args)
        refuse(404, "entry-out-of-range", "GET", "/entries/99999")
        refuse(404, "entry-out-of-range", "GET", "/entries/01")
        refuse(404, "entry-out-of-range", "GET", "/entries/-1")
        refuse(404, "scitt-key-unknown", "GET", "/.well-known/scitt-keys/AAAA")
        refuse(415, "media-type-unknown", "POST", "/entries", filing,
               {"Content-Type": "application/json"})
        refuse(415, "media-type-unknown", "POST", "/entries", filing, {"Content-Type": ""})
        fields = refuse(405, "method-unknown", "GET", "/entries")
        self.assertEqual(fields["allow"], "POST")
        refuse(400, "cbor-malformed", "POST", "/entries", b"", COSE)
        refuse(400, "cbor-malformed", "POST", "/entries", b"\xff" * 1000, COSE)
        damaged = filing[:-1] + bytes([filing[-1] ^ 1])
        refuse(403, "signature-invalid", "POST", "/entries", damaged, COSE)
        before = server.get("/checkpoint")[2]
        refuse(403, "signature-invalid", "POST", "/entries", damaged, COSE)
        self.assertEqual(server.get("/checkpoint")[2], before)

    def test_unknown_parties_are_refused(self):
        stranger = self.admit("bob", admit=False)
        name = "stranger.filing"
        self.write("object.json", incident(stranger))
        self.json("file", "registry", "object.json", "--key", "bob.key", "--party", stranger,
                  "--sign-only", name)
        server = self.serve()
        self.refused_in_cbor(server, 403, "key-unknown", "POST", "/entries",
                     (self.dir / name).read_bytes(), COSE)

    def test_checking_files_nothing(self):
        filing = self.signed(incident(self.party), incident(self.party))
        server = self.serve()
        before = server.get("/checkpoint")[2]
        status, _, body = server.ask("POST", "/api/v1/filings:check", filing, COSE)
        said = json.loads(body)
        self.assertEqual((status, said["checked"], len(said["items"])), (200, True, 2))
        self.assertEqual(said["issuer"], self.party)
        status, fields, body = server.ask("POST", "/api/v1/filings:check", filing[:-1], COSE)
        self.assertEqual((status, fields["content-type"]), (400, "application/problem+json"))
        self.assertEqual(json.loads(body)["code"], "cbor-malformed")
        self.assertEqual(server.get("/checkpoint")[2], before)

    def test_health_and_metrics(self):
        server = self.serve()
        self.assertEqual(server.get("/healthz")[::2], (200, b"ok\n"))
        self.assertEqual(server.get("/readyz")[::2], (200, b"ready\n"))
        server.get("/nothing/here")
        status, fields, body = server.get("/metrics")
        self.assertEqual(status, 200)
        self.assertTrue(fields["content-type"].startswith("text/plain; version=0.0.4"))
        text = body.decode()
        self.assertIn('http_requests_total{route="/healthz",method="GET",code="200"} 1\n', text)
        self.assertIn('http_requests_total{route="none",method="GET",code="404"} 1\n', text)
        self.assertIn('http_request_duration_seconds_bucket{route="/healthz",le="+Inf"} 1', text)
        for name in ("process_cpu_seconds_total", "process_resident_memory_bytes",
                     "process_open_fds", "process_start_time_seconds", "comity_log_entries",
                     "comity_record_entries", "comity_writers_waiting",
                     "http_request_bytes_total", "http_response_bytes_total"):
            self.assertIn(f"\n# TYPE {name} ", "\n" + text)
        values = dict(line.rsplit(" ", 1) for line in text.splitlines() if line[0] != "#")
        self.assertLess(abs(float(values["process_start_time_seconds"]) - time.time()), 300)


if __name__ == "__main__":
    main()
