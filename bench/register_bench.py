#!/usr/bin/python3
"""Times filing over HTTP through the real `comity serve`: signed filings of one object of 2 KB,
each answered with its receipt once it is durable.

    register_bench.py COMITY OUT    writes results in google-benchmark's form

Expected before measuring. Ours takes 54 us of CPU to verify a signature and at most 60 for all else
(parsing HTTP and the filing, admission, the tree, files, the receipt), the load generator 20 beside
it: 130 us on two cores are 15,000 filings a second, if syncs keep up, of which each batch of some
hundred filings takes a few.

Rival: Tessera's POSIX storage behind Go's own HTTP server (bench/tessera/serve), which takes the
same bytes as opaque leaves: no signature is verified, and what is answered is the index, once it is
durable and integrated. COMITY_TESSERA_SERVER names it; without it only ours is measured.

wrk hands in COMITY_BENCH_FILINGS (40,000) new filings on 512 connections, for COMITY_BENCH_SECONDS
(10) at most. The contenders take turns at random, COMITY_BENCH_REPEAT times (5)."""

import os
import random
import shutil
import struct
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from serving import comity, installed
from serving.process import Process, end_in_order, free_port
from serving.results import Results
from serving.wrk import Wrk

CONNECTIONS = 512
# Tessera's default; a larger batch would wait for its age to pass with so few in flight.
TESSERA = {"batch": 256, "age": "250ms"}


def tessera(directory):
    program = os.environ.get("COMITY_TESSERA_SERVER")
    if not program:
        raise installed.Skipped("COMITY_TESSERA_SERVER names none; bench/tessera needs Go 1.24")
    directory.mkdir()
    port = free_port()
    return Process([program, "-dir", directory / "log", "-listen", f"127.0.0.1:{port}", "-batch",
                    TESSERA["batch"], "-age", TESSERA["age"]], port, directory)


def write_filings(path, registry, first, count):
    with open(path, "wb") as out:
        for it in registry.objects(count, first):
            filing = registry.sign([it])
            out.write(struct.pack(">I", len(filing)) + filing)


def measure(results, contenders, wrk, registry, settings):
    pieces = registry.directory / "filings"
    for turn in range(settings["repeat"]):
        write_filings(pieces, registry, turn * settings["filings"], settings["filings"])
        for name in random.sample(list(contenders), len(contenders)):
            server, target, status = contenders[name]
            found = wrk.run("post.lua", server, target, threads=1, connections=CONNECTIONS,
                            seconds=settings["seconds"],
                            fields={"Content-Type": "application/cose"},
                            arguments=(pieces, settings["filings"], status))
            results.add(f"{name}/register",
                        items_per_second=found["requests"] / found["seconds"],
                        real_time=1e6 * found["seconds"] / found["requests"],
                        cpu_time=1e6 * found["cpu"] / found["requests"],
                        p50_us=found["p50_us"], p99_us=found["p99_us"])


def main():
    program, out = Path(sys.argv[1]), Path(sys.argv[2])
    settings = {"repeat": int(os.environ.get("COMITY_BENCH_REPEAT", "5")),
                "seconds": int(os.environ.get("COMITY_BENCH_SECONDS", "10")),
                "filings": int(os.environ.get("COMITY_BENCH_FILINGS", "40000"))}
    end_in_order()
    results = Results()
    try:
        wrk = Wrk(*installed.wrk(installed.place_of_rivals(program)))
    except installed.Skipped as why:
        sys.exit(f"register_bench needs wrk: {why}")
    place = Path(tempfile.mkdtemp(dir=os.environ.get("COMITY_BENCH_DIRECTORY")))
    try:
        with ExitStack() as running:
            registry = comity.Registry(program, place / "comity")
            contenders = {"comity": (running.enter_context(registry.serve()), "/entries", 201)}
            try:
                contenders["tessera"] = (running.enter_context(tessera(place / "tessera")), "/add",
                                         200)
            except installed.Skipped as why:
                results.skip("Tessera over HTTP", why)
            measure(results, contenders, wrk, registry, settings)
    finally:
        shutil.rmtree(place)
    results.write(out, settings | {"comity": comity.SETTINGS, "tessera": TESSERA,
                                   "wrk": {"threads": 1, "connections": CONNECTIONS}})


if __name__ == "__main__":
    main()
