#!/usr/bin/python3
"""Times what a registry's log is read by, through the real `comity serve`, under wrk.

    http_bench.py COMITY OUT    writes results in google-benchmark's form

Expected before measuring. For a small answer both servers pay mostly for the kernel's half of a
request, some 15 us of a core. Ours adds the parsing of fields, a hop to a thread that reads and one
back, 10 us: half of nginx's rate, and less where nginx gives two cores to sockets and we one. Of a
large answer the copying counts: nginx sends a file's pages without a copy (sendfile), we read and
write them, two copies more at some GB/s: half of its bytes a second too. What is compressed as it
is sent takes the same zlib at the same level in both: 0.8.

Rival: nginx on the same directory, with its workers on all cores (serving/nginx.py has its
settings). Both run at once and take turns under load at random, COMITY_BENCH_REPEAT times (5) of
COMITY_BENCH_SECONDS (10) for each kind of answer. wrk has one thread and 16 connections, for
whole segments 2."""

import os
import random
import shutil
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from serving import comity, installed, nginx
from serving.process import end_in_order
from serving.results import Results
from serving.wrk import Wrk

ALONE = 300  # filings of one object: more than a full tile has
TOGETHER = 20  # filings of a thousand, so that there is a segment to speak of
CONNECTIONS = 16
FEW = 2  # for what takes long, so that enough of it is ended in a short time
SEGMENT = "/segments/public/00000000.seg"
# What is asked for, and how.
ASKED = {
    "checkpoint": ("/checkpoint", {}),
    "tile": ("/tile/0/000", {}),
    "bundle": ("/tile/entries/000", {}),
    "bundle_gzip": ("/tile/entries/000", {"Accept-Encoding": "gzip"}),
    "range_64k": (SEGMENT, {"Range": "bytes=1000000-1065535"}),
    "range_4m": (SEGMENT, {"Range": "bytes=1000000-5194303"}),
    "segment": (SEGMENT, {}),
}


def fill(registry):
    """Files what the servers are asked for."""
    objects = registry.objects(ALONE + TOGETHER * comity.IN_FILING)
    filings = [registry.sign([it]) for it in objects[:ALONE]]
    filings += [registry.sign(objects[at:at + comity.IN_FILING])
                for at in range(ALONE, len(objects), comity.IN_FILING)]
    with registry.serve() as server:
        comity.file_all(server, filings)


def check_same(servers):
    """Both must give the same bytes, or they would not be rivals. What is compressed differs."""
    for name, (target, fields) in ASKED.items():
        answers = [server.get(target, fields) for server in servers]
        status = 206 if "Range" in fields else 200
        if any(it[0] != status for it in answers):
            raise RuntimeError(f"{target}: answered with {[it[0] for it in answers]}")
        if "Accept-Encoding" not in fields and len({it[1] for it in answers}) != 1:
            raise RuntimeError(f"{target}: the servers' bytes differ")
        yield name, len(answers[0][1])


def measure(results, servers, wrk, repeat, seconds):
    for name, (target, fields) in ASKED.items():
        for _ in range(repeat):
            for which in random.sample(list(servers), len(servers)):
                found = wrk.run("get.lua", servers[which], target, threads=1,
                                connections=FEW if name == "segment" else CONNECTIONS,
                                seconds=seconds, fields=fields)
                results.add(f"{which}/{name}",
                            items_per_second=found["requests"] / found["seconds"],
                            bytes_per_second=found["bytes"] / found["seconds"],
                            real_time=1e6 * found["seconds"] / found["requests"],
                            cpu_time=1e6 * found["cpu"] / found["requests"],
                            p50_us=found["p50_us"], p99_us=found["p99_us"])


def main():
    program, out = Path(sys.argv[1]), Path(sys.argv[2])
    repeat = int(os.environ.get("COMITY_BENCH_REPEAT", "5"))
    seconds = int(os.environ.get("COMITY_BENCH_SECONDS", "10"))
    rivals = installed.place_of_rivals(program)
    end_in_order()
    results = Results()
    try:
        wrk = Wrk(*installed.wrk(rivals))
    except installed.Skipped as why:
        sys.exit(f"http_bench needs wrk: {why}")
    place = Path(tempfile.mkdtemp(dir=os.environ.get("COMITY_BENCH_DIRECTORY")))
    sizes = {}
    try:
        with ExitStack() as running:
            registry = comity.Registry(program, place / "comity")
            fill(registry)
            servers = {"comity": running.enter_context(registry.serve())}
            try:
                servers["nginx"] = running.enter_context(nginx.serve(
                    *installed.nginx(rivals), place / "nginx", registry.root, nginx.REGISTRY))
            except installed.Skipped as why:
                results.skip("nginx", why)
            sizes = dict(check_same(servers.values()))
            measure(results, servers, wrk, repeat, seconds)
    finally:
        shutil.rmtree(place)
    results.write(out, {"comity": comity.SETTINGS, "nginx": nginx.SETTINGS, "seconds": seconds,
                        "wrk": {"threads": 1, "connections": CONNECTIONS}, "bytes": sizes})


if __name__ == "__main__":
    main()
