#!/usr/bin/python3
"""Makes the table of bench/README.md from the results of google-benchmark.

    table.py RESULTS README     RESULTS holds NAME_bench.json; prints the table, and puts it into
                                README between its two markers

Every figure is the median of the repetitions of one run; its rival's is of the same run. Rows of
different programs may come from different runs: the last column says which.
"""

import json
import platform
import re
import sys
from pathlib import Path

BEGIN, END = "<!-- table -->", "<!-- end of table -->"


def medians(path):
    """The median of each benchmark by its name, repetition suffixes dropped; what ran once."""
    if not path.exists():
        return {}
    found = {}
    for run in json.loads(path.read_text())["benchmarks"]:
        if run.get("aggregate_name") == "median" or run["repetitions"] == 1:
            name = re.sub(r"/(iterations:\d+|manual_time|real_time|process_time)", "",
                          run["run_name"])
            found[name] = run
    return found


def origin(path):
    """When a program ran, with how many repetitions, and how loaded the machine was."""
    result = json.loads(path.read_text())
    context = result["context"]
    repetitions = max(run["repetitions"] for run in result["benchmarks"])
    return (f"{context['date'][:16].replace('T', ' ')}, {repetitions} repetitions, "
            f"load {context['load_avg'][0]:.1f}, {machine()}")


def rate(run):
    return run["items_per_second"]


def thousands(value):
    return f"{value / 1000:.1f}k/s"


def append_rows(runs):
    ours = {name: run for name, run in runs.items() if name.startswith("comity/")}
    if not ours:
        return
    for batch in sorted({int(name.split(":")[1]) for name in ours}):
        mine, bare = rate(runs[f"comity/batch:{batch}"]), rate(runs[f"bare_files/batch:{batch}"])
        one = rate(runs[f"one_file/batch:{batch}"])
        goal = ">= 0.5" if batch == 4096 else "-"
        yield (f"append, 2 KiB leaves, batches of {batch:,}", thousands(mine),
               f"same files, bare: {thousands(bare)} (one file: {thousands(one)})",
               f"{mine / bare:.2f}", goal)
    rivals = {name: rate(run) for name, run in runs.items() if name.startswith("tessera/")}
    if rivals:
        best = max(rivals, key=rivals.get)
        each = ", ".join(f"{int(name.split(':')[1]):,}: {thousands(value)}"
                         for name, value in sorted(
                             rivals.items(), key=lambda r: int(r[0].split(":")[1])))
        mine = max(rate(run) for run in ours.values())
        yield ("append, 4,096 in flight, best of both", thousands(mine),
               f"Tessera POSIX, by batch: {each}", f"{mine / rivals[best]:.1f}", ">= 3")


def receipt_rows(runs):
    if runs:
        mine, bare = runs["comity_receipt"]["real_time"], runs["bare_syncs"]["real_time"]
        yield ("one client's receipt, median", f"{mine:.2f} ms", f"bare syncs: {bare:.2f} ms",
               f"{mine / bare:.2f} (goal here {1.5 * bare + 1:.2f} ms)", "<= 1.5 of them + 1 ms")


def check_rows(runs):
    if not runs:
        return
    for objects in (1, 100):
        mine = runs[f"comity_check/objects:{objects}"]["cpu_time"]
        bare = runs[f"bare/objects:{objects}"]["cpu_time"]
        yield (f"check of a filing, {objects} object{'s' * (objects > 1)} of 2 KB (CPU)",
               f"{mine:.1f} us", f"bare verify + SHA-256 + simdjson: {bare:.1f} us",
               f"{mine / bare:.2f}", "expected <= 1.5" if objects == 1 else "expected <= 2")
    admit = runs["comity_admit"]
    total = admit["admit_us"] + admit["fold_us"]
    yield ("admit a filing, 1 million statements behind it (CPU)",
           f"{admit['admit_us']:.1f} us + fold {admit['fold_us']:.1f} us",
           "all of the server's CPU but verification: 60 us", f"{total / 60:.2f}", "<= 1")


