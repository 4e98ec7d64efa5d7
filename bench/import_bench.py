#!/usr/bin/python3
"""Times `comity import eurepoc` from the start of the program to its end.

    import_bench.py COMITY OUT    writes results in google-benchmark's form

Expected before measuring. 1,643 incidents become 7,000 objects of 1.3 KB: made in 20 us each,
read, validated and hashed twice (once before anything is filed) in 5, signed 7 times, admitted
in 10, and written with three commits: 0.3 s, and as much again where a disk syncs slowly. The
goal is 2 s.

Rival: Python's csv and json reading the same three files and writing their rows as JSON, with
nothing checked, signed or filed. Also the same import again, which files nothing, into a registry
that holds it already.

Needs COMITY_SHARED (eurepoc/). Directories are made in COMITY_BENCH_DIRECTORY; the contenders take
turns at random, COMITY_BENCH_REPEAT times (5)."""

import datetime
import json
import os
import random
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

RIVAL = """
import csv, json, sys
from pathlib import Path
csv.field_size_limit(1 << 24)
with open(sys.argv[2], "w", encoding="utf-8") as out:
    for path in sorted(Path(sys.argv[1]).glob("*.csv")):
        with open(path, newline="", encoding="utf-8") as file:
            for row in csv.DictReader(file):
                out.write(json.dumps(row) + "\\n")
"""


def timed(*command):
    """Seconds by the clock and of CPU."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begin = time.perf_counter()
    subprocess.run(list(map(str, command)), check=True, stdout=subprocess.DEVNULL)
    real = time.perf_counter() - begin
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return real, (after.ru_utime - before.ru_utime) + (after.ru_stime - before.ru_stime)


def main():
    comity, out = sys.argv[1], Path(sys.argv[2])
    source = Path(os.environ["COMITY_SHARED"]) / "eurepoc"
    repeat = int(os.environ.get("COMITY_BENCH_REPEAT", "5"))
    place = Path(tempfile.mkdtemp(dir=os.environ.get("COMITY_BENCH_DIRECTORY")))
    load = os.getloadavg()
    times = {"comity_import": [], "comity_import_again": [], "python": []}
    try:
        for number in range(repeat):
            registry = place / f"registry{number}"
            subprocess.run([comity, "init", registry, "--origin", "example.org/comity", "--name",
                            "X", "--plain-keys"], check=True, stdout=subprocess.DEVNULL)

            def ours(at=registry):
                run = (comity, "import", "eurepoc", at, source)
                times["comity_import"].append(timed(*run))
                subprocess.run([comity, "show", at], check=True, stdout=subprocess.DEVNULL)
                times["comity_import_again"].append(timed(*run))

            def rival():
                times["python"].append(timed(sys.executable, "-c", RIVAL, source, place / "rows"))

            for contender in random.sample([ours, rival], 2):
                contender()
    finally:
        shutil.rmtree(place)
    runs = [{"run_name": name, "aggregate_name": "median", "repetitions": repeat,
             "real_time": statistics.median(t[0] for t in taken),
             "cpu_time": statistics.median(t[1] for t in taken)} for name, taken in times.items()]
    date = datetime.datetime.now().isoformat(timespec="seconds")
    out.write_text(json.dumps({"context": {"date": date, "load_avg": load}, "benchmarks": runs}))
    print(json.dumps(runs, indent=1))


if __name__ == "__main__":
    main()
