"""The results of a bench in google-benchmark's form, which table.py reads."""

import datetime
import json
import os
import statistics


class Results:
    def __init__(self):
        self.load = os.getloadavg()
        self.date = datetime.datetime.now().isoformat(timespec="seconds")
        self.runs = {}
        self.skipped = []

    def add(self, name, **figures):
        self.runs.setdefault(name, []).append(figures)

    def skip(self, what, why):
        """Said at once, and kept for the table."""
        print(f"skipped: {what}: {why}", flush=True)
        self.skipped.append({"what": what, "why": str(why)})

    def medians(self):
        for name, taken in self.runs.items():
            yield {"run_name": name, "aggregate_name": "median", "repetitions": len(taken),
                   **{key: statistics.median(run[key] for run in taken) for key in taken[0]}}

    def write(self, path, settings):
        """A line for each row on standard output, and all of them into the file."""
        rows = list(self.medians())
        for row in rows:
            print(json.dumps(row))
        context = {"date": self.date, "load_avg": self.load, "settings": settings}
        path.write_text(json.dumps({"context": context, "benchmarks": rows,
                                    "skipped": self.skipped}, indent=1))
