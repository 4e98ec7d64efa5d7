"""Starts the real server and speaks to it. Standard library alone, but for the tests of CBOR."""

import http.client
import json
import os
import signal
import socket
import ssl
import subprocess
import sys
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "cli"))

from harness import PROGRAM, Case, environment, incident, main  # noqa: E402,F401 (for the tests)

COSE = {"Content-Type": "application/cose"}


class Server:
    """One run of `comity serve` on a port of its own."""

    def __init__(self, directory, *options, registry="registry", meanwhile=lambda process: None,
                 **how):
        # A sanitizer keeps what is freed for a while; tests measure what a server keeps.
        variables = {"PATH": os.environ["PATH"], "HOME": str(directory), "LC_ALL": "C.UTF-8",
                     "ASAN_OPTIONS": "exitcode=99:quarantine_size_mb=8",
                     "UBSAN_OPTIONS": "exitcode=99", "TSAN_OPTIONS": "exitcode=99"}
        self.process = subprocess.Popen(
            [PROGRAM, "--json", "serve", registry, "--listen", "127.0.0.1:0",
             *map(str, options)],
            cwd=directory, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=variables,
            start_new_session=True, **how)
        self.lines = []
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()
        meanwhile(self.process)  # until it is ready
        line = self.process.stdout.readline()
        if not line:
            self.process.wait()
            self.reader.join()
            raise RuntimeError(f"the server did not start: {self.journal_text()}")
        self.ready = json.loads(line)
        self.address = self.ready["addresses"][0]
        self.port = int(self.address.rsplit(":", 1)[1])

    def _read(self):
        for line in self.process.stderr:
            self.lines.append(line.decode())

    def journal_text(self):
        return "".join(self.lines)

    def events(self):
        """Every line of the journal, each of which is one of JSON."""
        return [json.loads(line) for line in self.lines]

    def client(self, timeout=30):
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)

    def ask(self, method, target, body=None, headers=None):
        """(status, fields with names in lower case, body) on a connection of its own."""
        client = self.client()
        try:
            client.request(method, target, body=body, headers=headers or {})
            answer = client.getresponse()
            fields = {name.lower(): value for name, value in answer.getheaders()}
            return answer.status, fields, answer.read()
        finally:
            client.close()

    def get(self, target, **fields):
        return self.ask("GET", target, headers={k.replace("_", "-"): v for k, v in fields.items()})

    def socket(self, timeout=20):
        return socket.create_connection(("127.0.0.1", self.port), timeout=timeout)

    def send_raw(self, data, timeout=20):
        """What comes back on a connection that sends these bytes, until it is closed."""
        with self.socket(timeout) as raw:
            try:
                raw.sendall(data)
            except (BrokenPipeError, ConnectionResetError):
                pass
            return read_all(raw)

    def resident(self):
        """Bytes of memory in use."""
        pages = int(Path(f"/proc/{self.process.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGESIZE")

    def stop(self, how=signal.SIGTERM, timeout=60):
        """Its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(how)
        try:
            self.process.wait(timeout)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise
        finally:
            self.reader.join(10)
            self.process.stdout.close()
            self.process.stderr.close()
        self.events()
        return self.process.returncode


def read_all(raw):
    data = b""
    try:
        while piece := raw.recv(65536):
            data += piece
    except ConnectionResetError:
        pass
    return data


class ServedCase(Case):
    """A registry with one party, and a server for it when asked."""

    def setUp(self):
        super().setUp()
        self.init()
        self.party = self.admit("alice")

    def serve(self, *options, **how):
        server = Server(self.dir, *options, **how)
        self.addCleanup(lambda: server.process.poll() is None and server.stop(signal.SIGKILL))
        return server

    def until(self, holds, seconds=20):
        """Waits until that is so."""
        end = time.monotonic() + seconds
        while not holds():
            self.assertLess(time.monotonic(), end)
            time.sleep(0.02)

    def configure(self, text):
        return ("--config", self.write("serve.toml", text))

    def signed(self, *objects, key="alice.key", hidden=False):
        """The bytes of a signed filing that was not handed in."""
        name = f"signed-{len(list(self.dir.glob('signed-*')))}"
        self.write("objects.jsonl", "\n".join(map(json.dumps, objects)))
        self.json("file", "registry", "objects.jsonl", "--key", key, "--party", self.party,
                  "--sign-only", name, *(["--hidden"] if hidden else []))
        return (self.dir / name).read_bytes()

    def read(self, path):
        return (self.dir / "registry" / path).read_bytes()

    def file_much(self):
        """The target of a segment of more than 20 MB, more than sockets hold, and its size."""
        self.write("objects.jsonl", "\n".join(
            json.dumps(incident(self.party, f"Number {n}", description="x" * 1_000_000))
            for n in range(24)))
        self.json("file", "registry", "objects.jsonl", "--key", "alice.key", "--party", self.party)
        target = "/segments/public/00000000.seg"
        size = len(self.read(target[1:]))
        self.assertGreater(size, 20_000_000)
        return target, size

    def ask_and_wait(self, server, target, fields=""):
        """A connection that has asked, and takes in little before it is read from."""
        raw = socket.socket()
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65536)
        raw.settimeout(20)
        raw.connect(("127.0.0.1", server.port))
        raw.sendall(f"GET {target} HTTP/1.1\r\nHost: x\r\n{fields}\r\n".encode())
        return raw

    def make_certificate(self, name):
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
                        "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj",
                        f"/CN={name}", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout",
                        "tls.key", "-out", "tls.pem"], cwd=self.dir, check=True,
                       capture_output=True)
        return ssl.PEM_cert_to_DER_cert((self.dir / "tls.pem").read_text())

    def tls_client(self, server):
        trusting = ssl.create_default_context(cafile=self.dir / "tls.pem")
        client = http.client.HTTPSConnection("127.0.0.1", server.port, context=trusting, timeout=20)
        self.addCleanup(client.close)
        return client
