#!/usr/bin/python3
"""Times TAXII through the real `comity serve`: a collection of objects of 2 KB drained by pages of
100, and filled.

    taxii_drain_bench.py COMITY OUT    writes results in google-benchmark's form

Expected before measuring. A page is 210 KB. Making it takes 150 us (taxii_bench.cc), sending it two
copies and some 60 us in the kernel, and the client's reading as much again on the other core: some
300,000 objects a second, where nginx sends the same bytes from files at twice that. taxii2-client
reads JSON into objects at some 100 MB/s, so whoever serves it, 40,000 objects a second are what it
can do; there the ratio tells little.

Rivals, all in the same run: nginx with the same bytes under the same URLs, OpenTAXII on SQLite, and
medallion in memory. All have COMITY_BENCH_DRAINED objects (5,000), but for medallion, which makes
its first page in quadratic time: it has COMITY_BENCH_FEW (1,000), as has another registry of ours
beside it. OpenTAXII looks through its whole collection for each page, unless every version is asked
for (match[version]=all); so both are drained in that way too.

The goals: 30 times OpenTAXII and half of nginx for a client in C (wrk, two connections, each of
which follows `next` through the whole collection again and again). Contenders take turns at random,
COMITY_BENCH_REPEAT times (5) of COMITY_BENCH_SECONDS (10). Filling them is timed once, as it is
needed anyway: ours signed filings of a thousand objects, handed in one after another over HTTP, for
our TAXII is read alone; OpenTAXII's envelopes of the same objects."""

import json
import math
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path

from serving import comity, installed, nginx, taxii_rivals
from serving.process import Process, end_in_order
from serving.results import Results
from serving.wrk import Wrk

OURS = "/taxii2/public/collections/"
PER_PAGE = 100
KIND = "attack-pattern"
CLIENT = Path(__file__).resolve().parent / "serving/taxii_client.py"


@dataclass
class Contender:
    """A server with a collection that can be drained."""

    name: str
    server: Process
    path: str
    objects: int
    fields: dict = field(default_factory=lambda: {"Accept": taxii_rivals.TAXII})
    login: tuple = ()
    by_python: bool = True  # whether taxii2-client drains it too
    filter: str = ""
    # What the first drain found: what a registry has besides (who filed) is served too.
    seconds: float = 0
    served: int = 0
    served_pages: int = 0
    extras: list = field(default_factory=list)

    @property
    def target(self):
        return f"{self.path}objects/?limit={PER_PAGE}{self.filter}"

    def of_all_versions(self):
        return replace(self, name=self.name + "_all", filter="&match%5Bversion%5D=all",
                       by_python=False)

    def page(self, after):
        target = self.target
        if after:
            target += "&next=" + after.replace("+", "%2B").replace("/", "%2F").replace("=", "%3D")
        status, body = self.server.get(target, self.fields)
        if status != 200:
            raise RuntimeError(f"{self.name}: {target} was answered with {status}: {body[:500]!r}")
        return body

    def pages(self):
        """(its `next`, the body) of each page, once each object was seen that there must be."""
        begin = time.perf_counter()
        after, found, ids, self.extras = "", [], set(), []
        while after is not None:
            found.append((after, self.page(after)))
            envelope = json.loads(found[-1][1])
            ids |= {it["id"] for it in envelope["objects"]}
            self.extras += [it["id"] for it in envelope["objects"] if it["type"] != KIND]
            after = envelope.get("next") if envelope.get("more") else None
        self.seconds = time.perf_counter() - begin
        self.served, self.served_pages = len(ids), len(found)
        if len(ids) - len(self.extras) != self.objects:
            raise RuntimeError(f"{self.name} has {len(ids)} objects, among them {self.extras}")
        return found

    def drained(self, pages, drains):
        """How many objects are on so many pages of so many whole drains and of others begun."""
        return drains * self.served + (pages - drains * self.served_pages) * PER_PAGE


def path_of_statements(server):
    """By its id, for taxii2-client takes no alias."""
    listed = json.loads(server.get(OURS, {"Accept": taxii_rivals.TAXII})[1])["collections"]
    return OURS + next(it["id"] for it in listed if it["alias"] == "statements") + "/"


