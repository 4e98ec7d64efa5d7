#include "record/object_rows.h"

#include "filing/stix_id.h"
#include "record/facts.h"
#include "record/fold_name.h"
#include "record/members.h"

namespace comity::record {
namespace {

/// The OASIS incident core extension (oasis-open/cti-stix-common-objects).
constexpr std::string_view kIncidentCore =
    "extension-definition--ef765651-680c-498d-9894-99799f2fa126";

/// `note` is the extension of an actor, or nothing: an identity has its aliases there, since those
/// of STIX have none.
void add_names(const Member& object, const Member& note, Texts& texts, Rows& rows) {
  std::int64_t ordinal = 0;
  const auto add_name = [&](std::string_view text, bool alias) {
    if (text.empty()) return;
    rows.add(Table::name,
             {ordinal++, std::int64_t{alias ? 1 : 0}, text, texts.keep(fold_name(text))});
  };
  add_name(text_in(object, "name"), false);
  for (const Member& bearer : {object, note}) {
    const auto aliases = bearer ? bearer->member("aliases") : std::nullopt;
    if (!aliases || !aliases->is_array()) continue;
    for (const auto alias : aliases->elements()) add_name(JsonValue(alias).text(), true);
  }
}

void add_sources(const Member& object, Rows& rows) {
  const auto references = object->member("external_references");
  if (!references || !references->is_array()) return;
  std::int64_t ordinal = 0;
  for (const auto element : references->elements()) {
    const Member reference = JsonValue(element);
    rows.add(Table::source, {ordinal++, text_in(reference, "source_name"),
                             text_value(reference, "external_id"), text_value(reference, "url")});
  }
}

void add_about(const Member& object, Rows& rows) {
  const auto refs = object->member("object_refs");
  if (!refs || !refs->is_array()) return;
  std::int64_t ordinal = 0;
  for (const auto element : refs->elements()) {
    const std::string_view id = JsonValue(element).text();
    if (filing::is_stix_id(id)) rows.add(Table::about, {ordinal++, Ref{id}});
  }
}

void add_relation(const Member& object, Rows& rows) {
  const Value source = ref_value(object, "source_ref");
  const Value type = word_value(object, "relationship_type");
  const Value target = ref_value(object, "target_ref");
  if (std::holds_alternative<Ref>(source) && std::holds_alternative<Word>(type) &&
      std::holds_alternative<Ref>(target))
    rows.add(Table::relation, {source, type, target});
}

void add_incident(const Member& object, const Member& note, const Member& core, Rows& rows) {
  const auto start = date_values(note, "start");
  const auto end = date_values(note, "end");
  rows.add(Table::incident, {text_in(object, "name"), start[0], start[1], start[2], end[0], end[1],
                             end[2], word_value(core, "determination"),
                             word_value(note, "response_search"), mark_value(note, "doubtful")});
}

void add_claim(const Member& note, Rows& rows) {
  const auto date = date_values(note, "date");
  const bool is_reply = text_in(note, "kind") == "reply";
  rows.add(Table::claim, {ref_value(note, "made_by_ref"),
                          text_value(note, "made_by"),
                          word_value(note, "scope"),
                          word_value(note, "claimant_kind"),
                          date[0],
                          date[1],
                          date[2],
                          word_value(note, is_reply ? "reply_type" : "statement_type"),
                          ref_value(note, "cluster"),
                          word_value(note, "state"),
                          text_value(note, "organ"),
                          integer_value(note, "strength"),
                          word_value(note, "likelihood"),
                          word_value(note, "analytic_confidence"),
                          integer_value(note, "evidence_disclosure"),
                          word_value(note, "basis"),
                          text_value(note, "wording"),
                          word_value(note, "wording_language"),
                          word_value(note, "wording_form"),
                          mark_value(note, "doubtful")});
}

void add_response(const Member& object, const Member& note, Rows& rows) {
  const auto taken = date_values(note, "taken_at");
  rows.add(Table::response,
           {ref_value(note, "made_by_ref"), text_value(note, "made_by"), word_value(note, "scope"),
            word_value(note, "response_type"), taken[0], taken[1], taken[2],
            word_value(note, "status"), text_value(note, "legal_basis"),
            text_value(object, "description"), mark_value(note, "doubtful")});
}

void add_publication(const Member& note, Rows& rows) {
  const auto date = date_values(note, "date");
  rows.add(Table::publication,
           {ref_value(note, "made_by_ref"), text_value(note, "made_by"), date[0], date[1], date[2],
            text_value(note, "wording"), word_value(note, "wording_language"),
            word_value(note, "wording_form")});
}

void add_kind(const Member& object, const Member& note, std::string_view kind, Rows& rows) {
  if (kind == "attribution" || kind == "reply") return add_claim(note, rows);
  if (kind == "response") return add_response(object, note, rows);
  if (kind == "publication") return add_publication(note, rows);
  if (kind == "finding") {
    const Value verdict = word_value(note, "verdict");
    if (std::holds_alternative<Word>(verdict))
      rows.add(Table::finding, {verdict, text_value(note, "reasons")});
  }
  if (kind == "norm")
    rows.add(Table::norm, {word_value(note, "rulebook"), text_value(note, "ref"),
                           text_value(object, "description"), word_value(note, "status")});
}

}  // namespace

ObjectRows::ObjectRows(const codec::JsonObject& json) {
  const Member object = JsonValue(json);
  const std::string_view type = text_in(object, "type");
  const Member extensions = object_in(object, "extensions");
  const Member note = object_in(extensions, filing::kExtensionId);
  const std::string_view kind = text_in(note, "kind");
  kind_ = is_word(kind) ? kind : type;
  description_ = text_in(object, "description");

  add_names(object, kind_ == "actor" ? note : std::nullopt, texts_, rows_);
  add_sources(object, rows_);
  add_about(object, rows_);
  if (type == "relationship") add_relation(object, rows_);
  if (type == "incident") add_incident(object, note, object_in(extensions, kIncidentCore), rows_);
  if (type == "opinion")
    rows_.add(Table::opinion, {word_value(object, "opinion"), mark_value(note, "abstain")});
  if (!note) return;
  add_kind(object, note, kind_, rows_);
  add_facts(*note, texts_, rows_);
}

}  // namespace comity::record