def validate_rows(runs):
    if not runs:
        return
    for name, against, what in (
            ("errors", "bare", "errors"), ("all", "bare", "errors and warnings"),
            ("errors_as_filed", "bare_as_filed", "blanks and all, errors"),
            ("all_as_filed", "bare_as_filed", "blanks and all, errors and warnings")):
        if name not in runs:
            continue  # measured before there was one
        mine, bare = runs[name], runs[against]
        each = 1e6 / rate(bare)
        yield (f"validate an object of {mine['mean_bytes']:,.0f} bytes, {what}",
               f"{1e6 / rate(mine):.2f} us ({mine['bytes_per_second'] / 1e6:,.0f} MB/s)",
               f"simdjson's parse and bare walk: {each:.2f} us",
               f"{rate(bare) / rate(mine):.2f}", "<= 2 us an object of 2 KB")
    path = Path(sys.argv[1]) / "validate_rivals.json"
    if path.exists():
        rivals = json.loads(path.read_text())
        for name, what in (("stix2_validator", "stix2-validator"), ("stix2", "stix2 (parse)")):
            yield (f"the same, beside {what}", f"{1e6 / rate(runs['all']):.2f} us",
                   f"{rivals[name] * 1e6:,.0f} us", f"{rivals[name] * rate(runs['all']):,.0f}", "-")


def audit_rows(runs):
    if runs:
        mine, bare = runs["comity_audit"], runs["bare"]
        yield ("audit of a log, 50,000 filings", thousands(rate(mine)),
               f"Ed25519 + SHA-256 of the same bytes, all cores: {thousands(rate(bare))}",
               f"{rate(mine) / rate(bare):.2f} "
               f"(by CPU time {bare['cpu_time'] / mine['cpu_time']:.2f})",
               ">= 0.7")
    if "comity_audit_with_record" in runs:
        mine, alone = runs["comity_audit_with_record"], runs["audit_alone"]
        yield ("audit with record, filings of 100 objects", f"{thousands(rate(mine))} objects",
               f"the same audit without the record: {thousands(rate(alone))}",
               f"{rate(mine) / rate(alone):.2f} "
               f"(by CPU time {alone['cpu_time'] / mine['cpu_time']:.2f})",
               ">= 40k/s")


def rebuild_rows(runs):
    if runs:
        mine, bare = runs["comity_rebuild"], runs["check_alone"]
        objects = rate(mine) * mine["real_time"] / 1e3
        each, alone = mine["cpu_time"] * 1e3 / objects, bare["cpu_time"] * 1e3 / objects
        yield (f"rebuild of the record from a log of {objects:,.0f} objects",
               f"{thousands(rate(mine))} objects, {each:.1f} us of CPU each",
               f"reading and checking alone: {thousands(rate(bare))}, {alone:.1f} us",
               f"{rate(mine) / rate(bare):.2f} (by CPU time "
               f"{bare['cpu_time'] / mine['cpu_time']:.2f})", ">= 40k/s at 3 million")
        if fold := runs.get("comity_fold"):
            yield (f"fold of 100 entries more into a record of {objects:,.0f} objects",
                   f"{thousands(rate(fold))} objects",
                   f"reading and checking alone: {thousands(rate(bare))}",
                   f"{rate(fold) / rate(bare):.2f}", ">= 20k/s visible")


def import_rows(runs):
    if not runs:
        return
    rival = runs["python"]
    for name, what in (("comity_import", "import of EuRepoC, end to end"),
                       ("comity_import_again", "the same again, nothing new")):
        mine = runs[name]
        yield (what, f"{mine['real_time']:.2f} s (CPU {mine['cpu_time']:.2f} s)",
               f"Python's csv and json on the same files: {rival['real_time']:.2f} s "
               f"(CPU {rival['cpu_time']:.2f} s)",
               f"{mine['real_time'] / rival['real_time']:.2f} "
               f"(by CPU time {mine['cpu_time'] / rival['cpu_time']:.2f})",
               "<= 2 s" if name == "comity_import" else "-")


def query_rows(runs):
    if runs:
        worst = max((run for name, run in runs.items() if name != "mix"),
                    key=lambda run: run["p99_ms"])
        yield ("a search, mix of 21 at 1 million objects", f"p50 {runs['mix']['p50_ms']:.2f} ms, "
               f"p99 {runs['mix']['p99_ms']:.2f} ms",
               f"slowest of them, {worst['run_name'].split('/')[0]}: p50 {worst['p50_ms']:.2f} ms, "
               f"p99 {worst['p99_ms']:.2f} ms", "-", "p99 < 20 ms")


