"""Counts EuRepoC's figures in its three tables, row by row and without the program: what `comity
stats` must find in the record of the same tables. Each figure's rule stands in the program's answer
under `rules`; the real data set's figures are known besides (`stats_eurepoc_test.py`)."""

import ast
import csv
import hashlib
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path
from statistics import median

FILES = ("Global_Database", "Attribution_dataset", "Receiver_dataset")
MISSING = {"", "NaT", "None", "Not available", "Unknown", "Unknown - not attributed", "nan"}
STATE = {"State", "Non-state actor, state-affiliation suggested"}
SELF = "Attacker confirms"
PYTHON = {"receiver_region", "receiver_category", "receiver_category_subcode",
          "initiator_category", "initiator_category_subcode", "initiator_country"}
SINGLE = {"offline_conflict_intensity_subcode", "zero_days", "data_theft", "disruption",
          "hijacking", "physical_effects_spatial", "physical_effects_temporal",
          "unweighted_cyber_intensity", "target_multiplier", "weighted_cyber_intensity",
          "impact_indicator", "functional_impact", "intelligence_impact",
          "state_responsibility_indicator", "evidence_for_sanctions_indicator",
          "legal_response_indicator"}
LISTS = {"incident_type", "inclusion_criteria", "source_incident_detection_disclosure",
         "cyber_conflict_issue", "offline_conflict_issue", "political_response_type",
         "political_response_type_subcode", "political_response_country", "legal_response_type",
         "legal_response_type_subcode", "legal_response_country", "MITRE_initial_access",
         "MITRE_impact", "IL_breach_indicator", "IL_breach_indicator_subcode",
         "legal_attribution_reference"}
VOCABULARY = (PYTHON - {"initiator_country"}) | SINGLE | LISTS
CLAIM_VOCABULARY = ("attribution_type", "attribution_basis", "attributed_initiator_category",
                    "attributing_country")


def known(value):
    return value.strip() not in MISSING


def flat(value):
    if isinstance(value, (list, tuple)):
        return [text for part in value for text in flat(part)]
    return [] if value is None else [str(value).strip()]


def values(column, cell):
    if not cell:
        return []
    if column in PYTHON:
        return flat(ast.literal_eval(cell))
    return [cell.strip()] if column in SINGLE else [part.strip() for part in cell.split(";")]


def days(cell):
    found = []
    for part in cell.split(";"):
        try:
            found.append(date.fromisoformat(part.strip()[:10]))
        except ValueError:
            pass
    return found


def ranked(counter, most=None):
    order = sorted(counter.items(), key=lambda item: (-item[1], item[0]))[:most]
    return [[*(key if isinstance(key, tuple) else (key,)), count] for key, count in order]


def percent(part, whole):
    return round(100 * part / whole, 2) if whole else None


def share(part, whole):
    return {"n": part, "pct": percent(part, whole)}


