"""Makes registries of random records, for same_record.sh to have each folded by several builds:
COMITY=PROGRAM random_registries.py DIRECTORY COUNT

What two parties file, whose objects they file (their own or the other's), what is hidden,
disclosed, erased, put on hold and released comes of a seed; keys and times do not."""

import json
import random
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "cli"))

from harness import Run, incident  # noqa: E402
from stats_test import World  # noqa: E402

DEEDS = 40
WHY = ("--ground", "a person", "--authority", "a court")


class Deeds:
    """In a registry of its own, DIRECTORY/random-SEED."""

    def __init__(self, directory, seed):
        self.dir = directory
        self.name = f"random-{seed}"
        self.draw = random.Random(seed)
        self.run("init", self.name, "--origin", "random.example/comity", "--name", "Random",
                 "--plain-keys")
        self.parties = {f"{self.name}-{who}": self.admit(f"{self.name}-{who}")
                        for who in ("alice", "bob")}
        self.world = World(next(iter(self.parties.values())), seed)
        self.filed = []
        self.hidden = []
        self.held = []

    def run(self, *args):
        run = Run(["--json", *args], cwd=self.dir)
        if run.code:
            raise RuntimeError(run)
        return json.loads(run.out)

    def admit(self, who):
        self.run("key", "new", f"{who}.key", "--plain")
        party = self.run("party", "apply", "--name", who, "--group", "research", "--country",
                         "DE", "--key", f"{who}.key", "--origin", "random.example/comity",
                         "--out", f"{who}.json")["party"]
        self.run("party", "admit", self.name, f"{who}.json")
        return party

    def file(self, objects, *options):
        """By one or the other, whoever made the objects; their places."""
        (self.dir / "objects.jsonl").write_text("\n".join(map(json.dumps, objects)))
        who = self.draw.choice(sorted(self.parties))
        done = self.run("file", self.name, "objects.jsonl", "--key", f"{who}.key", *options)
        return [(done["filings"][0]["entry"], ordinal) for ordinal in range(len(objects))]

    def begin(self):
        self.filed += self.file([self.world.claimant(), self.world.incident()])

    def one(self):
        world, on_items = self.world, [
            ("disclose", self.hidden, self.filed, ()), ("erase", self.filed, [], WHY),
            ("hold", self.filed, self.held, WHY), ("release", self.held, self.filed, WHY)]
        deed = self.draw.choice(["incident", "change", "say", "say", "respond", "hide", "item"])
        if deed == "incident":
            self.filed += self.file([world.incident(), world.claim()])
        elif deed == "change":
            self.filed += self.file([world.changed(), world.incident()])
        elif deed == "say":
            self.filed += self.file([world.claim(), world.publication()])
        elif deed == "respond":
            self.filed += self.file(world.response())
        elif deed == "hide":
            secret = incident(world.party, "Not for all", identifier=f"incident--{world.uuid()}")
            self.hidden += self.file([secret], "--hidden", "--reader", world.party)
        else:
            self.item(*self.draw.choice([it for it in on_items if it[1]]))

    def item(self, what, source, target, why):
        place = source.pop(self.draw.randrange(len(source)))
        self.run("item", what, self.name, *map(str, place), *why)
        target.append(place)


def main():
    directory = Path(sys.argv[1]).resolve()
    for seed in range(int(sys.argv[2])):
        deeds = Deeds(directory, seed)
        deeds.begin()
        for _ in range(DEEDS):
            deeds.one()


if __name__ == "__main__":
    main()
