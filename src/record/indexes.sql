-- Indexes of the record that serve questions and erasures, not the fold (whose own stand in
-- schema.sql). They are made when the record has first caught up with its log, since an index of rows
-- that are there costs a fraction of one that grows row by row at random places.

CREATE INDEX IF NOT EXISTS version_kind ON version(kind, until);
-- Whether an object has another copy, of its creator or of a time: anybody may relay many.
CREATE INDEX IF NOT EXISTS version_copy ON version(object, relayed, modified);
CREATE INDEX IF NOT EXISTS fact_value ON fact(field, value, version);
CREATE INDEX IF NOT EXISTS name_folded ON name(folded, version);
CREATE INDEX IF NOT EXISTS relation_source ON relation(source, type);
CREATE INDEX IF NOT EXISTS relation_target ON relation(target, type);
CREATE INDEX IF NOT EXISTS about_object ON about(object, version);
CREATE INDEX IF NOT EXISTS claim_made_by ON claim(made_by);
CREATE INDEX IF NOT EXISTS claim_cluster ON claim(cluster) WHERE cluster IS NOT NULL;
CREATE INDEX IF NOT EXISTS response_made_by ON response(made_by);
CREATE INDEX IF NOT EXISTS source_id ON source(external_id, name) WHERE external_id IS NOT NULL;

-- Lists by date, those without one last.
CREATE INDEX IF NOT EXISTS incident_date ON incident(ifnull(start_first, -1));
CREATE INDEX IF NOT EXISTS claim_date ON claim(ifnull(first, -1));
