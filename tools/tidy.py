#!/usr/bin/env python3
"""Runs clang-tidy by .clang-tidy over src and apps: see --help.

Files of a target are read together, their texts one after another in one file, since nearly all of
the time goes into the headers that they share; calls are followed into small functions only. What
is found is said of the file that has it. With --deep each is read alone, which takes five times as
long, shows that it includes what it uses, and calls are followed further.

A file that was clean is not looked at again until it, a file that is compiled together with it, a
header of the project that one of them includes, its compile command (that of the preset `dev`) or
the configuration changes. What they include is what ninja has noted while they were compiled, so
the build must be up to date.
"""

import argparse
import bisect
import collections
import concurrent.futures
import dataclasses
import hashlib
import json
import math
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
# Of tests/requirements.txt: newer than Debian's, it passes over the system's headers, which is two
# thirds of the time.
TIDY = ROOT / "build/venv/bin/clang-tidy"
# The commands are those of g++-12, some of whose warnings clang does not know.
EXTRA = ["-extra-arg=-Wno-unknown-warning-option", "-extra-arg=-Wno-unused-command-line-argument"]
FILES_AT_ONCE = 25
# Each file has its includes, so they stand there more than once; and to follow calls from file to
# file would take as long as to read each alone.
TOGETHER = ["-checks=-readability-duplicate-include", "-extra-arg=-Xclang",
            "-extra-arg=-analyzer-config", "-extra-arg=-Xclang", "-extra-arg=mode=shallow"]
# Tests and fuzz targets stand out: the compiler checks them, and their macros are not ours.
LINTED = re.compile(r"(src|apps)/.*(?<!_test|_fuzz)\.cc")


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("build", nargs="?", default="build/dev", type=pathlib.Path,
                        help="a directory that is configured and built (default: build/dev)")
    parser.add_argument("pattern", nargs="?", default="",
                        help="a regular expression: only files whose path has it")
    parser.add_argument("--deep", action="store_true", help="each file alone, and calls further")
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
    read anew, whether used there or not."""
    subprocess.run(["cmake", "--preset", "dev", "-B", where, "-DCMAKE_UNITY_BUILD=OFF",
                    "-DCMAKE_DISABLE_PRECOMPILE_HEADERS=ON"], check=True, cwd=ROOT,
                   stdout=subprocess.DEVNULL)
    return json.loads((where / "compile_commands.json").read_text())


@dataclasses.dataclass(frozen=True)
class Source:
    name: str  # from the root
    arguments: tuple[str, ...]  # of the compiler, without the files: the same for a whole target
    rules: pathlib.Path  # where the nearest configuration stands, from the root
    digest: str | None  # None where ninja knows nothing of it


def arguments_of(entry):
    words = shlex.split(entry["command"])
    return tuple(words[1:words.index("-o")])


def plan(build, entries, pattern, way):
    """The sources to be linted; a source that was clean one way need not be so the other."""
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
        above = configurations(path)
        digest = None
        if own:
            digest = digest_of(way + version, entry["command"], own | set(above), digests)
        rules = above[0].parent.relative_to(ROOT)
        found.append(Source(name, arguments_of(entry), rules, digest))
    return found


def batches(sources, size):
    """Of one target and configuration each, and of about the same size, at most `size`."""
    targets = collections.defaultdict(list)
    for source in sources:
        targets[source.arguments, source.rules].append(source)
    for members in targets.values():
        count = math.ceil(len(members) / size)
        yield from (members[first::count] for first in range(count))


class Text:
    """The texts of some sources in one file, and which line of it is whose."""

    def __init__(self, path, sources):
        self.path, self.starts, lines = path, [], []
        for source in sources:
            self.starts.append((len(lines), source.name))
            lines += (ROOT / source.name).read_text(encoding="utf-8").splitlines()
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")

    def in_sources(self, findings):
        """The same, each place named as that in a source."""
        def place(found):
            line = int(found.group(1)) - 1
            start, name = self.starts[bisect.bisect(self.starts, line, key=lambda it: it[0]) - 1]
            return f"{ROOT / name}:{line - start + 1}"
        return re.sub(re.escape(str(self.path)) + r":(\d+)", place, findings)


def configurations(path):
    """Those that a file has, the nearest first."""
    above = [folder / ".clang-tidy" for folder in path.parents if folder.is_relative_to(ROOT)]
    return [item for item in above if item.exists()]


def place_configurations(where):
    """Copies of them, since clang-tidy looks for them above the file that it reads."""
    below = (path for folder in ("src", "apps") for path in (ROOT / folder).rglob(".clang-tidy"))
    for path in (ROOT / ".clang-tidy", *below):
        copy = where / path.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, copy)


def lint(text, arguments, extra):
    """The findings, empty where there are none, and whether it was clean."""
    run = subprocess.run([TIDY, *EXTRA, *extra, "-quiet", text.path, "--", *arguments],
                         cwd=ROOT, text=True, capture_output=True)
    kept = [line for line in run.stderr.splitlines() if not re.match(r"\d+ warnings? ", line)]
    found = run.stdout + ("\n".join(kept) if run.returncode else "")
    return text.in_sources(found), run.returncode == 0


def main():
    options = arguments()
    build = options.build.resolve()
    if not (build / "build.ninja").exists():
        sys.exit(f"tools/tidy.py: {options.build} is not configured; run cmake --preset dev")
    clean = build / "tidy"
    clean.mkdir(exist_ok=True)
    place_configurations(clean)
    way = [] if options.deep else TOGETHER
    sources = plan(build, commands(clean / "alone"), options.pattern, " ".join(way))
    todo = [source for source in sources if options.again or source.digest is None
            or not (clean / source.digest).exists()]
    print(f"{len(sources) - len(todo)} of {len(sources)} files are as they were when they were "
          "clean")
    done = failed = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        runs = {}
        for number, batch in enumerate(batches(todo, 1 if options.deep else FILES_AT_ONCE)):
            text = Text(clean / batch[0].rules / f"together_{number}.cc", batch)
            runs[pool.submit(lint, text, batch[0].arguments, way)] = batch
        for run in concurrent.futures.as_completed(runs):
            findings, is_clean = run.result()
            done += len(runs[run])
            print(f"[{done}/{len(todo)}] {' '.join(source.name for source in runs[run])}"
                  f"{'' if is_clean else ': findings'}", flush=True)
            if not is_clean:
                failed += 1
                print(findings, flush=True)
                continue
            for source in runs[run]:
                if source.digest:
                    (clean / source.digest).touch()
    if failed:
        sys.exit(f"tools/tidy.py: there are findings in {failed} batches of {len(todo)} files")


if __name__ == "__main__":
    main()
