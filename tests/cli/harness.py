"""Drives the real program: what all command line tests share. Standard library alone."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import unittest
import uuid
from pathlib import Path

PROGRAM = os.environ["COMITY"]
ORIGIN = "example.org/comity"
CLEAR = "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487"
AMBER = "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421"


def environment(home=None):
    """What the program is given: nothing of the tester's own but where programs are."""
    # A sanitizer's complaint ends with a code that is none of the program's.
    return {"PATH": os.environ["PATH"], "HOME": str(home or "/"), "LC_ALL": "C.UTF-8",
            "ASAN_OPTIONS": "exitcode=99", "LSAN_OPTIONS": "exitcode=99",
            "UBSAN_OPTIONS": "exitcode=99:print_stacktrace=1"}


class Run:
    """One run of the program and how it ended."""

    def __init__(self, args, stdin=None, cwd=None, stdout=subprocess.PIPE, program=PROGRAM,
                 **how):
        # Without a terminal of its own, so that nothing is ever asked.
        done = subprocess.run([program, *map(str, args)], input=stdin or b"", cwd=cwd,
                              stdout=stdout, stderr=subprocess.PIPE, env=environment(cwd),
                              start_new_session=True, timeout=120, check=False, **how)
        self.args = args
        self.code = done.returncode
        self.out = (done.stdout or b"").decode()
        self.err = done.stderr.decode()

    def __str__(self):
        return f"comity {' '.join(map(str, self.args))}\nexit {self.code}\n{self.out}\n{self.err}"


class Case(unittest.TestCase):
    """A test with a directory of its own."""

    def setUp(self):
        self.dir = Path(tempfile.mkdtemp(prefix="comity-cli-"))
        self.addCleanup(shutil.rmtree, self.dir, ignore_errors=True)

    def run_program(self, *args, **how):
        return Run(args, cwd=self.dir, **how)

    def ok(self, *args, **how):
        run = self.run_program(*args, **how)
        self.assertEqual(run.code, 0, run)
        return run.out

    def json(self, *args, code=0, **how):
        """The one JSON document that a run prints."""
        run = self.run_program("--json", *args, **how)
        self.assertEqual(run.code, code, run)
        self.assertEqual(run.out.count("\n"), 1, run)
        return json.loads(run.out)

    def refused(self, code, *args, **how):
        run = self.run_program("--json", *args, **how)
        self.assertEqual(run.code, 1, run)
        self.assertEqual(run.out, "", run)
        problem = json.loads(run.err)
        self.assertEqual(problem["error"], code, run)
        self.assertIn(" ", problem["detail"])
        return problem["detail"]

    def write(self, name, content):
        path = self.dir / name
        text = content if isinstance(content, str) else json.dumps(content)
        path.write_text(text, encoding="utf-8")
        return path

    def init(self, name="registry", *options):
        return self.json("init", name, "--origin", ORIGIN, "--name", "The Registrar",
                         "--plain-keys", *options)

    def admit(self, name, registry="registry", group="civil-society", admit=True):
        """A party with a key NAME.key; its id."""
        self.json("key", "new", f"{name}.key", "--plain")
        applied = self.json("party", "apply", "--name", name, "--group", group, "--country", "DE",
                            "--key", f"{name}.key", "--origin", ORIGIN, "--out", f"{name}.json")
        if admit:
            done = self.json("party", "admit", registry, f"{name}.json")
            self.assertTrue(done["admitted"])
        return applied["party"]


def incident(party, name="An incident", markings=(CLEAR,), identifier=None, **more):
    time = "2026-01-02T03:04:05.000Z"
    return {"type": "incident", "spec_version": "2.1",
            "id": identifier or f"incident--{uuid.uuid4()}", "created_by_ref": party,
            "created": time, "modified": time, "name": name,
            "object_marking_refs": list(markings), **more}


def main():
    unittest.main(argv=[sys.argv[0], *sys.argv[1:]], verbosity=1)
