"""Runs wrk, the load generator, for a bounded time, and reads what it measured."""

import json
import os
import subprocess
from pathlib import Path

HERE = Path(__file__).resolve().parent
PATIENCE = 60


class Wrk:
    def __init__(self, program, environment):
        self.program = program
        self.environment = {**os.environ, **environment}

    def run(self, script, server, target, *, threads, connections, seconds, fields=None,
            arguments=()):
        """The figures of one run, with `cpu`, the seconds of CPU that the server took.

        Fails if any answer was no success: what is not served counts for nobody."""
        command = [self.program, "-t", threads, "-c", connections, "-d", f"{seconds}s",
                   "--timeout", f"{PATIENCE}s", "-s", HERE / script]
        for name, value in (fields or {}).items():
            command += ["-H", f"{name}: {value}"]
        before = server.cpu()
        done = subprocess.run([*map(str, command), server.url(target), "--",
                               *map(str, arguments)], capture_output=True, text=True,
                              env=self.environment, check=False,
                              timeout=seconds + 2 * PATIENCE)
        after = server.cpu()
        server.settle()
        lines = [line for line in done.stdout.splitlines() if line.startswith("RESULT ")]
        if done.returncode != 0 or len(lines) != 1:
            raise RuntimeError(f"wrk on {server.url(target)}: {done.stdout}{done.stderr}")
        found = json.loads(lines[0].removeprefix("RESULT "))
        if found["requests"] == 0 or found["failed"] or found["timeouts"]:
            raise RuntimeError(f"wrk on {server.url(target)} got {found}\n{done.stdout}")
        return found | {"cpu": after - before}
