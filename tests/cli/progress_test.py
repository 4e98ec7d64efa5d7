"""The line that counts, at a terminal: what is slow is held up here, so that half a second passes
before it goes on; what waits for nothing is halted."""

import fcntl
import json
import os
import pty
import signal
import subprocess
import threading
import time

from harness import PROGRAM, Case, environment, incident, main

WIPE = "\r\x1b[K"
SLOW = 0.8  # seconds; the line comes after 0.5


class AtTerminal:
    """A run of the program whose stderr is a terminal, or with os.pipe as `ends` none. What it
    prints is not read until asked."""

    def __init__(self, directory, *args, ends=pty.openpty, stdin=subprocess.DEVNULL):
        self.terminal, end = ends()
        self.process = subprocess.Popen(
            [PROGRAM, *map(str, args)], cwd=directory, stdin=stdin, stderr=end,
            stdout=subprocess.PIPE, env=environment(directory), start_new_session=True)
        os.close(end)
        self.bytes = b""
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    def _read(self):
        try:
            while piece := os.read(self.terminal, 65536):
                self.bytes += piece
        except OSError:
            pass  # nobody has the other end any more

    def halt(self):
        """Not for long, though long enough for the line."""
        self.process.send_signal(signal.SIGSTOP)
        time.sleep(SLOW)
        self.process.send_signal(signal.SIGCONT)

    def halt_again_and_again(self):
        """Runs on for as long as before each time: whatever lasts as long as all that went before
        it is halted within, on a slow machine and on a fast one."""
        lasted = 0.01
        time.sleep(lasted)
        while self.process.poll() is None:
            self.halt()
            time.sleep(lasted)
            lasted *= 2

    def seen(self):
        return self.bytes.decode()

    def finish(self):
        """What it printed, and every line that the terminal showed in its time."""
        out = self.process.stdout.read().decode()
        self.process.stdout.close()
        code = self.process.wait(60)
        self.reader.join(60)
        os.close(self.terminal)
        return code, out, self.seen().split(WIPE)


