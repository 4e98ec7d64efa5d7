"""The program on a disk without room: it says so, leaves nothing half there, and goes on when there
is room again.

The disk is a small tmpfs, in a namespace of mounts of this test's own. Where none may be made (in
some containers) it is a limit on the size of each file: the same calls fail, with EFBIG. That limit
is tried everywhere.
"""

import json
import os
import resource
import shutil
import signal
import subprocess
import sys

from harness import Case, Run, incident, main

PAGE = 4096
PLENTY = 256 << 20
INSIDE = "COMITY_OWN_MOUNTS"


class Tmpfs:
    """A file system at `path` of so many bytes and files, to be changed."""

    says = ("No space left on device", "database or disk is full", "unable to open database file")

    def __init__(self, path):
        path.mkdir()
        self.path = path
        subprocess.run(["mount", "-t", "tmpfs", "-o", self.options(PLENTY), "none", path],
                       check=True)

    @staticmethod
    def options(size, files=100_000):
        return f"size={size},nr_inodes={files}"

    def limit(self, size, files=100_000):
        # Without the options that mount(8) finds there: users are other numbers in a namespace.
        options = f"remount,{self.options(size, files)}"
        subprocess.run(["mount", "--options-mode", "ignore", "-o", options, "none", self.path],
                       check=True)

    def how(self):
        return {}

    def close(self):
        subprocess.run(["umount", self.path], check=True)


class SmallFiles:
    """A directory at `path` for programs whose files may be of so many bytes."""

    says = ("File too large", "disk I/O error")

    def __init__(self, path):
        path.mkdir()
        self.path = path
        self.size = PLENTY

    def limit(self, size):
        self.size = size

    def how(self):
        """As which the program is to be run. By itself it would be ended by the signal."""
        def limit():
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (self.size, self.size))
        return {"preexec_fn": limit}

    def close(self):
        shutil.rmtree(self.path)


class Walk:
    """What is tried on either disk."""

    Disk = None

    def setUp(self):
        super().setUp()
        self.disk = self.Disk(self.dir / "disk")
        self.addCleanup(self.disk.close)

    def on_disk(self, *args):
        return Run(("--json", *args), cwd=self.dir, **self.disk.how())

    def found(self):
        return self.on_disk("init", "disk/registry", "--origin", "example.org/comity", "--name",
                            "N", "--plain-keys")

    def file(self):
        return self.on_disk("file", "disk/registry", "o.json", "--skip-filed")

    def expect_fault(self, run):
        self.assertEqual((run.code, run.out), (3, ""), run)
        self.assertTrue(any(words in run.err for words in self.disk.says), run)

    def expect_clean(self):
        self.assertTrue(self.json("audit", "disk/registry")["clean"])

    def is_reserve_missing(self, run):
        """Whether all was well but for what must stay free: where nothing was written."""
        return run.code == 3 and "make room and file again" in run.err

    def test_founding(self):
        """Of each size of the disk until nothing fails any more."""
        failed = 0
        while True:
            self.disk.limit(PAGE * (failed + 1))
            run = self.found()
            if run.code == 0 or self.is_reserve_missing(run):
                break
            self.expect_fault(run)
            self.assertEqual(list(self.disk.path.iterdir()), [], run)
            failed += 1
        self.assertGreater(failed, 5)
        self.disk.limit(PLENTY)
        if run.code != 0:
            self.assertEqual(list(self.disk.path.iterdir()), [], run)
            run = self.found()
        self.assertEqual(run.code, 0, run)
        self.expect_clean()

    def write_object(self, number):
        self.write("o.json", incident(self.registrar, name=f"Incident {number}"))

    def begin_filing(self):
        run = self.found()
        self.assertEqual(run.code, 0, run)
        self.registrar = json.loads(run.out)["registrar"]
        self.write_object(0)

    def file_again(self):
        """There is room: what could not be filed is filed, and all is well."""
        self.disk.limit(PLENTY)
        run = self.file()
        self.assertEqual(run.code, 0, run)
        self.expect_clean()

    def file_until_there_is_room(self, limit):
        """Files under one limit after the other; the number of those that were too narrow."""
        failed = 0
        while True:
            self.write_object(failed)
            limit(failed)
            run = self.file()
            if run.code == 0:
                return failed
            self.expect_fault(run)
            self.file_again()
            failed += 1


class SmallFilesTest(Walk, Case):
    Disk = SmallFiles

    def test_filing(self):
        self.begin_filing()
        failed = self.file_until_there_is_room(lambda n: self.disk.limit(PAGE * n))
        self.assertGreater(failed, 5)


class FullDiskTest(Walk, Case):
    Disk = Tmpfs

    def used(self):
        there = os.statvfs(self.disk.path)
        return there.f_files - there.f_ffree

    def test_filing_without_room(self):
        self.begin_filing()
        there = os.statvfs(self.disk.path)
        used = (there.f_blocks - there.f_bfree) * there.f_frsize
        for spare in (0, PAGE, 16 * PAGE, 64 * PAGE, 1 << 20):
            self.disk.limit(used + spare)
            run = self.file()
            if not self.is_reserve_missing(run):
                self.expect_fault(run)
            self.expect_clean()
        self.file_again()

    def test_filing_without_room_for_files(self):
        """There is room for bytes, but for no new file: a batch breaks off in the middle."""
        self.begin_filing()
        failed = self.file_until_there_is_room(
            lambda n: self.disk.limit(PLENTY, self.used() + n))
        self.assertGreater(failed, 3)
        self.expect_clean()


def unshared():
    """The command that runs another where it may mount what nobody else sees."""
    return ["unshare", "--mount", *([] if os.getuid() == 0 else ["--user", "--map-root-user"])]


def may_mount():
    mount = ["mount", "-t", "tmpfs", "none", "/mnt"]
    return subprocess.run([*unshared(), *mount], check=False).returncode == 0


def begin():
    if INSIDE not in os.environ and may_mount():
        os.execvpe("unshare", [*unshared(), sys.executable, *sys.argv],
                   {**os.environ, INSIDE: "1"})
    if INSIDE not in os.environ:
        print("Nothing may be mounted here: the disk is a limit on the size of each file.")
        sys.argv.append("SmallFilesTest")
    main()


if __name__ == "__main__":
    begin()
