"""The line that counts, at a terminal: what is slow is held up here, so that half a second passes
before it goes on."""

import fcntl
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
    """A run of the program whose stderr is a terminal. What it prints is not read until asked."""

    def __init__(self, directory, *args):
        self.terminal, end = pty.openpty()
        self.process = subprocess.Popen(
            [PROGRAM, *map(str, args)], cwd=directory, stdin=subprocess.DEVNULL, stderr=end,
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
        # It is stopped for a while between the first of the filings and the last.
        self.wait_until(lambda: checkpoint.read_bytes() != before)
        run.process.send_signal(signal.SIGSTOP)
        time.sleep(SLOW)
        run.process.send_signal(signal.SIGCONT)
        code, _, lines = run.finish()
        self.assertEqual((code, lines[0], lines[-1]), (0, "", ""))
        self.assertRegex("\n".join(lines), r"\nfiling: \d+ of 20\n")


if __name__ == "__main__":
    main()