class Bench:
    def __init__(self, program, rivals, place, running):
        self.program, self.rivals, self.place, self.running = program, rivals, place, running
        self.results = Results()
        self.repeat = int(os.environ.get("COMITY_BENCH_REPEAT", "5"))
        self.seconds = int(os.environ.get("COMITY_BENCH_SECONDS", "10"))
        self.contenders = []

    def start(self, server):
        return self.running.enter_context(server)

    def add_comity(self, name, count):
        """Ours with so many objects, and the objects."""
        registry = comity.Registry(self.program, self.place / name)
        objects = registry.objects(count)
        groups = [objects[at:at + comity.IN_FILING]
                  for at in range(0, count, comity.IN_FILING)]
        filings = [registry.sign(group) for group in groups]
        server = self.start(registry.serve())
        durable, visible = comity.file_all(server, filings)
        self.results.add(f"{name}_filing", objects=count, durable_per_second=count / durable,
                         items_per_second=count / visible, cpu_time=1e6 * server.cpu() / count)
        self.contenders.append(Contender(name, server, path_of_statements(server), count))
        return groups

    def add_nginx(self):
        ours = self.contenders[0]
        kept = self.place / "pages"
        kept.mkdir()
        for after, body in ours.pages():
            (kept / f"page-{after}.json").write_bytes(body)
        server = self.start(nginx.serve(*installed.nginx(self.rivals), self.place / "nginx", kept,
                                        nginx.pages(ours.path + "objects/")))
        self.contenders.append(Contender("nginx", server, ours.path, ours.objects,
                                         by_python=False))

    def add_opentaxii(self, python, groups):
        rival = taxii_rivals.OpenTaxii(python, self.place / "opentaxii")
        server = self.start(rival.serve())
        count = sum(map(len, groups))
        before = server.cpu()
        seconds = rival.add_all(server, [json.dumps({"objects": it}) for it in groups])
        self.results.add("opentaxii_filing", objects=count, durable_per_second=count / seconds,
                         items_per_second=count / seconds,
                         cpu_time=1e6 * (server.cpu() - before) / count)
        self.contenders.append(Contender("opentaxii", server, rival.path, count, rival.fields))
        for contender in (self.contenders[0], self.contenders[-1]):
            self.contenders.append(contender.of_all_versions())

    def add_medallion(self, python, objects):
        rival = taxii_rivals.Medallion(python, self.place / "medallion", objects)
        server = self.start(rival.serve())
        self.contenders.append(Contender("medallion", server, rival.path, len(objects),
                                         rival.fields, (rival.user, rival.password)))

    def trying(self, what, add, *args):
        """Takes a rival in, or says why not."""
        try:
            add(*args)
        except installed.Skipped as why:
            self.results.skip(what, why)

    def drain_by_wrk(self, wrk, contender):
        """Long enough for whole drains by two at once, of whose pages some take longer."""
        seconds = max(self.seconds, math.ceil(8 * contender.seconds))
        server = contender.server
        found = wrk.run("drain.lua", server, contender.target, threads=2, connections=2,
                        seconds=seconds, fields=contender.fields)
        if found["drains"] == 0:
            raise RuntimeError(f"{contender.name} was not drained in {seconds} s: {found}")
        objects = contender.drained(found["pages"], found["drains"])
        self.results.add(f"{contender.name}/wrk", objects=contender.objects,
                         items_per_second=objects / found["seconds"],
                         bytes_per_second=found["body_bytes"] / found["seconds"],
                         real_time=1e6 * found["seconds"] / objects,
                         cpu_time=1e6 * found["cpu"] / objects, p50_us=found["p50_us"],
                         p99_us=found["p99_us"], drains=found["drains"])

    def drain_by_python(self, python, contender):
        before = contender.server.cpu()
        done = subprocess.run([python, CLIENT, contender.server.url(contender.path),
                               str(PER_PAGE), *contender.login], capture_output=True, text=True,
                              check=False)
        if done.returncode != 0:
            raise RuntimeError(f"taxii2-client on {contender.name}: {done.stderr[-2000:]}")
        found = json.loads(done.stdout)
        if found["objects"] != contender.served:
            raise RuntimeError(f"taxii2-client found {found} on {contender.name}")
        self.results.add(f"{contender.name}/taxii2-client", objects=contender.objects,
                         items_per_second=found["objects"] / found["seconds"],
                         bytes_per_second=found["body_bytes"] / found["seconds"],
                         real_time=1e6 * found["seconds"] / found["objects"],
                         cpu_time=1e6 * (contender.server.cpu() - before) / found["objects"])

    def measure(self, wrk, python):
        for contender in self.contenders:
            contender.pages()
        for _ in range(self.repeat):
            for contender in random.sample(self.contenders, len(self.contenders)):
                self.drain_by_wrk(wrk, contender)
        asked = [it for it in self.contenders if python and it.by_python]
        for _ in range(self.repeat):
            for contender in random.sample(asked, len(asked)):
                self.drain_by_python(python, contender)


def size_of(name, usual):
    count = int(os.environ.get(name, usual))
    if count <= 0 or count % comity.IN_FILING:
        sys.exit(f"{name} must be a multiple of {comity.IN_FILING}")
    return count


def main():
    program, out = Path(sys.argv[1]), Path(sys.argv[2])
    many, few = size_of("COMITY_BENCH_DRAINED", 5_000), size_of("COMITY_BENCH_FEW", 1_000)
    rivals = installed.place_of_rivals(program)
    end_in_order()
    try:
        wrk = Wrk(*installed.wrk(rivals))
    except installed.Skipped as why:
        sys.exit(f"taxii_drain_bench needs wrk: {why}")
    place = Path(tempfile.mkdtemp(dir=os.environ.get("COMITY_BENCH_DIRECTORY")))
    try:
        with ExitStack() as running:
            bench = Bench(program, rivals, place, running)
            groups = bench.add_comity("comity", many)
            bench.trying("nginx", bench.add_nginx)
            python = None
            try:
                python = installed.python(rivals)
            except installed.Skipped as why:
                bench.results.skip("OpenTAXII, medallion and taxii2-client", why)
            if python:
                bench.trying("OpenTAXII", bench.add_opentaxii, python, groups)
                small = bench.add_comity("comity_few", few)
                bench.trying("medallion", bench.add_medallion, python, sum(small, []))
            bench.measure(wrk, python)
            settings = {"comity": comity.SETTINGS, "nginx": nginx.SETTINGS,
                        **taxii_rivals.SETTINGS, "seconds": bench.seconds,
                        "wrk": {"threads": 2, "connections": 2}}
            bench.results.write(out, settings)
    finally:
        shutil.rmtree(place)


if __name__ == "__main__":
    main()