def summary(delays):
    kept = sorted(d for d in delays if d >= 0)
    quarters = [kept[max(0, -(-len(kept) * q // 4) - 1)] for q in (1, 3)] if kept else None
    return {"n": len(delays), "median": median(delays) if delays else None, "n_nonneg": len(kept),
            "median_nonneg": median(kept) if kept else None, "p25_p75_nonneg": quarters,
            "negative": len(delays) - len(kept)}


class Tables:
    def __init__(self, folder):
        csv.field_size_limit(10**9)
        self.paths = {}
        self.rows = {}
        for name in FILES:
            choices = (Path(folder) / f"{name}.csv", Path(folder) / f"EuRepoC_{name}_1.1.csv")
            self.paths[name] = next(path for path in choices if path.exists())
            with open(self.paths[name], encoding="utf-8", newline="") as file:
                self.rows[name] = list(csv.DictReader(file))
        self.incidents, self.claims, receivers = (self.rows[name] for name in FILES)
        self.claims_of, self.receivers_of = defaultdict(list), defaultdict(list)
        for row in self.claims:
            self.claims_of[row["incident_ID"]].append(row)
        for row in receivers:
            self.receivers_of[row["ID"]].append(row)

    def flags(self, row):
        claims = self.claims_of[row["ID"]]
        with_category = [c for c in claims if known(c["attributed_initiator_category"])]
        categories = {c["attributed_initiator_category"] for c in claims}
        bases = {c["attribution_basis"] for c in claims}
        sets = defaultdict(set)
        for c in claims:
            if c["attribution_ID"] and known(c["attributed_initiator_country"]):
                sets[c["attribution_ID"]].add(c["attributed_initiator_country"])
        political = int(row["number_of_political_responses"]) > 0
        legal = int(row["number_of_legal_responses"]) > 0
        return {
            "has_attribution_record": int(row["number_of_attributions"]) > 0,
            "attributed": bool(with_category),
            "attributed_country": any(known(c["attributed_initiator_country"]) for c in claims),
            "attributed_state": bool(categories & STATE),
            "attributed_state_strict": "State" in categories,
            "attributed_other_than_self": any(
                known(c["attribution_basis"]) and c["attribution_basis"] != SELF
                for c in with_category),
            "only_self_claimed": bool(with_category) and all(
                c["attribution_basis"] == SELF for c in with_category),
            "contested_basis": "Contested attribution" in bases,
            "country_disagreement": any(a.isdisjoint(b) for a in sets.values()
                                        for b in sets.values()),
            "multi_attribution": int(row["number_of_attributions"]) > 1,
            "political": political, "legal": legal, "any_response": political or legal,
            "both_responses": political and legal}

    def claim_days(self, row, kept=lambda claim: True):
        return [d for c in self.claims_of[row["ID"]] if kept(c)
                for d in days(c["attribution_date"])]


def responses(tables, flags):
    rows = tables.incidents

    def count(name, among):
        return sum(flags[row["ID"]][name] for row in among)

    def ids(kept):
        return [row["ID"] for row in rows if kept(row)]

    def rate(among):
        return {"incidents": len(among), "with_response": count("any_response", among),
                "pct": percent(count("any_response", among), len(among))}

    by_state = [row for row in rows if flags[row["ID"]]["attributed_state"]]
    others = [row for row in rows if not flags[row["ID"]]["attributed_state"]]
    cohort = [row for row in rows if row["impact_indicator"] != ""]
    coded_state = [row for row in cohort if flags[row["ID"]]["attributed_state"]]
    coded = {"incidents": len(cohort), "state_attributed": len(coded_state),
             "state_attributed_with_response": count("any_response", coded_state),
             "state_attributed_with_response_pct":
                 percent(count("any_response", coded_state), len(coded_state))}
    for name in ("political", "legal", "any_response", "both_responses", "attributed",
                 "attributed_state"):
        coded[name] = share(count(name, cohort), len(cohort))
    names = list(flags[rows[0]["ID"]])
    return {
        "flags": {name: share(count(name, rows), len(rows)) for name in names},
        "response_rate": {"attributed_state": rate(by_state), "not_attributed_state": rate(others)},
        "state_attributed_without_any_response": len(by_state) - count("any_response", by_state),
        "coded_cohort": coded,
        "response_ids": ids(lambda row: flags[row["ID"]]["any_response"]),
        "legal_type_without_count_ids": ids(
            lambda row: int(row["number_of_legal_responses"]) == 0 and row["legal_response_type"]),
        "country_disagreement_ids": ids(lambda row: flags[row["ID"]]["country_disagreement"]),
        "contested_basis_ids": ids(lambda row: flags[row["ID"]]["contested_basis"])}


def delays(tables):
    political = {r["ID"]: days(r["political_response_date"]) for r in tables.incidents}
    legal = {r["ID"]: days(r["legal_response_date"]) for r in tables.incidents}
    either = {key: political[key] + legal[key] for key in political}
    with_category = {r["ID"]: tables.claim_days(
        r, lambda c: known(c["attributed_initiator_category"])) for r in tables.incidents}
    to_state = {r["ID"]: tables.claim_days(
        r, lambda c: c["attributed_initiator_category"] in STATE) for r in tables.incidents}
    every = {r["ID"]: tables.claim_days(r) for r in tables.incidents}

    def first(dates):
        return summary([(min(dates[r["ID"]]) - date.fromisoformat(r["start_date"])).days
                        for r in tables.incidents if dates[r["ID"]] and r["start_date"]])

    between = [(min(either[key]) - min(with_category[key])).days for key in either
               if either[key] and with_category[key]]
    return {
        "days_to_first": {
            "political_response": first(political), "legal_response": first(legal),
            "any_response": first(either), "attribution_any_row": first(every),
            "attribution_non_missing_category": first(with_category),
            "attribution_to_state": first(to_state)},
        "days_attribution_to_response": {
            "n": len(between), "median": median(between) if between else None,
            "response_before_attribution": sum(d < 0 for d in between)}}


def vocabulary(tables):
    initiators, hit, dyads, pairs = Counter(), Counter(), Counter(), Counter()
    columns = {column: Counter() for column in VOCABULARY}
    by_incident = {column: Counter() for column in CLAIM_VOCABULARY}
    for row in tables.incidents:
        receivers = tables.receivers_of[row["ID"]]
        who = {c for c in values("initiator_country", row["initiator_country"]) if known(c)}
        whom = {r["receiver_country"].strip() for r in receivers if known(r["receiver_country"])}
        initiators.update(who)
        hit.update(whom)
        dyads.update((a, b) for a in who for b in whom)
        pairs.update({(r["receiver_category"].strip(), r["receiver_category_subcode"].strip())
                      for r in receivers})
        for column, counter in columns.items():
            counter.update({v for v in values(column, row[column]) if v})
        for column, counter in by_incident.items():
            counter.update({c[column].strip() for c in tables.claims_of[row["ID"]] if c[column]})
    return {
        "incidents_with_known_initiator_country": sum(
            any(known(c) for c in values("initiator_country", r["initiator_country"]))
            for r in tables.incidents),
        "top_initiator_countries": ranked(initiators, 20),
        "distinct_initiator_names": len(initiators),
        "top_receiver_countries": ranked(hit, 25), "distinct_receiver_names": len(hit),
        "top_dyads": ranked(dyads, 20),
        "vocab_incidents": {column: ranked(counter) for column, counter in columns.items()},
        "vocab_attribution_rows": {
            column: ranked(Counter(c[column].strip() for c in tables.claims if c[column]))
            for column in CLAIM_VOCABULARY},
        "vocab_attribution_incidents": {c: ranked(n) for c, n in by_incident.items()},
        "receiver_category_pairs_incidents": ranked(pairs)}


def sizes(tables):
    rows = tables.incidents
    starts = [r["start_date"] for r in rows if r["start_date"]]
    weights = [float(r["weighted_cyber_intensity"]) for r in rows if r["weighted_cyber_intensity"]]

    def items(column):
        return ranked(Counter(v for r in rows for v in values(column, r[column]) if known(v)))

    return {
        "files": {name: {"rows": len(table), "columns": len(table[0]),
                         "sha256": hashlib.sha256(tables.paths[name].read_bytes()).hexdigest()}
                  for name, table in tables.rows.items()},
        "incidents": len(rows),
        "distinct_attribution_ids": len({c["attribution_ID"] for c in tables.claims} - {""}),
        "blank_attribution_rows": sum(c["attribution_ID"] == "" for c in tables.claims),
        **{f"sum_{what}": sum(int(r[column]) for r in rows) for what, column in (
            ("number_of_attributions", "number_of_attributions"),
            ("political_responses", "number_of_political_responses"),
            ("legal_responses", "number_of_legal_responses"))},
        "date_quality": {
            "start_missing": len(rows) - len(starts),
            "end_missing": sum(r["end_date"] == "" for r in rows),
            "start_jan_1": sum(s.endswith("-01-01") for s in starts),
            "start_day_1": sum(s.endswith("-01") for s in starts),
            "end_before_start": sum("" < r["end_date"] < r["start_date"] for r in rows),
            "start_min": min(starts), "start_max": max(starts),
            "end_max": max(r["end_date"] for r in rows)},
        "incidents_by_start_year": [[y, n] for y, n in
                                    sorted(Counter(s[:4] for s in starts).items())],
        "weighted_intensity": {"n": len(weights), "mean": round(sum(weights) / len(weights), 4),
                               "median": median(weights), "ge_5": sum(w >= 5 for w in weights)},
        "il_breach_coded": sum(any(known(v) for v in values("IL_breach_indicator",
                                                            r["IL_breach_indicator"]))
                               for r in rows),
        "human_rights_breach_coded": sum(
            "Human rights" in values("IL_breach_indicator", r["IL_breach_indicator"])
            for r in rows),
        "state_responsibility_direct_or_indirect": sum(
            r["state_responsibility_indicator"].startswith(("Direct", "Indirect")) for r in rows),
        "political_response_items_by_country": items("political_response_country"),
        "legal_response_items_by_country": items("legal_response_country")}


def figures(folder):
    """All of them but `rules`, of the three tables in a folder."""
    tables = Tables(folder)
    flags = {row["ID"]: tables.flags(row) for row in tables.incidents}
    return {**sizes(tables), **responses(tables, flags), **delays(tables), **vocabulary(tables)}
