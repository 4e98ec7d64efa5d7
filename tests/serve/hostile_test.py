"""Clients that mean no good: the server stays up, its memory bounded, and serves the others."""

import base64
import gzip
import json
import select
import socket
import ssl
import sys
import time
from pathlib import Path

from cbor2 import CBORTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from served import COSE, ServedCase, incident, main, read_all

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "golden"))

from encoding import decode, encode, sha256, sig_structure, sign1  # noqa: E402

QUICK = """
[limits]
header_seconds = 1
body_seconds = 1
idle_seconds = 5
connections = 200
connections_per_address = 150
"""
HEAD = b"GET /checkpoint HTTP/1.1\r\nHost: x\r\n"


def status_of(answer):
    return int(answer.split(b" ", 2)[1]) if answer.startswith(b"HTTP/1.1 ") else None


class Hostile(ServedCase):
    def others_are_served(self, server):
        self.assertEqual(server.get("/checkpoint")[0], 200)
        self.assertIsNone(server.process.poll())

    def test_slow_headers_and_bodies_are_cut_off(self):
        server = self.serve(*self.configure(QUICK))
        sockets = [server.socket() for _ in range(20)]
        start = time.monotonic()
        closed = set()
        while time.monotonic() - start < 8 and len(closed) < len(sockets):
            for raw in set(sockets) - closed:
                try:
                    raw.sendall(HEAD[:1] if time.monotonic() - start < 0.1 else b"x")
                except OSError:
                    closed.add(raw)
            self.others_are_served(server)
            time.sleep(0.2)
        self.assertEqual(len(closed), len(sockets))
        for raw in sockets:
            raw.close()
        begun = time.monotonic()
        slow = server.send_raw(b"POST /entries HTTP/1.1\r\nHost: x\r\nContent-Length: 99\r\n"
                               b"Content-Type: application/cose\r\n\r\nabc")
        self.assertEqual(slow, b"")
        self.assertLess(time.monotonic() - begun, 10)
        self.others_are_served(server)

    def test_a_byte_now_and_then_does_not_extend_a_body(self):
        server = self.serve(*self.configure(QUICK))
        with server.socket() as raw:
            raw.sendall(b"POST /entries HTTP/1.1\r\nHost: x\r\nContent-Length: 99\r\n"
                        b"Content-Type: application/cose\r\n\r\n")
            begun = time.monotonic()
            while not select.select([raw], [], [], 0.2)[0]:
                raw.sendall(b"x")
                self.assertLess(time.monotonic() - begun, 5)
            self.assertGreater(time.monotonic() - begun, 0.8)
            self.assertEqual(read_all(raw), b"")
        self.others_are_served(server)

    def test_who_asks_before_it_is_let_in_is_told_that_there_is_no_room(self):
        server = self.serve(*self.configure("[limits]\nconnections = 2\n"))
        inside = [server.socket() for _ in range(2)]
        for raw in inside:
            raw.sendall(HEAD + b"\r\n")
            self.assertEqual(status_of(raw.recv(65536)), 200)
        for n in range(80):
            with server.socket() as raw:
                raw.sendall(HEAD + b"X: " + b"y" * 100 * n + b"\r\n\r\n")
                answer = b""
                while piece := raw.recv(65536):  # and no reset
                    answer += piece
            self.assertEqual(status_of(answer), 503)
            self.assertIn(b"\r\nRetry-After: 5\r\n", answer)
        for raw in inside:
            raw.close()
        self.until(lambda: server.get("/checkpoint")[0] == 200)
        self.assertEqual(server.stop(), 0)

    def test_hostile_clients_of_tls(self):
        self.make_certificate("first")
        tls = ("--certificate", "tls.pem", "--tls-key", "tls.key")
        context = ssl.create_default_context(cafile=self.dir / "tls.pem")

        def secured():
            raw = context.wrap_socket(server.socket(), server_hostname="127.0.0.1")
            self.addCleanup(raw.close)
            return raw

        def ask(raw):
            raw.sendall(HEAD + b"\r\n")
            return status_of(raw.recv(65536))

        server = self.serve(*tls, *self.configure(
            "[limits]\nheader_seconds = 1\nidle_seconds = 2\n"))
        slow, idle = secured(), secured()
        self.assertEqual(ask(idle), 200)
        begun = time.monotonic()
        slow.sendall(HEAD)
        with self.assertRaises(OSError):
            while time.monotonic() - begun < 8:
                slow.sendall(b"x")
                time.sleep(0.2)
        idle.settimeout(8)
        try:
            self.assertEqual(idle.recv(1), b"")
        except (ssl.SSLEOFError, ConnectionResetError):
            pass  # closed without TLS's farewell, since nothing was under way
        self.assertEqual(ask(secured()), 200)
        self.assertEqual(server.stop(), 0)

        server = self.serve(*tls, *self.configure("[limits]\nconnections_per_address = 302\n"))
        self.assertEqual(ask(secured()), 200)
        before = server.resident()
        many = [secured() for _ in range(300)]
        self.assertEqual(ask(secured()), 200)
        with self.assertRaises(OSError):  # one more is closed without a word
            secured()
        self.assertLess(server.resident() - before, len(many) * 256 * 1024)
        for raw in many[:10]:
            raw.close()
        for raw in many[10:20]:
            self.assertEqual(ask(raw), 200)
        self.assertEqual(ask(secured()), 200)
        self.assertEqual(server.stop(), 0)

    def test_fields_that_are_lists_may_come_in_several_lines(self):
        server = self.serve()
        ask = lambda target, lines: server.send_raw(
            f"GET {target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{lines}\r\n".encode())
        self.until(lambda: server.get("/api/v1/stats")[0] == 200)  # the record follows the log
        tag = server.get("/api/v1/stats")[1]["etag"]
        for target, name, other, this, alone, with_it in (
                ("/taxii2/", "Accept", "text/html", "application/taxii+json;version=2.1", 406, 200),
                ("/api/v1/stats", "If-None-Match", '"x"', tag, 200, 304)):
            for values, status in (((other,), alone), ((other, this), with_it),
                                   ((this, other), with_it)):
                answer = ask(target, "".join(f"{name}: {value}\r\n" for value in values))
                self.assertEqual(status_of(answer), status, (target, values, answer))
                self.assertIn(b"\r\nx-content-type-options: nosniff\r\n", answer)
                self.assertIn(b"\r\naccess-control-allow-origin: *\r\n", answer.lower())

    def test_idle_connections_go(self):
        server = self.serve(*self.configure(QUICK))
        idle = [server.socket() for _ in range(140)]
        self.others_are_served(server)
        over = [server.socket() for _ in range(20)]
        refused = [read_all(raw) for raw in over[11:]]
        self.assertEqual([status_of(answer) for answer in refused], [503] * 9)
        for answer in refused:
            self.assertIn(b"\r\nRetry-After: 5\r\n", answer)
        for raw in idle:
            self.assertEqual(read_all(raw), b"")
        for raw in idle + over:
            raw.close()
        self.others_are_served(server)

    def test_what_is_not_http_is_refused(self):
        server = self.serve()
        for bad in (b"nonsense\r\n\r\n", b"GET /\r\n\r\n", b"GET / HTTP/3.0\r\n\r\n",
                    b"GET /a b HTTP/1.1\r\nHost: x\r\n\r\n", b"\x16\x03\x01\x02\x00\x01\x00",
                    b"GET / HTTP/1.1\r\nHost: x\r\nno colon\r\n\r\n",
                    b"GET / HTTP/1.1\r\nHost : x\r\n\r\n", b"GET / HTTP/1.1\r\n\r\n",
                    b"GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n",
                    b"GET /check\rpoint HTTP/1.1\r\nHost: x\r\n\r\n",
                    b"GET /a\x00b HTTP/1.1\r\nHost: x\r\n\r\n",
                    b"GET ftp://x/a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                    b"GET * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                    b"POST /entries HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
                    b"POST /entries HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n"
                    b"Content-Length: 4\r\n\r\nabcd",
                    b"POST /entries HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n"
                    b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                    b"POST /entries HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
                    b"zz\r\n",
                    b"POST /entries HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
                    b"ffffffffffffffffff\r\n"):
            answer = server.send_raw(bad + b"\r\n\r\n")
            self.assertEqual(status_of(answer), 400, (bad, answer))
            self.others_are_served(server)

    def test_a_second_request_is_not_smuggled_in_a_target(self):
        server = self.serve()
        answer = server.send_raw(b"GET /x%0d%0aGET%20/checkpoint HTTP/1.1\r\nHost: x\r\n"
                                 b"Connection: close\r\n\r\n")
        self.assertEqual(status_of(answer), 404)
        self.assertEqual(answer.count(b"HTTP/1.1"), 1)

    def test_a_second_request_is_not_smuggled_in_a_body(self):
        server = self.serve()
        for version, coding in ((b"1.1", b"gzip"), (b"1.1", b"xchunked"), (b"1.1", b"identity"),
                                (b"1.1", b"gzip, chunked"), (b"1.1", b"chunked, chunked"),
                                (b"1.1", b"chunked, identity"), (b"1.1", b"chunked;q=1"),
                                (b"1.1", b'"chunked"'), (b"1.1", b""),
                                (b"1.1", b"chunked\r\nTransfer-Encoding: chunked"),
                                (b"1.1", b"chunked\r\nTransfer-Encoding: gzip"),
                                (b"1.0", b"chunked"), (b"1.0", b"gzip")):
            for method in (b"GET", b"POST"):
                answer = server.send_raw(
                    method + b" /checkpoint HTTP/" + version + b"\r\nHost: x\r\n"
                    b"Connection: keep-alive\r\nTransfer-Encoding: " + coding +
                    b"\r\n\r\n0\r\n\r\n" + HEAD + b"Connection: close\r\n\r\n")
                self.assertIn(b" 400 Bad Request\r\n", answer, (version, coding))
                self.assertEqual(answer.count(b"\r\nServer: "), 1, (version, coding, answer))
        self.others_are_served(server)

    def test_bodies_of_another_length_than_announced(self):
        server = self.serve()
        post = (b"POST /api/v1/filings HTTP/1.1\r\nHost: x\r\nContent-Type: application/cose\r\n"
                b"Content-Length: %d\r\n\r\n%s")
        with server.socket() as short:
            short.sendall(post % (99, b"abc"))
            short.shutdown(socket.SHUT_WR)
            self.assertEqual(read_all(short), b"")
        # What is behind the body is the next request, and no request of ours.
        answer = server.send_raw(post % (3, b"\xff\xff\xffdef") + b"\r\n\r\n")
        self.assertEqual(answer.count(b"\r\nServer: "), 2, answer)
        self.assertLess(answer.index(b'"cbor-malformed"'), answer.index(b'"request-malformed"'))
        self.others_are_served(server)

    def test_floods_of_fields(self):
        server = self.serve()
        many = HEAD + b"".join(b"X-%d: y\r\n" % n for n in range(200)) + b"\r\n"
        self.assertEqual(status_of(server.send_raw(many)), 431)
        long = HEAD + b"X: " + b"y" * 40_000 + b"\r\n\r\n"
        self.assertEqual(status_of(server.send_raw(long)), 431)
        endless = HEAD + b"X: " + b"y" * 3_000_000
        self.assertIn(status_of(server.send_raw(endless)), (431, None))
        target = b"GET /" + b"a" * 9000 + b" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
        self.assertEqual(status_of(server.send_raw(target)), 414)
        self.others_are_served(server)

    def test_bodies_that_are_too_large_are_not_read(self):
        server = self.serve()
        head = b"POST /entries HTTP/1.1\r\nHost: x\r\nContent-Type: application/cose\r\n"
        answer = server.send_raw(head + b"Content-Length: 99999999999\r\n\r\nabc")
        self.assertEqual(status_of(answer), 413)
        answer = server.send_raw(b"GET /checkpoint HTTP/1.1\r\nHost: x\r\n"
                                 b"Content-Length: 3\r\n\r\nabc")
        self.assertEqual(status_of(answer), 413)
        for what in (b"Content-Length: 3\r\n\r\nabc", b"Content-Length: 99999999999\r\n\r\nabc",
                     b"Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"):
            answer = server.send_raw(b"PUT /checkpoint HTTP/1.1\r\nHost: x\r\n" + what)
            self.assertEqual(status_of(answer), 405)
            self.assertEqual(answer.count(b"\r\nServer: "), 1)
            self.assertIn(b"\r\nConnection: close\r\n", answer)
        before = server.resident()
        piece = b"100000\r\n" + b"z" * 0x100000 + b"\r\n"
        answer = server.send_raw(head + b"Transfer-Encoding: chunked\r\n\r\n" + piece * 40)
        self.assertIn(status_of(answer), (413, None))
        self.assertLess(server.resident() - before, 200_000_000)
        self.others_are_served(server)

    def test_bodies_are_gone_when_they_are_answered(self):
        server = self.serve()
        self.others_are_served(server)
        before = server.resident()
        body = b"\xff" * (33 << 20)
        clients = [server.client() for _ in range(8)]
        for client in clients:
            self.addCleanup(client.close)
            client.request("POST", "/entries", body, COSE)
            answer = client.getresponse()
            answer.read()
            self.assertEqual(answer.status, 413)
            self.assertIsNotNone(client.sock)  # it is kept open
        time.sleep(0.5)
        self.assertLess(server.resident() - before, 4 * len(body))

    HEAVY = (b"POST /entries HTTP/1.1\r\nHost: x\r\nContent-Type: application/cose\r\n"
             b"Content-Length: 30000000\r\n\r\n")

    def test_memory_for_bodies_is_shared_out(self):
        for limits, status in (("body_bytes_in_flight = 50000000", 503),
                               ("body_bytes_per_address = 50000000", 429)):
            server = self.serve(*self.configure(f"[limits]\n{limits}\n"))
            with server.socket() as first:
                first.sendall(self.HEAVY + b"\xff" * 29_000_000)
                time.sleep(0.5)
                answer = server.send_raw(self.HEAVY + b"\xff" * 17_000_000)
                self.assertEqual(status_of(answer), status)
                self.assertIn(b"\r\nretry-after: ", answer.lower())
                self.others_are_served(server)
            filing = self.signed(incident(self.party, f"Filed after {status}"))
            time.sleep(0.5)
            self.assertEqual(server.ask("POST", "/entries", filing, COSE)[0], 201)
            self.assertEqual(server.stop(), 0)

    def test_announced_bodies_take_no_memory_from_others(self):
        server = self.serve(*self.configure("[limits]\nbody_bytes_in_flight = 50000000\n"))
        chunked = (b"POST /entries HTTP/1.1\r\nHost: x\r\nContent-Type: application/cose\r\n"
                   b"Transfer-Encoding: chunked\r\n\r\n1c9c380\r\nabc")
        for n in range(60):
            raw = server.socket()
            self.addCleanup(raw.close)
            raw.sendall(chunked if n % 2 else self.HEAVY + b"abc")
        time.sleep(0.5)
        filing = self.signed(incident(self.party))
        self.assertEqual(server.ask("POST", "/entries", filing, COSE)[0], 201)

    def test_compressed_bodies_are_not_unpacked(self):
        server = self.serve()
        self.others_are_served(server)
        before = server.resident()
        bomb = gzip.compress(bytes(1 << 28))
        for coding in ("gzip", "x-gzip", "deflate", "br", "gzip, identity", "identity, gzip", "?"):
            status, fields, body = server.ask("POST", "/api/v1/filings", bomb,
                                              COSE | {"Content-Encoding": coding})
            self.assertEqual((status, fields["accept-encoding"]), (415, "identity"), coding)
            self.assertEqual(json.loads(body)["code"], "content-encoding-unsupported", coding)
        self.assertEqual(server.ask("POST", "/entries", bomb,
                                    COSE | {"Content-Encoding": "gzip"})[0], 415)
        self.assertLess(server.resident() - before, 64 << 20)
        answer = server.send_raw(b"POST /entries HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n"
                                 b"Content-Encoding: identity\r\nContent-Encoding: gzip\r\n\r\nabc")
        self.assertEqual(status_of(answer), 415)
        filing = self.signed(incident(self.party))
        self.assertEqual(server.ask("POST", "/entries", filing,
                                    COSE | {"Content-Encoding": "Identity"})[0], 201)
        self.others_are_served(server)

    def test_chunked_bodies_are_read_whole(self):
        server = self.serve()
        filing = self.signed(*(incident(self.party, f"Number {n} " + "x" * 2000)
                               for n in range(150)))
        self.assertGreater(len(filing), 4 * 65536)
        for size, status in ((1 << 20, 201), (65536, 200), (1000, 200)):
            pieces = [filing[at:at + size] for at in range(0, len(filing), size)]
            body = b"".join(b"%x\r\n%s\r\n" % (len(it), it) for it in pieces) + b"0\r\n\r\n"
            answer = server.send_raw(
                b"POST /api/v1/filings HTTP/1.1\r\nHost: x\r\nContent-Type: application/cose\r\n"
                b"Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n" + body)
            self.assertEqual(status_of(answer), status, answer)

    def test_only_who_knows_of_it_is_told_to_continue(self):
        server = self.serve()
        filing = self.signed(incident(self.party))
        for version, told in ((b"1.1", 1), (b"1.0", 0)):
            answer = server.send_raw(
                b"POST /api/v1/filings HTTP/" + version + b"\r\nHost: x\r\nConnection: close\r\n"
                b"Content-Type: application/cose\r\nExpect: 100-continue\r\n"
                b"Content-Length: %d\r\n\r\n%s" % (len(filing), filing))
            self.assertEqual(answer.count(b" 100 Continue\r\n"), told, answer)
            self.assertEqual(answer.count(b"\r\nServer: "), 1, answer)

    def test_the_journal_names_who_sent_what_is_no_request(self):
        server = self.serve(*self.configure(
            "journal_requests = true\n[proxy]\ntrusted = ['127.0.0.1']\n"))
        server.send_raw(HEAD + b"Forwarded: for=192.0.2.1\r\n\r\nnonsense\r\n\r\n")
        server.send_raw(b"nonsense\r\n\r\n")
        time.sleep(0.5)
        told = [(it["status"], it["address"]) for it in server.events() if it["event"] == "request"]
        self.assertEqual(told, [(200, "192.0.2.1"), (400, "127.0.0.1"), (400, "127.0.0.1")])

    def test_responses_that_are_not_read_are_cut_off(self):
        target, size = self.file_much()
        server = self.serve(*self.configure("journal_requests = true\n"
                                            "[limits]\nwrite_seconds = 1\n"))
        with self.ask_and_wait(server, target) as raw:
            begun = time.monotonic()
            told = []
            while not told and time.monotonic() - begun < 15:  # it is 30 where nothing is said
                told = [it for it in server.events() if it["event"] == "request"]
                time.sleep(0.1)
            self.assertEqual([(it["target"], it["whole"]) for it in told], [(target, False)])
            self.assertLess(len(read_all(raw)), size)
        self.others_are_served(server)

    def test_responses_that_are_read_too_slowly_are_cut_off(self):
        target, size = self.file_much()
        server = self.serve(*self.configure("[limits]\nresponse_seconds = 2\n"))
        with self.ask_and_wait(server, target) as raw:
            begun, got = time.monotonic(), 0
            while time.monotonic() - begun < 4:
                try:
                    got += len(raw.recv(32768))
                except ConnectionResetError:
                    break
                time.sleep(0.02)
            got += len(read_all(raw))
        self.assertLess(got, size)
        self.others_are_served(server)

    def test_exports_are_counted(self):
        self.file_much()
        target = "/api/v1/export/jsonl"
        for limit, second, status in (("exports_per_address = 1", "192.0.2.1", 429),
                                      ("exports = 1", "192.0.2.2", 503)):
            server = self.serve(*self.configure(
                f"[proxy]\ntrusted = ['127.0.0.1']\n[limits]\n{limit}\n"))
            self.until(lambda: server.get("/readyz")[0] == 200)
            with self.ask_and_wait(server, target, "Forwarded: for=192.0.2.1\r\n") as slow:
                self.assertEqual(status_of(slow.recv(1000)), 200)
                told, fields, _ = server.get(target, Forwarded=f"for={second}")
                self.assertEqual(told, status)
                self.assertIn("retry-after", fields)
                if status == 429:
                    self.assertEqual(server.get(target, Forwarded="for=192.0.2.2")[0], 200)
            self.until(lambda: server.get(target, Forwarded=f"for={second}")[0] == 200)
            self.assertEqual(server.stop(), 0)

    def test_half_closed_and_reset_connections(self):
        server = self.serve()
        with server.socket() as raw:
            raw.sendall(HEAD + b"\r\n")
            raw.shutdown(socket.SHUT_WR)
            self.assertEqual(status_of(read_all(raw)), 200)
        with server.socket() as raw:
            raw.sendall(HEAD)
            raw.shutdown(socket.SHUT_WR)
            self.assertEqual(read_all(raw), b"")
        for _ in range(50):
            raw = server.socket()
            raw.sendall(HEAD + b"\r\n")
            raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
            raw.close()
        self.others_are_served(server)

    def test_requests_in_a_row_on_one_connection(self):
        server = self.serve()
        answer = server.send_raw((HEAD + b"\r\n") * 3 + HEAD + b"Connection: close\r\n\r\n")
        self.assertEqual(answer.count(b"HTTP/1.1 200 OK"), 4)
        answer = server.send_raw(b"GET /checkpoint HTTP/1.0\r\n\r\n")
        self.assertIn(b"200 OK", answer)

    def test_deep_cbor_is_refused(self):
        server = self.serve()
        for body in (b"\x81" * 100_000, b"\xd2" * 100_000, b"\x9f" * 1000,
                     b"\xd2\x84\x5b\xff\xff\xff\xff\xff\xff\xff\xff"):
            status, _, _ = server.ask("POST", "/entries", body, COSE)
            self.assertEqual(status, 400)
        self.others_are_served(server)

    def sign_verbatim(self, it, content):
        """A filing of an object in these bytes, which the program itself would not sign."""
        protected, carried, _, _ = sign1(self.signed(it))
        (label, (manifest, ((salt, _),))), = carried.items()
        version, (item,) = decode(manifest)
        manifest = encode([version, [[sha256(salt, content), *item[1:]]]])
        key = dict(it.split(" ", 1) for it in (self.dir / "alice.key").read_text().splitlines()[1:])
        signature = Ed25519PrivateKey.from_private_bytes(base64.b64decode(key["plain"])).sign(
            sig_structure(protected, sha256(manifest)))
        return encode(CBORTag(18, [protected, {label: [manifest, [[salt, content]]]},
                                   sha256(manifest), signature]))

    def test_deep_json_is_refused(self):
        server = self.serve()
        for depth, told in ((1_000_000, "json-too-deep"), (64, "json-too-deep"), (63, None)):
            it = incident(self.party)
            text = json.dumps(it)[:-1] + ', "x_deep": ' + "[" * depth + "]" * depth + "}"
            filing = self.sign_verbatim(it, text.encode())
            status, _, body = server.ask("POST", "/api/v1/filings", filing, COSE)
            said = json.loads(body)
            self.assertEqual((status, said.get("code")), (400 if told else 201, told), said)
            self.others_are_served(server)

    def test_one_client_of_a_proxy_leaves_room_for_the_others(self):
        server = self.serve(*self.configure("[proxy]\ntrusted = ['127.0.0.1']\n"))
        stalled = (b"POST /api/v1/filings HTTP/1.1\r\nHost: x\r\nForwarded: for=192.0.2.1\r\n"
                   b"Content-Type: application/cose\r\nContent-Length: 99\r\n\r\nabc")
        sockets = [server.socket() for _ in range(140)]
        for raw in sockets:
            self.addCleanup(raw.close)
            raw.sendall(stalled)
        refused = []
        while len(refused) < 12:
            ready, _, _ = select.select(sockets, [], [], 10)
            self.assertTrue(ready, len(refused))
            for raw in ready:
                refused.append(read_all(raw))
                sockets.remove(raw)
        for answer in refused:
            self.assertEqual(status_of(answer), 429)
            self.assertIn(b"\r\nretry-after: ", answer.lower())
        self.assertEqual(select.select(sockets, [], [], 0.2)[0], [])
        ask = lambda client: server.get("/checkpoint", Forwarded=f"for={client}")[0]
        self.assertEqual((ask("192.0.2.2"), ask("192.0.2.1")), (200, 429))
        self.assertEqual(server.get("/checkpoint")[0], 200)
        # One that ends, answered or not, makes room for another; it may wait for the next request.
        sockets.pop().close()
        self.until(lambda: ask("192.0.2.1") == 200)
        with server.socket() as kept:
            kept.sendall(HEAD + b"Forwarded: for=192.0.2.1\r\n\r\n")
            self.assertEqual(status_of(kept.recv(65536)), 200)
            self.assertEqual(ask("192.0.2.1"), 200)

    def test_addresses_that_ask_too_often_wait(self):
        server = self.serve(*self.configure(
            "[limits]\nrequests_per_second = 0.2\nburst = 5\n[proxy]\ntrusted = ['127.0.0.1']\n"))
        statuses = [server.get("/checkpoint") for _ in range(8)]
        self.assertEqual([it[0] for it in statuses[:5]], [200] * 5)
        self.assertEqual(statuses[-1][0], 429)
        self.assertIn("retry-after", statuses[-1][1])
        # Others behind the proxy are other addresses; who lies about earlier ones gains nothing.
        for spoofed in ("for=192.0.2.1", 'for=9.9.9.9, for="192.0.2.1:4711"'):
            for _ in range(2):
                self.assertEqual(server.get("/checkpoint", Forwarded=spoofed)[0], 200)
        for n in range(4):
            status = server.get("/checkpoint", Forwarded=f"for=10.0.0.{n}, for=192.0.2.1")[0]
        self.assertEqual(status, 429)


if __name__ == "__main__":
    main()
