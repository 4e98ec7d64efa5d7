"""Every figure by which EuRepoC is known is counted by the program from the record: of the real
data set, where it stands in the folder that COMITY_SHARED names or in ../shared/data beside the
project, and of made-up tables with its columns and its traps, always."""

import csv
import json
import os
import random
import unittest
from pathlib import Path

import eurepoc_recount as recount
from harness import Case, main

PROJECT = Path(__file__).resolve().parents[2]
NAME = "EuRepoC 1.1"
CATEGORIES = ["State", "Non-state actor, state-affiliation suggested", "Non-state-group",
              "Individual hacker(s)", "Unknown - not attributed", "Not available", ""]
BASES = [recount.SELF, "Media-based attribution", "Contested attribution", "Not available", "",
         "IT-security community attributes attacker"]
COUNTRIES = ["China", "Russia", "Germany", "Ukraine", "EU (region)", "Unknown", "Not available"]
DAYS = ["2019-03-05", "2020-01-01", "2020-06-01", "2021-11-30", "2018-07-19 00:00:00"]
WORDS = ["Alpha", "Beta & Gamma", "Not available", "Human rights", "none",
         "Direct (official members of state entities)", "Indirect (knowingly)"]
NUMBERS = ["0.0", "1.0", "2.0", "4.5", "5.0", "10.0", ""]


def differences(expected, found, place=""):
    """What is missing, is too much or differs, member by member."""
    if isinstance(expected, dict) and isinstance(found, dict):
        for key in sorted(expected.keys() | found.keys()):
            if key not in expected or key not in found:
                yield f"{place}/{key} is {'missing' if key in expected else 'too much'}"
            else:
                yield from differences(expected[key], found[key], f"{place}/{key}")
    elif expected != found:
        yield f"{place}: {str(found)[:200]} instead of {str(expected)[:200]}"


def real_data_set():
    """Its folder; whoever asks for it is skipped where it does not stand."""
    shared = Path(os.environ.get("COMITY_SHARED") or PROJECT / ".." / "shared" / "data")
    if not (shared / "eurepoc/eurepoc_truth.json").exists():
        raise unittest.SkipTest("EuRepoC is not beside the project; set COMITY_SHARED")
    return shared / "eurepoc"


class MadeUp:
    """Random tables with several encodings of lists, words for "missing", coarse and swapped dates,
    claims that disagree and rows that repeat."""

    def __init__(self, seed):
        self.draw = random.Random(seed)

    def some(self, choices, most=3):
        return [self.draw.choice(choices) for _ in range(self.draw.randint(0, most))]

    def dates(self):
        return "; ".join(self.some([*DAYS, "NaT"], 2))

    def incident(self, identifier):
        row = {"ID": str(identifier), "name": f"Incident {identifier}",
               "description": f"What happened in {identifier}", "sources_url": "[]",
               "start_date": self.draw.choice([d[:10] for d in DAYS] + [""]),
               "end_date": self.draw.choice([d[:10] for d in DAYS] + [""]),
               "political_response_date": self.dates(), "legal_response_date": self.dates(),
               "initiator_country": repr([COUNTRIES[0], self.some(COUNTRIES)])}
        for column in sorted(recount.VOCABULARY):
            if column in recount.PYTHON:
                row[column] = self.draw.choice(["", repr([self.some(WORDS), *self.some(WORDS)])])
            elif column in recount.LISTS:
                row[column] = "; ".join(self.some(COUNTRIES if "country" in column else WORDS))
            else:
                row[column] = self.draw.choice([*WORDS, ""])
        row["weighted_cyber_intensity"] = self.draw.choice(NUMBERS)
        for what in ("attributions", "political_responses", "legal_responses"):
            row[f"number_of_{what}"] = str(self.draw.choice([0, 0, 1, 2]))
        return row

    def claims(self, identifier, attributions):
        for _ in range(self.draw.randint(0, 3)):
            attribution = self.draw.choice(["", f"{next(attributions)}.0"])
            for _ in range(self.draw.randint(1, 3)):
                yield {"incident_ID": str(identifier), "attribution_ID": attribution,
                       "attribution_date": self.draw.choice([*DAYS, "NaT", "", "2020-02-02; NaT"]),
                       "attribution_type": self.draw.choice(WORDS),
                       "attribution_basis": self.draw.choice(BASES),
                       "attributing_actor": "", "attribution_it_company": "",
                       "attributing_country": self.draw.choice([*COUNTRIES, ""]),
                       "attributed_initiator": "",
                       "attributed_initiator_country": self.draw.choice([*COUNTRIES, ""]),
                       "attributed_initiator_category": self.draw.choice(CATEGORIES)}

    def receivers(self, identifier):
        for _ in range(self.draw.randint(0, 4)):
            yield {"ID": str(identifier), "receiver_country": self.draw.choice(COUNTRIES),
                   "receiver_region": "EUROPE",
                   "receiver_category": self.draw.choice(["Media", "Science", "Not available"]),
                   "receiver_category_subcode": self.draw.choice(["", "Police", "Energy"])}

    def tables(self, incidents):
        identifiers = self.draw.sample(range(1, 500), incidents)
        attributions = iter(self.draw.sample(range(1000, 9000), 3 * incidents))
        return [[self.incident(i) for i in identifiers],
                [row for i in identifiers for row in self.claims(i, attributions)],
                [row for i in identifiers for row in self.receivers(i)]]


