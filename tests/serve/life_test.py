"""The life of a server: it drains, it is killed, it changes its certificate, it is alone."""

import base64
import http.client
import json
import resource
import select
import shutil
import signal
import ssl
import subprocess
import sys
import threading
import time
import warnings
from pathlib import Path

from cbor2 import CBORTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from served import COSE, Server, ServedCase, incident, main, read_all

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "golden"))

from encoding import cose_key, encode, public_key, sha256, sig_structure  # noqa: E402


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

    def test_a_download_that_was_begun_is_whole(self):
        target, _ = self.file_much()
        server = self.serve()
        with self.ask_and_wait(server, target) as raw:
            got = raw.recv(1000)
            server.process.send_signal(signal.SIGTERM)
            with self.assertRaises(OSError):
                for _ in range(100):
                    server.socket(1).close()
                    time.sleep(0.02)
            got += read_all(raw)
        head, _, body = got.partition(b"\r\n\r\n")
        self.assertTrue(head.startswith(b"HTTP/1.1 200 "), head)
        self.assertTrue(body == self.read(target[1:]), len(body))
        self.assertEqual(server.stop(), 0)

    def test_a_log_that_cannot_be_written(self):
        filings = [self.signed(incident(self.party, f"Number {n}", description="x" * 50_000))
                   for n in range(2)]
        # Without the signal a write beyond the limit fails as one on a full disk does.
        server = self.serve(
            preexec_fn=lambda: signal.signal(signal.SIGXFSZ, signal.SIG_IGN))
        file = lambda n: server.ask("POST", "/api/v1/filings", filings[n], COSE)[0]
        self.until(lambda: server.get("/readyz")[0] == 200)
        resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, (20_000, 20_000))
        self.assertEqual(file(0), 500)
        status, _, body = server.get("/readyz")
        self.assertEqual(status, 503)
        self.assertIn(b" ", body)
        self.assertEqual([server.get(target)[0] for target in ("/healthz", "/checkpoint")],
                         [200, 200])
        self.assertEqual((file(1), server.get("/readyz")[0]), (500, 503))
        server.stop()
        server = self.serve()
        self.until(lambda: server.get("/readyz")[0] == 200)
        self.assertEqual([file(0), file(1)], [201, 201])
        self.assertEqual(server.stop(), 0)
        self.assertTrue(self.json("audit", "registry")["clean"])

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

    def tick(self, seconds):
        """The log's time as the registrar's statement, to be that far ahead of this machine's."""
        at = int(time.time()) + seconds
        trust = json.loads(self.read("trust.json"))
        lines = self.read("private/registrar.key").decode().splitlines()[1:]
        secret = base64.b64decode(dict(it.split(" ", 1) for it in lines)["plain"])
        kid = sha256(cose_key(public_key("ed25519", secret)))
        claims = {1: trust["registrar"], 2: trust["origin"], 3: trust["origin"], 6: at}
        protected = encode({1: -8, 3: "application/vnd.comity.control+cbor", 4: kid, 15: claims})
        payload = encode(["tick", at])
        signature = Ed25519PrivateKey.from_private_bytes(secret).sign(
            sig_structure(protected, payload))
        return encode(CBORTag(18, [protected, {}, payload, signature]))

    def clock(self, code):
        """What the doctor says of it."""
        (clock,) = (it for it in self.json("doctor", "registry", code=code)["checks"]
                    if it["what"] == "clock")
        return clock

    def test_a_clock_that_was_ahead_and_was_set_back(self):
        self.assertEqual(self.clock(0)["result"], "ok")
        server = self.serve()
        status, _, body = server.ask("POST", "/entries", self.tick(3600), COSE)
        self.assertEqual(status, 201, body)
        # The log's time stands still until the clock has come up to it.
        filing = self.signed(incident(self.party))
        self.assertEqual(server.ask("POST", "/api/v1/filings", filing, COSE)[0], 201)
        self.assertEqual(server.stop(), 0)
        clock = self.clock(1)
        self.assertEqual(clock["result"], "problem")
        self.assertIn("is ahead of this machine's", clock["detail"])
        self.assertIn("Set the clock", clock["todo"])
        self.assertTrue(self.json("audit", "registry")["clean"])

    def test_one_process_has_the_registry(self):
        server = self.serve()
        self.refused("registry-locked", "serve", "registry", "--listen", "127.0.0.1:0")
        self.assertEqual(server.stop(signal.SIGINT), 0)
        self.assertEqual(Server(self.dir).stop(), 0)

    def test_a_reload_during_the_start_is_harmless(self):
        self.write("objects.jsonl", "\n".join(
            json.dumps(incident(self.party, f"Number {n}")) for n in range(1500)))
        self.json("file", "registry", "objects.jsonl", "--key", "alice.key", "--party", self.party)
        state = self.dir / "registry/state"
        shutil.rmtree(state)
        sent = []

        def reload(process):
            while not select.select([process.stdout], [], [], 0.002)[0]:
                if state.exists():  # which the program that serves has begun to make
                    process.send_signal(signal.SIGHUP)
                    sent.append(time.monotonic())

        server = self.serve(meanwhile=reload)
        self.assertGreater(len(sent), 5)
        self.assertEqual(server.get("/checkpoint")[0], 200)
        server.process.send_signal(signal.SIGHUP)
        self.assertEqual(server.get("/checkpoint")[0], 200)
        self.assertEqual(server.stop(), 0)
        self.assertIn("tokens-reloaded", [it["event"] for it in server.events()])

    def test_a_configuration_that_is_none(self):
        for text in ("nonsense", "listen = 5", "unheard = 1", "[limits]\nconnections = 0",
                     "[limits]\nburst = -1", "[limits]\nburst = 0.5",
                     "[limits]\nheader_bytes = 4294967297", "listen = ['nowhere']",
                     "listen = ['127.0.0.1:99999']",
                     "public_url = 'registry.example'", "[tls]\ncertificate = 'x'",
                     "[proxy]\ntrusted = ['10.0.0.0/33']", "[limits]\nheader_seconds = 'x'"):
            self.write("serve.toml", text)
            self.refused("config-malformed", "serve", "registry", "--config", "serve.toml")

    def test_flags_win_over_the_file(self):
        filing = self.signed(incident(self.party))
        self.make_certificate("the flags'")
        server = self.serve(
            "--public-url", "https://b.example", "--certificate", "tls.pem", "--tls-key", "tls.key",
            *self.configure("public_url = 'https://a.example'\nlisten = ['127.0.0.1:1']\n"
                            "[tls]\ncertificate = 'none.pem'\nkey = 'none.key'\n"))
        self.assertEqual(server.ready["addresses"], [f"https://127.0.0.1:{server.port}"])
        self.assertNotEqual(server.port, 1)
        client = self.tls_client(server)
        client.request("POST", "/entries", filing, COSE)
        answer = client.getresponse()
        self.assertEqual((answer.status, answer.read()[:1]), (201, b"\xd2"))
        self.assertRegex(answer.getheader("Location"), r"^https://b\.example/entries/\d+$")

    def told_again(self, said):
        """Verifies the receipts that were given, against the entry as the log has it now."""
        self.json("prove", "registry", str(said["index"]), "--out", "now")
        for suffix, member in (("receipt", "receipt"), ("tlog-proof", "tlog_proof")):
            (self.dir / f"now.{suffix}").write_bytes(base64.b64decode(said[member]))
        told = self.json("verify", "--trust", "registry/trust.json", "now")
        self.assertTrue(told["verified"])

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
                    answered.append((filing, answer.status, said))

        writers = [threading.Thread(target=write, args=(filings[n::6],)) for n in range(6)]
        for writer in writers:
            writer.start()
        while len(answered) < 15 and any(writer.is_alive() for writer in writers):
            time.sleep(0.002)
        server.stop(signal.SIGKILL)
        for writer in writers:
            writer.join()
        self.assertGreaterEqual(len(answered), 15)
        self.assertEqual({status for _, status, _ in answered}, {201})
        heads = [said for _, _, said in answered]
        for said in heads:
            self.told_again(said)
        # Every head that was ever told is of the same history.
        for name, choose in (("first", min), ("last", max)):
            self.write(name, choose(heads, key=lambda it: it["size"])["checkpoint"])
        done = self.json("audit", "registry", "--checkpoint", "first", "--checkpoint", "last")
        self.assertTrue(done["clean"])
        # What was answered is there, and what was not may be sent again.
        server = self.serve()
        known = {filing: said["index"] for filing, _, said in answered}
        for filing in filings:
            status, _, body = server.ask("POST", "/api/v1/filings", filing, COSE)
            if filing in known:
                self.assertEqual((status, json.loads(body)["index"]), (200, known[filing]))
            else:
                self.assertIn(status, (200, 201))
        self.assertEqual(server.stop(), 0)

    def test_tls_and_a_new_certificate(self):
        first = self.make_certificate("first")
        server = self.serve("--certificate", "tls.pem", "--tls-key", "tls.key")
        self.assertTrue(server.address.startswith("https://"))
        client = self.tls_client(server)
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
        # The connection from before goes on.
        client.request("GET", "/checkpoint")
        self.assertEqual(client.getresponse().status, 200)
        # Plain HTTP on a TLS port gets nothing, and harms nobody.
        self.assertNotIn(b"HTTP", server.send_raw(b"GET / HTTP/1.1\r\n\r\n"))
        self.assertEqual(server.stop(), 0)
        events = [it["event"] for it in server.events()]
        self.assertIn("certificate-kept", events)
        self.assertIn("certificate-reloaded", events)

    def test_tls_speaks_http_1_1_in_its_newer_versions(self):
        self.make_certificate("first")
        server = self.serve("--certificate", "tls.pem", "--tls-key", "tls.key")

        def shake_hands(version, *protocols):
            context = ssl.create_default_context(cafile=self.dir / "tls.pem")
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", DeprecationWarning)  # of the old versions
                context.minimum_version = context.maximum_version = version
            context.set_ciphers("ALL:@SECLEVEL=0")
            if protocols:
                context.set_alpn_protocols(protocols)
            with context.wrap_socket(server.socket(), server_hostname="127.0.0.1") as secured:
                return secured.version(), secured.selected_alpn_protocol()

        version = ssl.TLSVersion
        self.assertEqual(shake_hands(version.TLSv1_2), ("TLSv1.2", None))
        self.assertEqual(shake_hands(version.TLSv1_3, "h2", "http/1.1"), ("TLSv1.3", "http/1.1"))
        self.assertEqual(shake_hands(version.TLSv1_3, "h2"), ("TLSv1.3", None))
        for old in (version.TLSv1, version.TLSv1_1):
            with self.assertRaises(ssl.SSLError) as refused:
                shake_hands(old)
            self.assertEqual(refused.exception.reason, "TLSV1_ALERT_PROTOCOL_VERSION")

    def test_who_says_nothing_in_a_handshake_is_cut_off(self):
        self.make_certificate("first")
        server = self.serve("--certificate", "tls.pem", "--tls-key", "tls.key",
                            *self.configure("[limits]\ntls_seconds = 1\n"))
        for begun in (b"", b"\x16\x03\x01"):
            with server.socket() as silent:
                silent.sendall(begun)
                start = time.monotonic()
                self.assertEqual(silent.recv(1), b"")
                self.assertLess(time.monotonic() - start, 7)  # it is 10 where nothing is said


if __name__ == "__main__":
    main()
