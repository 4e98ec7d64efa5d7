"""One server under load: started on a free port of the loopback, waited for, timed, stopped."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

START_SECONDS = 120
STOP_SECONDS = 30
IDLE_SECONDS = 0.25
TICK = os.sysconf("SC_CLK_TCK")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def end_in_order():
    """Lets a SIGTERM end the bench as an error does, so that no server stays behind."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("terminated"))


class Process:
    """A server with all its children, which share its session."""

    def __init__(self, command, port, directory, ready="/", environment=None):
        self.name = Path(command[0]).name
        self.port = port
        self.journal = Path(directory) / f"{self.name}-{port}.log"
        with open(self.journal, "wb") as journal:
            self.process = subprocess.Popen(
                list(map(str, command)), cwd=directory, stdin=subprocess.DEVNULL, stdout=journal,
                stderr=subprocess.STDOUT, env={**os.environ, **(environment or {})},
                start_new_session=True)
        try:
            self._wait(ready)
        except BaseException:
            self.stop()
            raise

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    def _wait(self, ready):
        """Until it answers, with whatever status that is no fault of its own."""
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end:
            if self.process.poll() is not None:
                break
            try:
                if self.get(ready)[0] < 500:
                    return
            except OSError:
                pass
            time.sleep(0.05)
        raise RuntimeError(f"{self.name} did not start: "
                           f"{self.journal.read_text(errors='replace')[-2000:]}")

    def get(self, target, fields=None):
        return self.ask("GET", target, None, fields)

    def ask(self, method, target, body, fields=None):
        """(status, body), on a connection of its own."""
        client = http.client.HTTPConnection("127.0.0.1", self.port, timeout=600)
        try:
            client.request(method, target, body=body, headers=fields or {})
            answer = client.getresponse()
            return answer.status, answer.read()
        finally:
            client.close()

    def url(self, target):
        return f"http://127.0.0.1:{self.port}{target}"

    def cpu(self):
        """Seconds of CPU that it and its children have taken."""
        ticks = 0
        for entry in Path("/proc").iterdir():
            if not entry.name.isdigit():
                continue
            try:
                # What follows the name, which may hold anything: proc(5), fields 3 and on.
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[3]) == self.process.pid:
                ticks += int(fields[11]) + int(fields[12])
        return ticks / TICK

    def settle(self):
        """Waits until it has done what nobody waits for any more, so that others have the cores."""
        end = time.monotonic() + START_SECONDS
        before = self.cpu()
        while time.monotonic() < end:
            time.sleep(IDLE_SECONDS)
            now = self.cpu()
            if now - before <= 1 / TICK:
                return
            before = now

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                pass
        # Its group is its own, so that this reaches children that it has left behind, and no other.
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        self.process.wait()
