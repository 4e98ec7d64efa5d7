"""What `comity show` says, and that it says it of the size asked for."""

import json
import time
import uuid

from harness import Case, incident, main

EXTENSION = "extension-definition--ab16168e-ab51-41f4-b5a5-7a2df56028ed"
TIME = "2026-01-02T03:04:05.000Z"


def thing(kind, party, name=None, comity=None, **more):
    made = {"type": kind, "spec_version": "2.1", "id": f"{kind}--{uuid.uuid4()}",
            "created_by_ref": party, "created": TIME, "modified": TIME, **more}
    if name:
        made["name"] = name
    if comity:
        made["extensions"] = {EXTENSION: {"extension_type": "property-extension", **comity}}
    return made


class Show(Case):
    def setUp(self):
        super().setUp()
        self.init()
        self.party = self.admit("alice", group="government")

    def file(self, *objects):
        self.write("o.jsonl", "\n".join(map(json.dumps, objects)))
        return self.json("file", "registry", "o.jsonl", "--key", "alice.key")["filings"][0]["entry"]

    def show(self, what, *options):
        return self.ok("show", "registry", what, *options)

    def claim(self, about, kind="attribution", **comity):
        return thing("note", self.party, content="c", object_refs=about,
                     comity={"kind": kind, **comity})

    def test_an_incident_with_all_that_is_said_of_it(self):
        case = thing("incident", self.party, "Big Event", comity={
            "kind": "incident", "start": {"date": "2017-06", "precision": "month"},
            "victims": {"countries": ["UA"]}, "effects": ["service_impairment"],
            "response_search": "searched_none_found"})
        norm = thing("course-of-action", self.party, "N-1", comity={
            "kind": "norm", "rulebook": "N", "ref": "1", "binds": "state", "status": "agreed"})
        first = self.file(
            case, norm,
            self.claim([case["id"]], made_by="Ministry X", claimant_kind="state",
                       date={"date": "2018-02-15", "precision": "day"}, wording="It was them.",
                       wording_form="verbatim", statement_type="political", doubtful=["date"]),
            self.claim([case["id"]], kind="reply", made_by="State Y", reply_type="denial",
                       date={"date": "2018-02-16", "precision": "day"}, wording="It was not us.",
                       wording_form="verbatim"),
            self.claim([case["id"], norm["id"]], kind="finding", verdict="breached",
                       reasons="the facts"),
            thing("opinion", self.party, opinion="disagree", object_refs=[case["id"]],
                  explanation="weak"))
        shown = self.show("big event")
        for words in ("June 2017 (day not known)", "UA", "service impairment",
                      "15 February 2018  Ministry X (state)", '"It was them."',
                      "political, verbatim, filed by alice, DOUBTFUL", "Replies (1)", "State Y",
                      'denial: "It was not us."', "a search was made, and none was found",
                      "N-1: breached, because: the facts", "a finding of alice's own", "Opinions",
                      "disagree: weak", f"entry {first}, item 0", "authoritative"):
            self.assertIn(words, shown)
        # The reply has the place of the claims, not a lesser one.
        self.assertLess(shown.index("Replies"), shown.index("Responses"))
        told = self.json("show", "registry", case["id"])
        self.assertEqual([len(told[part]) for part in
                          ("claims", "replies", "responses", "findings", "opinions")],
                         [1, 1, 0, 1, 1])
        self.assertEqual(told["response_search"], "searched_none_found")
        self.assertIn("Findings of parties", self.show("N-1"))
        # As of the size before, none of it was there; as of the one after, all.
        self.refused("object-unknown", "show", "registry", "Big Event", "--as-of", first)
        self.assertIn("It was them.", self.show("Big Event", "--as-of", first + 1))
        self.refused("as-of-beyond-record", "show", "registry", "--as-of", "1000")

    def test_a_date_is_shown_no_more_exactly_than_its_precision(self):
        self.file(thing("incident", self.party, "Big Event", comity={
            "kind": "incident", "start": {"date": "2017-01-01", "precision": "year"}}))
        shown = self.show("big event")
        self.assertIn("2017 (month not known)", shown)
        self.assertNotIn("January", shown)

    def test_as_of_a_size_is_what_was_shown_then(self):
        identifier = "incident--00000000-0000-4000-8000-000000000001"
        self.file(incident(self.party, "First name", identifier=identifier))
        then = self.show(identifier)
        size = self.json("show", "registry")["size"]
        later = incident(self.party, "Second name", identifier=identifier)
        later["modified"] = "2026-01-03T00:00:00.000Z"
        self.file(later)
        self.assertIn("Second name", self.show(identifier))
        self.assertEqual(self.show(identifier, "--as-of", size), then)
        self.assertEqual(self.json("show", "registry", "--as-of", size)["size"], size)

    def test_an_actor_with_who_calls_it_what(self):
        one = thing("intrusion-set", self.party, "APT28", aliases=["Fancy Bear"])
        other = thing("threat-actor", self.party, "FANCY BEAR")
        case = incident(self.party, "Some case")
        self.file(one, other, case,
                  self.claim([case["id"], one["id"]], made_by="Company Z", wording="APT28 did it."))
        shown = self.show("apt-28")
        for words in ("APT28, Fancy Bear", "Of the same name elsewhere (1)", other["id"],
                      "Claims that name it (1)", "Company Z", 'on Some case: "APT28 did it."'):
            self.assertIn(words, shown)
        self.assertEqual(self.json("show", "registry", one["id"])["claims"][0]["incidents"],
                         [case["id"]])
        # A name is found before an alias.
        self.assertIn(other["id"], self.show("fancy bear"))
        twin = thing("threat-actor", self.party, "fancybear")
        self.file(twin)
        said = self.refused("object-ambiguous", "show", "registry", "fancy bear")
        for words in (other["id"], twin["id"], "filed by alice"):
            self.assertIn(words, said)

    def test_names_nearby_are_offered(self):
        self.file(incident(self.party, "NotPetya"))
        self.assertIn('"NotPetya"', self.refused("object-unknown", "show", "registry", "notpetia"))

    def test_what_is_on_hold_is_not_told_by_name(self):
        case = incident(self.party, "Delicate matter")
        entry = self.file(case, self.claim([case["id"]], wording="hold me"))
        why = ("--ground", "an order", "--authority", "a court")
        for ordinal in ("0", "1"):
            self.json("item", "hold", "registry", entry, ordinal, *why)
        self.assertNotIn("Delicate", self.refused("object-unknown", "show", "registry",
                                                  "delicate matte"))
        shown = self.ok("--json", "show", "registry", case["id"]) + self.show(case["id"])
        self.assertIn("ON HOLD", shown)
        self.assertNotIn("Delicate", shown)
        self.assertNotIn("hold me", shown)
        item = self.json("show", "registry", entry)["items"][0]
        self.assertEqual((item["held"], item["erased"]), (True, False))
        self.json("item", "release", "registry", entry, "0", *why)
        shown = self.show(case["id"])
        self.assertIn("Delicate", shown)
        self.assertIn("[on hold, its content is not shown]", shown)
        self.assertNotIn("hold me", shown)

    def test_entries_say_what_was_filed_and_what_became_of_it(self):
        entry = self.file(incident(self.party, "Kept"), incident(self.party, "Gone"))
        self.write("h.json", incident(self.party, "Secret"))
        hidden = self.json("file", "registry", "h.json", "--key", "alice.key",
                           "--hidden")["filings"][0]["entry"]
        why = ("--ground", "a private person", "--authority", "a court")

        def done(*args):
            """The text of the entry that comes of it, in one line."""
            made = self.json("item", *args)["entry"]
            return " ".join(self.show(made).split())

        def shown(of):
            return " ".join(self.show(of).split())

        said = shown(entry)
        for words in (f"Entry {entry}: a filing by alice ({self.party})", "2 items",
                      "bytes; public"):
            self.assertIn(words, said)
        self.assertNotIn("on hold", said)
        said = done("hold", "registry", entry, "0", *why)
        self.assertIn(": a control by The Registrar", said)
        self.assertTrue(said.endswith(f"hold: item 0 of entry {entry} is put on hold; ground: a "
                                      "private person; authority: a court"), said)
        self.assertIn("public, on hold (a private person; a court)", shown(entry))
        said = done("release", "registry", entry, "0", *why)
        self.assertIn(f"hold: item 0 of entry {entry} is released from hold; ground: a p", said)
        self.assertNotIn("on hold", shown(entry))
        said = done("erase", "registry", entry, "1", *why)
        self.assertIn(f"erase: item 1 of entry {entry} is erased; ground: a private person; "
                      "authority: a court", said)
        self.assertIn("0 bytes; public, erased (a private person; a court)", shown(entry))
        secret = json.loads((self.dir / "h.json").read_text())["id"]
        self.assertIn("; hidden", shown(hidden))
        self.assertNotIn(secret, shown(hidden))
        made = self.json("item", "disclose", "registry", hidden, "0")["entry"]
        self.assertIn(f"disclose: item 0 of entry {hidden} becomes public: {secret}", shown(made))
        self.assertIn(f"hidden, disclosed by entry {made}", shown(hidden))
        # Each was preceded by the log's time.
        self.assertIn("tick: the log's time is 20", shown(1))

    def test_a_party_and_its_history(self):
        time.sleep(1.1)
        before = self.json("show", "registry")["size"]
        self.json("party", "suspend", "registry", self.party)
        shown = self.show(self.party)
        for words in ("alice", "government", "SUSPENDED", "admission by The Registrar",
                      "suspended by The Registrar", "ed25519"):
            self.assertIn(words, shown)
        self.assertNotIn("SUSPENDED", self.show(self.party, "--as-of", before))
        kid = self.json("show", "registry", self.party)["keys"][0]["kid"]
        self.assertEqual(self.json("show", "registry", "--", kid)["party"], self.party)
        listed = self.json("party", "list", "registry", "--as-of", before)["parties"]
        self.assertEqual([p["suspended"] for p in listed], [False, False])

    def test_an_entry_beyond_the_log(self):
        self.refused("entry-out-of-range", "show", "registry", "9999")

    def test_a_registry_that_cannot_be_written_is_shown_all_the_same(self):
        self.file(incident(self.party, "Readable"))
        (self.dir / "registry").chmod(0o555)
        self.addCleanup((self.dir / "registry").chmod, 0o755)
        self.assertIn("Readable", self.show("readable"))


if __name__ == "__main__":
    main()