class Figures(Case):
    def imported(self, folder, registry="registry"):
        self.init(registry)
        self.json("import", "eurepoc", registry, folder)
        return self.figures(registry)

    def figures(self, registry, *options):
        found = self.json("stats", registry, *options)["data_sets"][NAME]
        self.assertIn("incident", found.pop("rules"))
        return found

    def write_tables(self, tables):
        folder = self.dir / "tables"
        folder.mkdir(exist_ok=True)
        for name, rows in zip(recount.FILES, tables):
            with open(folder / f"{name}.csv", "w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, list(rows[0]))
                writer.writeheader()
                writer.writerows(rows)
        return folder

    def assert_scores(self, expected, registry="registry"):
        """The trends have the data set's intensity under its own name, with the same figures."""
        scores = self.json("stats", "trends", registry)["scores"]
        series, = [it for it in scores if it["score"] == "weighted_cyber_intensity"]
        self.assertEqual(series["source"], NAME)
        self.assertEqual((series["scored"], series["median"]["value"],
                          round(series["mean"]["value"], 4)),
                         (expected["n"], expected["median"], expected["mean"]))
        self.assertLessEqual(sum(year["scored"] for year in series["years"]), series["scored"])
        return series

    def assert_same(self, expected, found):
        # JSON knows lists, not tuples.
        wrong = list(differences(json.loads(json.dumps(expected)), found))
        self.assertEqual(wrong, [], "\n".join(wrong[:40]))

    def test_made_up_tables(self):
        for seed in range(4):
            with self.subTest(seed=seed):
                folder = self.write_tables(MadeUp(seed).tables(12 + 20 * seed))
                found = self.imported(folder, f"registry{seed}")
                expected = recount.figures(folder)
                self.assert_same(expected, found)
                self.assert_scores(expected["weighted_intensity"], f"registry{seed}")

    def test_a_later_edition_and_what_was_before(self):
        made = MadeUp(99)
        tables = made.tables(25)
        folder = self.write_tables(tables)
        before = self.imported(folder)
        size = self.json("stats", "registry")["size"]
        expected = recount.figures(folder)
        # Some rows change, the order stays.
        for row in tables[0][::3]:
            row.update(made.incident(row["ID"]))
        folder = self.write_tables(tables)
        self.json("import", "eurepoc", "registry", folder)
        self.assert_same(recount.figures(folder), self.figures("registry"))
        self.assert_same(expected, before)
        self.assert_same(expected, self.figures("registry", "--as-of", size))

    def test_the_real_data_set(self):
        folder = real_data_set()
        truth = json.loads((folder / "eurepoc_truth.json").read_text("utf-8"))
        self.init()
        done = self.json("import", "eurepoc", "registry", folder)
        self.assertIn("same_name", done["doubtful"])
        self.assertNotIn("place_unknown", done["doubtful"])
        self.assert_same(truth, self.json("stats", "registry")["data_sets"][NAME])
        series = self.assert_scores(truth["weighted_intensity"])
        self.assertEqual(series["incidents"], truth["incidents"])

    def test_every_name_of_a_place_is_known(self):
        """Each of the data set's names, and one that is none, as the victim of an incident."""
        names = json.loads((real_data_set() / "eurepoc_names.json").read_text("utf-8"))
        self.assertEqual(len(names), 175)
        codes = {name: place["iso2"] or "" for name, place in names.items()} | {"Atlantis": ""}
        incidents, claims, _ = MadeUp(5).tables(len(codes))
        receivers = [{"ID": row["ID"], "receiver_country": name, "receiver_region": "",
                      "receiver_category": "", "receiver_category_subcode": ""}
                     for row, name in zip(incidents, codes)]
        self.init()
        done = self.json("import", "eurepoc", "registry",
                         self.write_tables([incidents, claims, receivers]))
        self.assertEqual(done["doubtful"]["place_unknown"]["count"], 1)
        found = {row["name"]: row["victim_countries"]
                 for row in csv.DictReader(self.ok("export", "registry", "--format", "csv")
                                           .splitlines())}
        self.assertEqual(found, {row["name"]: code
                                 for row, code in zip(incidents, codes.values())})

    def test_filters_leave_it_out(self):
        self.imported(self.write_tables(MadeUp(7).tables(10)))
        self.assertNotIn("data_sets", self.json("stats", "registry", "--country", "DE"))


if __name__ == "__main__":
    main()