def stats_rows(runs):
    for name, what in (("objects", "overview of 1 million objects"),
                       ("eurepoc", "overview of EuRepoC")):
        if f"comity_overview/{name}" not in runs:
            continue
        mine, bare = runs[f"comity_overview/{name}"], runs[f"bare_walk/{name}"]
        yield (what, f"{mine['real_time']:,.0f} ms (CPU {mine['cpu_time']:,.0f} ms)",
               f"the same rows walked by plain SQL: {bare['real_time']:,.0f} ms",
               f"{mine['real_time'] / bare['real_time']:.2f} "
               f"(by CPU time {mine['cpu_time'] / bare['cpu_time']:.2f})", "<= 2")
    if "comity_figures/eurepoc" in runs:
        mine = runs["comity_figures/eurepoc"]
        yield ("all figures of EuRepoC",
               f"{mine['real_time']:,.0f} ms (CPU {mine['cpu_time']:,.0f} ms)", "-", "-", "<= 1 s")


def open_rows(runs):
    """Each in a fresh process, beside reads in that directory and a process that does nothing."""
    for group, what, millions, question in (
            *(("", what, millions, f"a log of {millions} million, {what}")
              for millions in (1, 10) for what in ("writer", "reader")),
            ("registry_", "server", 1, "a registry of 1 million")):
        if f"{group}{what}/millions:{millions}" not in runs:
            continue  # measured before there was one
        run, bare, empty = (runs[f"{group}{name}/millions:{millions}"]
                            for name in (what, "bare_reads", "nothing"))
        yield (f"open {question}", f"{run['real_time']:.2f} ms, {run['peak_MiB']:.1f} MiB",
               f"ten bare reads: {bare['real_time']:.2f} ms; empty process: "
               f"{empty['peak_MiB']:.1f} MiB", f"{run['real_time'] / bare['real_time']:.1f}",
               "milliseconds, a few MB")


def whole(value):
    return thousands(value) if value >= 10_000 else f"{value:,.0f}/s"


def answers(run):
    return (f"{whole(rate(run))}, {run['bytes_per_second'] / 1e6:,.0f} MB/s, "
            f"p99 {run['p99_us'] / 1e3:.2f} ms, {run['cpu_time']:.1f} us of CPU each")


def http_rows(runs):
    """GETs of what a log is read by, through the server."""
    for name, what in (("checkpoint", "the checkpoint"), ("tile", "a full tile, 8 KiB"),
                       ("bundle", "256 entries"), ("bundle_gzip", "256 entries, gzip"),
                       ("range_64k", "64 KiB of a segment"), ("range_4m", "4 MiB of a segment"),
                       ("segment", "a whole segment")):
        mine, rival = runs.get(f"comity/{name}"), runs.get(f"nginx/{name}")
        if mine is None:
            continue
        beside = ("-", "-")
        if rival:
            beside = (f"nginx: {answers(rival)}",
                      f"{rate(mine) / rate(rival):.2f} "
                      f"(by CPU time {rival['cpu_time'] / mine['cpu_time']:.2f})")
        connections = 2 if name == "segment" else 16
        yield (f"GET of {what}, {connections} connections", answers(mine), *beside, "-")


def register_rows(runs):
    """Filings over HTTP, each with its receipt."""
    def told(run):
        return (f"{whole(rate(run))}, p50 {run['p50_us'] / 1e3:.1f} ms, "
                f"{run['cpu_time']:.1f} us of CPU each")
    mine, rival = runs.get("comity/register"), runs.get("tessera/register")
    if mine:
        yield ("register over HTTP, signature checked, 512 in flight, load generator aboard",
               told(mine), f"Tessera over HTTP, unsigned: {told(rival)}" if rival else "-",
               f"{rate(mine) / rate(rival):.2f}" if rival else "-",
               ">= 1; CPU <= 60 us and a verification")


def drained(run):
    return (f"{whole(rate(run))} objects, {run['bytes_per_second'] / 1e6:,.1f} MB/s, "
            f"{run['cpu_time']:.1f} us of CPU each")