class Progress(Case):
    def setUp(self):
        super().setUp()
        self.init()
        self.json("import", "landmarks", "registry")

    def wait_until(self, condition):
        end = time.monotonic() + 60
        while not condition():
            self.assertLess(time.monotonic(), end)
            time.sleep(0.001)

    def export_slowly(self, *options):
        """A reader that comes late has the program wait when the pipe is full."""
        run = AtTerminal(self.dir, *options, "export", "registry", "--format", "jsonl")
        time.sleep(SLOW)
        return run.finish()

    def test_it_counts_up_to_what_there_is_and_is_wiped(self):
        size = self.json("show", "registry")["size"]
        code, out, lines = self.export_slowly()
        self.assertEqual((code, out), (0, self.ok("export", "registry", "--format", "jsonl")))
        self.assertEqual((lines[0], lines[-1]), ("", ""))
        self.assertGreater(len(lines), 2)
        counts = []
        for line in lines[1:-1]:
            self.assertRegex(line, rf"^exporting, at entry: \d+ of {size}$")
            counts.append(int(line.split()[3]))
        self.assertEqual(counts, sorted(counts))

    def test_whoever_wants_none_sees_none(self):
        code, _, lines = self.export_slowly("--quiet")
        self.assertEqual((code, lines), (0, [""]))

    def test_what_is_quick_shows_none(self):
        self.write("one.json", incident("identity--0c5e3b8a-6d3f-4b52-9c1e-5d1f6a2b7c90"))
        code, _, lines = AtTerminal(self.dir, "validate", "one.json").finish()
        self.assertEqual((code, lines), (0, [""]))

    def test_who_waits_for_another_program_is_told(self):
        with open(self.dir / "registry/index/lock", "ab") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            run = AtTerminal(self.dir, "search", "registry", "notpetya")
            self.wait_until(run.seen)
            self.assertIsNone(run.process.poll())
        code, out, lines = run.finish()
        self.assertEqual((code, lines[0], lines[-1]), (0, "", ""))
        self.assertIn("NotPetya", out)
        self.assertRegex(lines[1], r"^waiting for another program to fold the record: \d+$")

    def test_an_import_counts_its_filings(self):
        party = "identity--0c5e3b8a-6d3f-4b52-9c1e-5d1f6a2b7c90"
        objects = [incident(party, f"Number {n}") for n in range(20_000)]
        self.write("bundle.json", {"type": "bundle", "id": "bundle--x", "objects": objects})
        checkpoint = self.dir / "registry/checkpoint"
        before = checkpoint.read_bytes()
        run = AtTerminal(self.dir, "import", "stix", "registry", "bundle.json")
        # It is halted between the first of the filings and the last.
        self.wait_until(lambda: checkpoint.read_bytes() != before)
        run.halt()
        code, _, lines = run.finish()
        self.assertEqual((code, lines[0], lines[-1]), (0, "", ""))
        self.assertRegex("\n".join(lines), r"\nfiling: \d+ of 20\n")

    def sign(self, name, *titles):
        """A signed filing of objects with these names; its bytes."""
        party = next(p["id"] for p in self.json("party", "list", "registry")["parties"]
                     if p["name"] == "alice")
        self.write("objects.jsonl", "\n".join(json.dumps(incident(party, it)) for it in titles))
        self.json("file", "registry", "objects.jsonl", "--party", party, "--key", "alice.key",
                  "--sign-only", name)
        return (self.dir / name).read_bytes()

    def file_slowly(self, name, *options, **how):
        """Three objects, and long after them one whose filing comes by a pipe."""
        self.sign(f"{name}-three", f"{name} 1", f"{name} 2", f"{name} 3")
        last = self.sign(f"{name}-one", f"{name} 4")
        checkpoint = self.dir / "registry/checkpoint"
        before = checkpoint.read_bytes()
        run = AtTerminal(self.dir, *options, "file", "registry", f"{name}-three", "-", "--signed",
                         stdin=subprocess.PIPE, **how)
        self.wait_until(lambda: checkpoint.read_bytes() != before)
        time.sleep(SLOW)
        run.process.stdin.write(last)
        run.process.stdin.close()
        return run.finish()

    def test_objects_are_counted_as_they_are_filed(self):
        self.admit("alice")
        code, out, lines = self.file_slowly("Told")
        self.assertEqual((code, out.count("Entry ")), (0, 2), out)
        self.assertEqual(lines, ["", "filing objects: 3", ""])
        code, out, lines = self.file_slowly("JSON", "--json")
        self.assertEqual((code, json.loads(out)["objects"]), (0, 4), out)
        self.assertEqual(lines, ["", "filing objects: 3", ""])
        for name, options, how in (("Quiet", ["--quiet"], {}), ("Piped", [], {"ends": os.pipe})):
            code, out, lines = self.file_slowly(name, *options, **how)
            self.assertEqual((code, out.count("Entry "), lines), (0, 2, [""]), name)

    def halted(self, *args, **how):
        run = AtTerminal(self.dir, *args, **how)
        run.halt_again_and_again()
        return run.finish()

    def expect_told(self, line, *args):
        """Shown and wiped, whatever the form of the answer; to nobody who wants none."""
        code, out, lines = self.halted(*args)
        self.assertEqual((code, lines[0], lines[-1]), (0, "", ""), out)
        self.assertGreater(len(lines), 2)
        for it in lines[1:-1]:
            self.assertRegex(it, line)
        code, out, lines = self.halted("--json", *args)
        self.assertEqual((code, out.count("\n"), lines[-1]), (0, 1, ""), out)
        self.assertIsInstance(json.loads(out), dict)
        self.assertGreater(len(lines), 2)
        for options, how in (["--quiet"], {}), ([], {"ends": os.pipe}):
            code, _, lines = self.halted(*options, *args, **how)
            self.assertEqual((code, lines), (0, [""]), options)

    def test_an_audit_counts_entries(self):
        size = self.json("show", "registry")["size"]
        self.expect_told(rf"^auditing entries: \d+ of {size}$", "audit", "registry")


if __name__ == "__main__":
    main()
