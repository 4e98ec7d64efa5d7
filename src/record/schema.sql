-- The record as SQL: what the public entries of the log say, folded in their order (fold.h). It is
-- disposable: stamped with the size of the log that it is folded from, rebuilt by replay, never
-- ahead of the log. The bytes of objects are not here but in the segments, by (entry, ordinal).

-- How much of the log is folded, the digest of the record then, the log's time, and the root of the
-- log's tree of that size, which says of which log this is the record. `added`: the first
-- microsecond that no entry has taken (added.h). `purge_debt`: 1 where bytes of what was erased may
-- still stand in the write-ahead log beside the file, 2 where in the file too, else 0.
CREATE TABLE stamp(
  one INTEGER PRIMARY KEY CHECK (one = 1), size INTEGER NOT NULL, digest BLOB NOT NULL,
  time INTEGER NOT NULL, root BLOB NOT NULL, added INTEGER NOT NULL,
  purge_debt INTEGER NOT NULL);

-- Types, kinds, codes of vocabularies and places: each text once.
CREATE TABLE word(id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE);

-- STIX ids, each once, whether the object was filed or is only named by others. Those of filed
-- objects stand in the log's manifests too, so they outlive an erasure; what was erased alone named
-- goes with it.
CREATE TABLE stix_type(id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE);
CREATE TABLE object(
  id INTEGER PRIMARY KEY, uuid BLOB NOT NULL, type INTEGER NOT NULL REFERENCES stix_type,
  UNIQUE (uuid, type));

-- The log's entries. `changes` is C(n) of the digest chain; `void` says why an entry that is no
-- admissible statement changed nothing. `governance` is the part of the changes that the entry alone
-- does not tell. `hidden`: how many items were filed without saying what they are. `added`: when its
-- item 0 was added to the record, in microseconds since 1970; item n, n microseconds later (added.h).
CREATE TABLE entry(
  id INTEGER PRIMARY KEY, time INTEGER NOT NULL, party INTEGER REFERENCES object,
  control INTEGER NOT NULL, void TEXT, changes BLOB NOT NULL, governance BLOB,
  hidden INTEGER NOT NULL, added INTEGER NOT NULL);

-- The digest of the record at every 256th size (milestone.h).
CREATE TABLE milestone(size INTEGER PRIMARY KEY, digest BLOB NOT NULL);

-- Parties and keys as the rules of admission have them. A row holds for logs of more than `since`
-- and at most `until` entries: so every question can be asked as of any size.
CREATE TABLE party(
  object INTEGER NOT NULL REFERENCES object, breadth INTEGER NOT NULL REFERENCES word,
  country TEXT NOT NULL, controller INTEGER REFERENCES object, suspended INTEGER NOT NULL,
  admitted INTEGER NOT NULL, since INTEGER NOT NULL, until INTEGER NOT NULL,
  PRIMARY KEY (object, since)) WITHOUT ROWID;
CREATE TABLE party_key(
  kid BLOB NOT NULL, party INTEGER NOT NULL REFERENCES object, custody INTEGER NOT NULL,
  since INTEGER NOT NULL, until INTEGER NOT NULL, PRIMARY KEY (kid, since)) WITHOUT ROWID;

-- Every public object that was filed, each version by each party. `relayed`: filed by another party
-- than the one that created it. Of all copies of an object the one to show holds for logs of more
-- than `since` and at most `until` entries; a copy that was never the one to show has since = until.
-- (entry, ordinal) is where its bytes may be read: for what was sealed, the disclosing entry.
CREATE TABLE version(
  id INTEGER PRIMARY KEY, object INTEGER NOT NULL REFERENCES object,
  party INTEGER NOT NULL REFERENCES object, entry INTEGER NOT NULL REFERENCES entry,
  ordinal INTEGER NOT NULL, modified INTEGER NOT NULL, revoked INTEGER NOT NULL,
  relayed INTEGER NOT NULL, kind INTEGER NOT NULL REFERENCES word, since INTEGER NOT NULL,
  until INTEGER NOT NULL);
CREATE INDEX version_of ON version(object, until, modified, relayed);
CREATE INDEX version_at ON version(entry, ordinal);

-- Public items that have no content any more, and which entry says so on what ground.
CREATE TABLE tombstone(
  entry INTEGER NOT NULL, ordinal INTEGER NOT NULL, object INTEGER REFERENCES object,
  erased_by INTEGER NOT NULL REFERENCES entry, ground TEXT NOT NULL, authority TEXT NOT NULL,
  PRIMARY KEY (entry, ordinal)) WITHOUT ROWID;

-- Items that were filed hidden, and the entry that made them public: their bytes stand there.
CREATE TABLE disclosure(
  entry INTEGER NOT NULL, ordinal INTEGER NOT NULL, disclosed_by INTEGER NOT NULL REFERENCES entry,
  PRIMARY KEY (entry, ordinal)) WITHOUT ROWID;
CREATE UNIQUE INDEX disclosure_by ON disclosure(disclosed_by);

-- Items on hold now: their content is shown to nobody, as of whatever size they are asked for. The
-- place is that of the filing, also where the item was disclosed.
CREATE TABLE hold(
  entry INTEGER NOT NULL, ordinal INTEGER NOT NULL, held_by INTEGER NOT NULL REFERENCES entry,
  ground TEXT NOT NULL, authority TEXT NOT NULL, PRIMARY KEY (entry, ordinal)) WITHOUT ROWID;