def taxii_drain_rows(runs):
    """A whole collection by pages of 100, through the server."""
    for client in ("wrk", "taxii2-client"):
        for ours, theirs, name, goal in (
                ("comity", "nginx", "nginx, the same bytes", ">= 0.5"),
                ("comity", "opentaxii", "OpenTAXII on SQLite", ">= 30"),
                ("comity_all", "opentaxii_all", "OpenTAXII, match[version]=all", "-"),
                ("comity_few", "medallion", "medallion, in memory", "-")):
            mine, rival = runs.get(f"{ours}/{client}"), runs.get(f"{theirs}/{client}")
            if mine is None or rival is None:
                continue
            yield (f"TAXII drain of {mine['objects']:,.0f} objects, {client}", drained(mine),
                   f"{name}: {drained(rival)}",
                   f"{rate(mine) / rate(rival):.2f} "
                   f"(by CPU time {rival['cpu_time'] / max(mine['cpu_time'], 0.01):.2f})",
                   goal if client == "wrk" else "-")
    mine, rival = runs.get("comity_filing"), runs.get("opentaxii_filing")
    if mine is None or rival is None:
        return
    durable = mine["durable_per_second"]
    yield (f"{mine['objects']:,.0f} objects filed over HTTP, 1,000 at a time, once",
           f"durable {whole(durable)}, visible {whole(rate(mine))}",
           f"OpenTAXII on SQLite, added by TAXII: {whole(rate(rival))}",
           f"{durable / rate(rival):.0f}", "durable >= 50; visible >= 20k/s at 1 million")


def taxii_rows(runs):
    """Pages without sockets."""
    for what in ("Objects", "Manifest"):
        for together in (1000, 1):
            run = runs.get(f"BM_{what}/in_filing:{together}")
            if run:
                yield (f"TAXII page of 100 made, {what.lower()}, {together:,} in a filing",
                       f"{thousands(rate(run))} objects, "
                       f"{run['bytes_per_second'] / 1e6:,.0f} MB/s", "-", "-", ">= 240k/s")


def skipped_rows(path):
    """What took no part, so that a row that isn't there is missed."""
    if path.exists():
        for it in json.loads(path.read_text()).get("skipped", []):
            yield (it["what"], "-", f"skipped: {it['why']}", "-", "-")


ROWS = {"append": append_rows, "receipt": receipt_rows, "check": check_rows,
        "validate": validate_rows, "audit": audit_rows,
        "rebuild": rebuild_rows, "rebuild_3m": rebuild_rows,
        "query": query_rows, "stats": stats_rows,
        "import": import_rows, "open": open_rows,
        "http": http_rows, "register": register_rows, "taxii_drain": taxii_drain_rows,
        "taxii": taxii_rows}


LEGEND = "Each machine has 2 cores. The load is that at the beginning of a program."
HEAD = ("| question | Comity | rival or limit | ratio | goal | run |", "|---|---|---|---|---|---|")


def machine():
    """The processor, as short as it can be told apart."""
    info = Path("/proc/cpuinfo").read_text()
    model = re.search(r"model name\s*: (.*)", info)
    name = model.group(1) if model else platform.machine()
    return re.sub(r"\(R\)|\(TM\)| Processor|\s*@.*", "", name).strip()


def key_of(question, rival):
    """What tells a row from others: the question, and whom it is put to besides."""
    return question, rival.split(":")[0]


def kept_rows(table):
    """The rows that there are: of what was not run now they stay."""
    rows = [line for line in table.splitlines() if line.startswith("| ")][1:]
    cells = [row.removeprefix("| ").split(" | ") for row in rows]
    return {key_of(cell[0], cell[2]): row for cell, row in zip(cells, rows)}


def main():
    results, readme = Path(sys.argv[1]), Path(sys.argv[2])
    head, rest = readme.read_text().split(BEGIN)
    before, rest = rest.split(END)
    lines = kept_rows(before)
    for name, rows in ROWS.items():
        path = results / f"{name}_bench.json"
        for row in (*rows(medians(path)), *skipped_rows(path)):
            lines[key_of(row[0], row[2])] = "| " + " | ".join((*row, origin(path))) + " |"
    table = "\n".join((*HEAD, *lines.values())) + "\n\n" + LEGEND + "\n"
    print(table)
    readme.write_text(head + BEGIN + "\n" + table + END + rest)


if __name__ == "__main__":
    main()
