"""record-digest.md, record-rows.md: the canonical changes of a replayed registry, and the digests
of its record.

Each line follows from these pages and charter.md; no code is shared. The sources of the rows were
read for the first version of this file, before record-rows.md held all that they say. A log with a
void entry, or with admissions by sponsors, registry.py refuses.
"""

import re
from datetime import date

from encoding import encode, require, sha256, unbase64url
from formats import EXTENSION, notes, object_of, thing_of

INCIDENT_CORE = "extension-definition--ef765651-680c-498d-9894-99799f2fa126"
INCIDENT, FACT, NAME, RELATION, ABOUT, CLAIM, RESPONSE, FINDING, NORM, OPINION, PUBLICATION, \
    SOURCE = range(1, 13)
STIX_ID = re.compile("[a-z0-9-]{3,218}--[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
NO_CODES = {
    "custodian", "date", "detail", "end", "evidence", "extension_type", "key", "kid", "kind",
    "legal_basis", "made_by", "made_by_ref", "organ", "proof", "quotation", "reasons", "rule",
    "start", "taken_at", "wording"}
LEVELS = 4


def is_word(x):
    return type(x) is str and 1 <= len(x.encode()) <= 1024


def is_id(x):
    return type(x) is str and STIX_ID.fullmatch(x) is not None


def member(thing, name):
    return thing.get(name) if type(thing) is dict else None


def text(thing, name):
    found = member(thing, name)
    return found if type(found) is str else None


def word(thing, name):
    found = member(thing, name)
    return found if is_word(found) else None


def ref(thing, name):
    found = member(thing, name)
    return found if is_id(found) else None


def integer(x):
    if type(x) is float and x == int(x) and abs(x) <= 2**53:
        x = int(x)
    return x if type(x) is int and -2**63 <= x < 2**63 else None


def mark(thing, name):
    found = thing.get(name)
    return int(len(found) > 0 if type(found) is list else found is True)


def inside(thing, name):
    return thing[name] if type(thing.get(name)) is dict else {}


def listed(thing, name):
    return thing[name] if type(thing.get(name)) is list else []


def is_date(year, month, day):
    try:
        date(year, 1 if month is None else month, 1 if day is None else day)
    except ValueError:
        return False
    return 1970 <= year <= 9998


def days(thing, name):
    """First and last day since 1970 and the precision of a date as far as it is known: by its text
    or by the precision that is stated, whichever says less."""
    stated = inside(thing, name)
    known = text(stated, "date") or ""
    found = re.fullmatch("([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?", known)
    year, month, day = (part and int(part) for part in found.groups()) if found else (0, 0, 0)
    if not is_date(year, month, day):
        return [None, None, None]
    if stated.get("precision") == "year":
        month = day = None
    elif stated.get("precision") == "month":
        day = None
    first = date(year, month or 1, day or 1)
    last = (first if day else date(year + (month == 12), month % 12 + 1, 1) if month
            else date(year + 1, 1, 1))
    begin = first.toordinal() - date(1970, 1, 1).toordinal()
    end = last.toordinal() - date(1970, 1, 1).toordinal() - (not day)
    return [begin, end, 2 if day else 1 if month else 0]


def folded(name):
    return "".join(c.lower() if c < "\x80" else c for c in name if c >= "\x80" or c.isalnum())


def facts(extension):
    rows, taken = [], set()

    def fact(field, line, ordinal, value):
        if is_word(field) and (field, line, ordinal) not in taken:
            taken.add((field, line, ordinal))
            rows.append([FACT, field, line, ordinal, value])

    def code(value, field, line, ordinal):
        if type(value) is bool:
            value = "true" if value else "false"
        elif integer(value) is not None:
            value = str(integer(value))
        if value == "" or is_word(value):
            fact(field, line, ordinal, value)

    def members(thing, path, line, level):
        for name, value in thing.items():
            if level == 0 and name in NO_CODES:
                continue
            field = f"{path}.{name}" if path else name
            if type(value) is dict:
                if level < LEVELS:
                    members(value, field, line, level + 1)
            elif type(value) is list:
                for place, each in enumerate(value):
                    if type(each) is dict and level < LEVELS and line == 0:
                        fact(field, place + 1, 0, "")
                        members(each, field, place + 1, level + 1)
                    else:
                        code(each, field, line, place)
            else:
                code(value, field, line, 0)

    members(extension, "", 0, 0)
    return rows


def row_of_kind(thing, note, kind):
    made = [ref(note, "made_by_ref"), text(note, "made_by")]
    if kind in ("attribution", "reply"):
        said = "reply_type" if text(note, "kind") == "reply" else "statement_type"
        return [[CLAIM, *made, word(note, "scope"), word(note, "claimant_kind"),
                 *days(note, "date"), word(note, said), ref(note, "cluster"), word(note, "state"),
                 text(note, "organ"), integer(note.get("strength")), word(note, "likelihood"),
                 word(note, "analytic_confidence"), integer(note.get("evidence_disclosure")),
                 word(note, "basis"), text(note, "wording"), word(note, "wording_language"),
                 word(note, "wording_form"), mark(note, "doubtful")]]
    if kind == "response":
        return [[RESPONSE, *made, word(note, "scope"), word(note, "response_type"),
                 *days(note, "taken_at"), word(note, "status"), text(note, "legal_basis"),
                 text(thing, "description"), mark(note, "doubtful")]]
    if kind == "publication":
        return [[PUBLICATION, *made, *days(note, "date"), text(note, "wording"),
                 word(note, "wording_language"), word(note, "wording_form")]]
    if kind == "finding" and word(note, "verdict"):
        return [[FINDING, word(note, "verdict"), text(note, "reasons")]]
    if kind == "norm":
        return [[NORM, word(note, "rulebook"), text(note, "ref"), text(thing, "description"),
                 word(note, "status")]]
    return []


def rows_of(thing):
    """Kind and rows of an object."""
    extensions = inside(thing, "extensions")
    note = inside(extensions, EXTENSION)
    kind = word(note, "kind") or thing["type"]
    aliases = listed(thing, "aliases") + (listed(note, "aliases") if kind == "actor" else [])
    names = [(0, thing.get("name")), *((1, alias) for alias in aliases)]
    names = [(alias, name) for alias, name in names if type(name) is str and name]
    rows = [[NAME, i, alias, name, folded(name)] for i, (alias, name) in enumerate(names)]
    for i, source in enumerate(listed(thing, "external_references")):
        rows.append([SOURCE, i, text(source, "source_name") or "", text(source, "external_id"),
                     text(source, "url")])
    about = [each for each in listed(thing, "object_refs") if is_id(each)]
    rows += [[ABOUT, i, each] for i, each in enumerate(about)]
    ends = [ref(thing, "source_ref"), word(thing, "relationship_type"), ref(thing, "target_ref")]
    if thing["type"] == "relationship" and None not in ends:
        rows.append([RELATION, *ends])
    if thing["type"] == "incident":
        core = inside(extensions, INCIDENT_CORE)
        rows.append([INCIDENT, text(thing, "name") or "", *days(note, "start"), *days(note, "end"),
                     word(core, "determination"), word(note, "response_search"),
                     mark(note, "doubtful")])
    if thing["type"] == "opinion":
        rows.append([OPINION, word(thing, "opinion"), mark(note, "abstain")])
    if type(extensions.get(EXTENSION)) is dict:
        rows += row_of_kind(thing, note, kind) + facts(note)
    return kind, rows


class Changes:
    """C(n) of every entry of a registry that Registry.check() has replayed, as anybody folds them
    who holds its segments: what is erased by then is gone."""

    def __init__(self, registry, public):
        self.registry = registry
        self.public = public  # entry: its record in segments/public
        self.parties, self.keys, self.offered = {}, {}, {}
        self.of = [self.changes(i, s) for i, s in enumerate(registry.statements)]

    def changes(self, i, s):
        time = self.registry.times[i]
        if s.control is None:
            mine = sorted(o for entry, o in self.registry.items if entry == i)
            items = [self.item(i, (i, o)) for o in mine]
            return encode([0, time, s.issuer, items, self.governance(i, s.issuer)])
        if i in self.registry.disclosed:
            name = self.registry.disclosed[i]
            return encode([1, time, s.payload, self.item(i, name, s.control[3:])])
        return encode([1, time, s.payload])

    def thing(self, i, name):
        """The object of an item as entry i published it; None where it is hidden or erased."""
        item = self.registry.items[name]
        if name in self.registry.erased or (len(item) == 1 and name[0] == i):
            return None
        return thing_of(object_of(item, *self.public[i].parts[name[1]])[0])

    def item(self, i, name, said=None):
        digest, *told = self.registry.items[name]
        thing = self.thing(i, name)
        if thing is None:
            return [digest]
        kind, rows = rows_of(thing)
        return [digest, *(said or told), kind, rows]

    def governance(self, i, issuer):
        """Parties and keys as admission makes them, where the registrar admits."""
        names = [(i, o) for entry, o in sorted(self.registry.items) if entry == i]
        things = [thing for thing in (self.thing(i, name) for name in names) if thing]
        parties, keys = {}, {}
        for note in notes(things):
            if note.get("kind") == "key":
                self.change_key(i, note, issuer, keys)
            elif note.get("kind") == "admission":
                self.admit(i, note, parties, keys)
        return [*parties.values(), *keys.values()]

    def change_key(self, i, note, issuer, keys):
        kid, party = unbase64url(note["kid"]), note["party"]
        custody = note.get("custody", False)
        if note["action"] == "revoke":
            self.keys[kid] = [*self.keys[kid][:5], i]
        elif issuer == party and party in self.parties:
            self.keys[kid] = [1, kid, party, custody, i, None]
        else:
            self.offered[kid] = [1, kid, party, custody]
            return
        keys[kid] = self.keys[kid]

    def admit(self, i, note, parties, keys):
        party = note["party"]
        if note["decision"] == "admit":
            *_, suspended, admitted = self.parties.get(party, [False, i])
            self.parties[party] = [0, party, note["group"], note.get("country", ""),
                                   note.get("controller", party), suspended, admitted]
            kid = unbase64url(note["kid"])
            if kid in self.offered:
                self.keys[kid] = keys[kid] = [*self.offered.pop(kid), i, None]
        else:
            require(note["decision"] in ("suspend", "reinstate"), "another decision")
            told = self.parties[party]
            self.parties[party] = [*told[:5], note["decision"] == "suspend", told[6]]
        parties[party] = self.parties[party]

    def digests(self):
        chain = [bytes(32)]
        for changes in self.of:
            chain.append(sha256(b"\2", chain[-1], sha256(changes)))
        return chain