-- What objects say, one row or several for a version (`version` is version.id): signed digests cover
-- these rows, so their columns stand in docs/formats/record-rows.md too. Dates are days since
-- 1970-01-01 from the first to the last that the text and the precision stated with it allow, with
-- the precision that comes of both: 0 year, 1 month, 2 day.

CREATE TABLE incident(
  version INTEGER PRIMARY KEY, name TEXT NOT NULL, start_first INTEGER, start_last INTEGER,
  start_precision INTEGER, end_first INTEGER, end_last INTEGER, end_precision INTEGER,
  determination INTEGER REFERENCES word, response_search INTEGER REFERENCES word,
  doubtful INTEGER NOT NULL);

-- Codes: "effects", "victims.countries", "eurepoc/incident_type" and the like, in the order of their
-- lists. `line` tells the rows of a data set apart that stand beside one another (0 where there is
-- one).
CREATE TABLE fact(
  version INTEGER NOT NULL, field INTEGER NOT NULL REFERENCES word, line INTEGER NOT NULL,
  ordinal INTEGER NOT NULL, value INTEGER NOT NULL REFERENCES word,
  PRIMARY KEY (version, field, line, ordinal)) WITHOUT ROWID;

-- Names and aliases of incidents, actors, identities and norms; `folded` is for comparing. Aliases
-- of an actor that its extension has (those of an identity) come last.
CREATE TABLE name(
  version INTEGER NOT NULL, ordinal INTEGER NOT NULL, alias INTEGER NOT NULL, text TEXT NOT NULL,
  folded TEXT NOT NULL, PRIMARY KEY (version, ordinal)) WITHOUT ROWID;

CREATE TABLE relation(
  version INTEGER PRIMARY KEY, source INTEGER NOT NULL REFERENCES object,
  type INTEGER NOT NULL REFERENCES word, target INTEGER NOT NULL REFERENCES object);

-- What a note, an opinion, a grouping or a report is about.
CREATE TABLE about(
  version INTEGER NOT NULL, ordinal INTEGER NOT NULL, object INTEGER NOT NULL REFERENCES object,
  PRIMARY KEY (version, ordinal)) WITHOUT ROWID;

-- Attributions and replies: who is said to have said what. `made_by` in the reported scope is whom
-- the filing party names, in the filed scope that party itself. Nothing here is inferred.
CREATE TABLE claim(
  version INTEGER PRIMARY KEY, made_by INTEGER REFERENCES object, made_by_name TEXT,
  scope INTEGER REFERENCES word, claimant_kind INTEGER REFERENCES word, first INTEGER,
  last INTEGER, date_precision INTEGER, type INTEGER REFERENCES word, cluster INTEGER REFERENCES object,
  state INTEGER REFERENCES word, organ TEXT, strength INTEGER, likelihood INTEGER REFERENCES word,
  confidence INTEGER REFERENCES word, disclosure INTEGER, basis INTEGER REFERENCES word,
  wording TEXT, language INTEGER REFERENCES word, form INTEGER REFERENCES word,
  doubtful INTEGER NOT NULL);

CREATE TABLE response(
  version INTEGER PRIMARY KEY, made_by INTEGER REFERENCES object, made_by_name TEXT,
  scope INTEGER REFERENCES word, type INTEGER REFERENCES word, first INTEGER, last INTEGER,
  date_precision INTEGER, status INTEGER REFERENCES word, legal_basis TEXT, detail TEXT,
  doubtful INTEGER NOT NULL);

CREATE TABLE finding(
  version INTEGER PRIMARY KEY, verdict INTEGER NOT NULL REFERENCES word, reasons TEXT);

CREATE TABLE norm(
  version INTEGER PRIMARY KEY, rulebook INTEGER REFERENCES word, ref TEXT, title TEXT,
  status INTEGER REFERENCES word);

CREATE TABLE opinion(
  version INTEGER PRIMARY KEY, opinion INTEGER REFERENCES word, abstain INTEGER NOT NULL);

-- Captures of what somebody published.
CREATE TABLE publication(
  version INTEGER PRIMARY KEY, made_by INTEGER REFERENCES object, made_by_name TEXT, first INTEGER,
  last INTEGER, date_precision INTEGER, wording TEXT, language INTEGER REFERENCES word,
  form INTEGER REFERENCES word);

-- External references. People write the names of lists in any case ("notpetya", "un-13a").
CREATE TABLE source(
  version INTEGER NOT NULL, ordinal INTEGER NOT NULL, name TEXT NOT NULL,
  external_id TEXT COLLATE NOCASE, url TEXT, PRIMARY KEY (version, ordinal)) WITHOUT ROWID;

-- Full text, for search alone (text_index.h); rowid is version.id. `names` holds names in all forms
-- in which they are sought, and each word of them behind a mark (text_forms.h); `body` running text.
-- The `_term` tables read what words there are.
CREATE VIRTUAL TABLE incident_text USING fts5(
  names, body, tokenize = 'unicode61 remove_diacritics 2', columnsize = 0);
CREATE VIRTUAL TABLE actor_text USING fts5(
  names, body, tokenize = 'unicode61 remove_diacritics 2', columnsize = 0);
CREATE VIRTUAL TABLE claim_text USING fts5(
  names, body, tokenize = 'unicode61 remove_diacritics 2', columnsize = 0);
CREATE VIRTUAL TABLE incident_term USING fts5vocab(incident_text, instance);
CREATE VIRTUAL TABLE actor_term USING fts5vocab(actor_text, instance);
CREATE VIRTUAL TABLE claim_term USING fts5vocab(claim_text, instance);
