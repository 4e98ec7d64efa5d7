#!/usr/bin/env python3
"""Runs clang-tidy by .clang-tidy over src and apps: see --help.

A file that was clean is not looked at again until it, a file that is compiled together with it, a
header of the project that one of them includes, its compile command (that of the preset `dev`) or
the configuration changes. What they include is what ninja has noted while they were compiled, so
the build must be up to date.
"""

import argparse
import collections
import concurrent.futures
import hashlib
import json
import os
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
# Of tests/requirements.txt: newer than Debian's, it passes over the system's headers, which is two
# thirds of the time.
TIDY = ROOT / "build/venv/bin/clang-tidy"
# The commands are those of g++-12, some of whose warnings clang does not know.
EXTRA = ["-extra-arg=-Wno-unknown-warning-option"]
# Tests and fuzz targets stand out: the compiler checks them, and their macros are not ours.
LINTED = re.compile(r"(src|apps)/.*(?<!_test|_fuzz)\.cc")


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("build", nargs="?", default="build/dev", type=pathlib.Path,
                        help="a directory that is configured and built (default: build/dev)")
    parser.add_argument("pattern", nargs="?", default="",
                        help="a regular expression: only files whose path has it")
    parser.add_argument("--again", action="store_true", help="look also at what was clean")
    return parser.parse_args()


def dependencies(build):
    """Of each source of ours the files that it was compiled from, those of the files that the build
    compiles with it among them."""
    listing = subprocess.run(["ninja", "-C", build, "-t", "deps"], check=True, text=True,
                             capture_output=True).stdout
    found = collections.defaultdict(set)
    for block in listing.split("\n\n"):
        files = {os.path.normpath(build / line.strip()) for line in block.splitlines()[1:]}
        own = {pathlib.Path(file) for file in files
               if file.startswith(f"{ROOT}/") and not file.startswith(f"{build}/")
               and file.endswith((".cc", ".h"))}
        for source in own:
            if source.suffix == ".cc":
                found[source] |= own
    return found


class Digests:
    """SHA-256 of files, each read once."""

    def __init__(self):
        self.known = {}

    def of(self, path):
        if path not in self.known:
            self.known[path] = hashlib.sha256(path.read_bytes()).hexdigest()
        return self.known[path]


def digest_of(version, command, files, digests):
    """What the findings of one file depend on; the version stands for the headers of the system."""
    text = [version, command.replace(str(ROOT), "")]
    text += [f"{path.relative_to(ROOT)} {digests.of(path)}" for path in sorted(files)]
    return hashlib.sha256("\n".join(text).encode()).hexdigest()


def commands(where):
    """The compile command of each file alone, and with no precompiled header, which clang would
    read anew for each file, whether used there or not."""
    subprocess.run(["cmake", "--preset", "dev", "-B", where, "-DCMAKE_UNITY_BUILD=OFF",
                    "-DCMAKE_DISABLE_PRECOMPILE_HEADERS=ON"], check=True, cwd=ROOT,
                   stdout=subprocess.DEVNULL)
    return json.loads((where / "compile_commands.json").read_text())


def plan(build, entries, pattern):
    """(file, digest) of each file to be linted; no digest where ninja knows nothing of it."""
    version = subprocess.run([TIDY, "--version"], check=True, text=True, capture_output=True).stdout
    noted, digests, found = dependencies(build), Digests(), []
    for entry in entries:
        path = pathlib.Path(entry["file"]).resolve()
        if not path.is_relative_to(ROOT):
            continue
        name = str(path.relative_to(ROOT))
        if not LINTED.fullmatch(name) or not re.search(pattern, name):
            continue
        own = noted.get(path)
        above = [folder / ".clang-tidy" for folder in path.parents if folder.is_relative_to(ROOT)]
        above = {item for item in above if item.exists()}
        digest = digest_of(version, entry["command"], own | above, digests) if own else None
        found.append((name, digest))
    return found


def lint(database, name):
    """The findings, empty where there are none, and whether it was clean."""
    run = subprocess.run([TIDY, *EXTRA, "-p", database, "-quiet", name], cwd=ROOT, text=True,
                         capture_output=True)
    kept = [line for line in run.stderr.splitlines() if not re.match(r"\d+ warnings? ", line)]
    return run.stdout + ("\n".join(kept) if run.returncode else ""), run.returncode == 0


def main():
    options = arguments()
    build = options.build.resolve()
    if not (build / "build.ninja").exists():
        sys.exit(f"tools/tidy.py: {options.build} is not configured; run cmake --preset dev")
    clean = build / "tidy"
    clean.mkdir(exist_ok=True)
    alone = clean / "alone"
    files = plan(build, commands(alone), options.pattern)
    todo = [(name, digest) for name, digest in files
            if options.again or digest is None or not (clean / digest).exists()]
    print(f"{len(files) - len(todo)} of {len(files)} files are as they were when they were clean")
    failed = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        runs = {pool.submit(lint, alone, name): (name, digest) for name, digest in todo}
        for done, run in enumerate(concurrent.futures.as_completed(runs), 1):
            name, digest = runs[run]
            findings, is_clean = run.result()
            print(f"[{done}/{len(todo)}] {name}{'' if is_clean else ': findings'}", flush=True)
            if is_clean and digest:
                (clean / digest).touch()
            if not is_clean:
                failed += 1
                print(findings, flush=True)
    if failed:
        sys.exit(f"tools/tidy.py: {failed} of {len(todo)} files have findings")


if __name__ == "__main__":
    main()
