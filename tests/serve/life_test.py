"""The life of a server: it drains, it is killed, it changes its certificate, it is alone."""

import http.client
import json
import signal
import ssl
import subprocess
import threading
import time

from served import COSE, Server, ServedCase, incident, main


class Life(ServedCase):
    def test_sigterm_answers_what_was_begun(self):
        filing = self.signed(incident(self.party))
        server = self.serve()
        idle, slow = server.socket(), server.socket()
        self.addCleanup(idle.close)
        self.addCleanup(slow.close)
        slow.sendall(b"POST /api/v1/filings HTTP/1.1\r\nHost: x\r\nContent-Type: application/cose"
                     b"\r\nContent-Length: %d\r\n\r\n" % len(filing) + filing[:10])
        time.sleep(0.3)
        server.process.send_signal(signal.SIGTERM)
        self.assertEqual(idle.recv(1), b"")
        with self.assertRaises(OSError):
            for _ in range(100):
                server.socket(1).close()
                time.sleep(0.02)
        slow.sendall(filing[10:])
        answer = b""
        while piece := slow.recv(65536):
            answer += piece
        self.assertTrue(answer.startswith(b"HTTP/1.1 201 "), answer)
        self.assertIn(b"\r\nConnection: close\r\n", answer)
        self.assertEqual(server.stop(), 0)
        events = [it["event"] for it in server.events()]
        self.assertEqual(events[-2:], ["draining", "stopped"])
        self.assertTrue(self.json("audit", "registry")["clean"])

    def test_draining_does_not_wait_for_ever(self):
        server = self.serve(*self.configure("drain_seconds = 1\n"))
        slow = server.socket()
        slow.sendall(b"POST /entries HTTP/1.1\r\nHost: x\r\nContent-Length: 50\r\n\r\n")
        time.sleep(0.3)
        begun = time.monotonic()
        self.assertEqual(server.stop(), 0)
        self.assertLess(time.monotonic() - begun, 10)
        slow.close()

    def test_suites_of_tls_1_2_are_chosen(self):
        self.make_certificate("registry.example")
        server = self.serve("--certificate", "tls.pem", "--tls-key", "tls.key")

        def negotiated(suite):
            context = ssl.create_default_context(cafile=self.dir / "tls.pem")
            context.maximum_version = ssl.TLSVersion.TLSv1_2
            context.set_ciphers(suite)
            with context.wrap_socket(server.socket(), server_hostname="127.0.0.1") as client:
                return client.cipher()[0]

        for suite in ("ECDHE-ECDSA-AES128-GCM-SHA256", "ECDHE-ECDSA-AES256-GCM-SHA384",
                      "ECDHE-ECDSA-CHACHA20-POLY1305"):
            self.assertEqual(negotiated(suite), suite)
        # RFC 7540 appendix A lists these.
        for suite in ("ECDHE-ECDSA-AES128-SHA", "ECDHE-ECDSA-AES256-SHA384"):
            with self.assertRaises(ssl.SSLError):
                negotiated(suite)

    def test_one_process_has_the_registry(self):
        server = self.serve()
        self.refused("registry-locked", "serve", "registry", "--listen", "127.0.0.1:0")
        self.assertEqual(server.stop(signal.SIGINT), 0)
        self.assertEqual(Server(self.dir).stop(), 0)

    def test_a_configuration_that_is_none(self):
        for text in ("nonsense", "listen = 5", "unheard = 1", "[limits]\nconnections = 0",
                     "[limits]\nburst = -1", "[limits]\nburst = 0.5",
                     "[limits]\nheader_bytes = 4294967297", "listen = ['nowhere']",
                     "listen = ['127.0.0.1:99999']",
                     "public_url = 'registry.example'", "[tls]\ncertificate = 'x'",
                     "[proxy]\ntrusted = ['10.0.0.0/33']", "[limits]\nheader_seconds = 'x'"):
            self.write("serve.toml", text)
            self.refused("config-malformed", "serve", "registry", "--config", "serve.toml")

    def test_receipts_survive_kill_9_under_load(self):
        filings = [self.signed(incident(self.party, f"Number {n}")) for n in range(60)]
        server = self.serve()
        answered = []
        lock = threading.Lock()

        def write(mine):
            client = server.client()
            for filing in mine:
                try:
                    client.request("POST", "/api/v1/filings", filing, COSE)
                    answer = client.getresponse()
                    said = json.loads(answer.read())
                except (OSError, http.client.HTTPException, ValueError):
                    return
                with lock:
                    self.assertEqual(answer.status, 201, said)
                    answered.append(said)

        writers = [threading.Thread(target=write, args=(filings[n::6],)) for n in range(6)]
        for writer in writers:
            writer.start()
        while len(answered) < 15 and any(writer.is_alive() for writer in writers):
            time.sleep(0.002)
        server.stop(signal.SIGKILL)
        for writer in writers:
            writer.join()
        self.assertGreaterEqual(len(answered), 15)
        for said in answered:
            self.write("earlier", said["checkpoint"])
            index = said["index"]
            self.json("prove", "registry", str(index), "--out", "now")
            told = self.json("verify", "--trust", "registry/trust.json", "now")
            self.assertTrue(told["verified"])
        # Every head that was ever told is of the same history.
        earliest = min(answered, key=lambda it: it["size"])
        latest = max(answered, key=lambda it: it["size"])
        for name, said in (("first", earliest), ("last", latest)):
            self.write(name, said["checkpoint"])
        done = self.json("audit", "registry", "--checkpoint", "first", "--checkpoint", "last")
        self.assertTrue(done["clean"])
        # What was not answered may be sent again.
        server = self.serve()
        for filing in filings:
            self.assertIn(server.ask("POST", "/api/v1/filings", filing, COSE)[0], (200, 201))
        self.assertEqual(server.stop(), 0)

    def make_certificate(self, name):
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
                        "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj",
                        f"/CN={name}", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout",
                        "tls.key", "-out", "tls.pem"], cwd=self.dir, check=True,
                       capture_output=True)
        return ssl.PEM_cert_to_DER_cert((self.dir / "tls.pem").read_text())

    def test_tls_and_a_new_certificate(self):
        first = self.make_certificate("first")
        server = self.serve("--certificate", "tls.pem", "--tls-key", "tls.key")
        self.assertTrue(server.address.startswith("https://"))
        trusting = ssl.create_default_context(cafile=self.dir / "tls.pem")
        client = http.client.HTTPSConnection("127.0.0.1", server.port, context=trusting, timeout=20)
        client.request("GET", "/segments/public/00000000.seg")
        answer = client.getresponse()
        self.assertEqual((answer.status, answer.read()),
                         (200, self.read("segments/public/00000000.seg")))
        address = ("127.0.0.1", server.port)
        served = lambda: ssl.PEM_cert_to_DER_cert(ssl.get_server_certificate(address))
        self.assertEqual(served(), first)
        (self.dir / "tls.pem").write_text("nonsense")
        server.process.send_signal(signal.SIGHUP)
        time.sleep(0.5)
        self.assertEqual(served(), first)
        second = self.make_certificate("second")
        server.process.send_signal(signal.SIGHUP)
        time.sleep(0.5)
        self.assertEqual(served(), second)
        self.addCleanup(client.close)
        # The connection from before goes on.
        client.request("GET", "/checkpoint")
        self.assertEqual(client.getresponse().status, 200)
        # Plain HTTP on a TLS port gets nothing, and harms nobody.
        self.assertNotIn(b"HTTP", server.send_raw(b"GET / HTTP/1.1\r\n\r\n"))
        self.assertEqual(server.stop(), 0)
        events = [it["event"] for it in server.events()]
        self.assertIn("certificate-kept", events)
        self.assertIn("certificate-reloaded", events)


if __name__ == "__main__":
    main()
