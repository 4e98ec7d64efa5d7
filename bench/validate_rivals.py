"""Times the OASIS validator and the stix2 library on a sample of the objects of validate_bench.

    validate_rivals.py OUT    writes {"stix2_validator": seconds an object, "stix2": ..., ...}

Needs build/venv (tests/requirements.txt) and COMITY_SHARED. Every tenth object, one at a time, in
memory; the best of three rounds. Both print warnings to a log, which is switched off."""

import json
import logging
import os
import sys
import time
from pathlib import Path

import stix2
from stix2validator import ValidationOptions, validate_instance

ROUNDS = 3
STEP = 10


def best(work, objects):
    times = []
    for _ in range(ROUNDS):
        begin = time.process_time()
        for one in objects:
            work(one)
        times.append((time.process_time() - begin) / len(objects))
    return min(times)


def main():
    logging.disable(logging.CRITICAL)
    path = Path(os.environ["COMITY_SHARED"]) / "attack" / "ics-attack-18.1.json"
    objects = json.loads(path.read_text())["objects"][::STEP]
    options = ValidationOptions(version="2.1")
    texts = [json.dumps(one) for one in objects]
    found = {
        "stix2_validator": best(lambda text: validate_instance(json.loads(text), options), texts),
        "stix2": best(lambda text: stix2.parse(text, allow_custom=True, version="2.1"), texts),
        "objects": len(texts),
        "load": os.getloadavg()[0],
    }
    Path(sys.argv[1]).write_text(json.dumps(found))
    print(found)


if __name__ == "__main__":
    main()
