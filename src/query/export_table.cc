#include "query/export_table.h"

#include <array>
#include <span>

#include <fmt/format.h>

#include "record/members.h"

#include "query/mentions.h"
#include "query/shown.h"
#include "query/version_rows.h"

namespace comity::query {
namespace {

using codec::JsonValue;
using log::Query;
using record::Member;
using record::object_in;
using record::text_in;
using Cells = std::vector<std::string>;

constexpr std::string_view kBetween = "; ";

void append_to_cell(std::string& cell, std::string_view value) {
  if (value.empty()) return;
  if (!cell.empty()) cell += kBetween;
  cell += value;
}

/// A text, a number, a truth value, or a list of texts joined; "" where there is none.
std::string cell_of(const Member& object, std::string_view name) {
  const auto found = object ? object->member(name) : std::nullopt;
  if (!found) return {};
  if (found->is_bool()) return found->boolean() ? "true" : "false";
  if (const auto number = found->integer()) return std::to_string(*number);
  if (!found->is_array()) return std::string(found->text());
  std::string cell;
  for (const auto element : found->elements()) append_to_cell(cell, JsonValue(element).text());
  return cell;
}

/// That member of each object of a list, joined.
std::string cell_of_each(const Member& object, std::string_view list, std::string_view name) {
  const auto found = object ? object->member(list) : std::nullopt;
  std::string cell;
  if (!found || !found->is_array()) return cell;
  for (const auto element : found->elements())
    append_to_cell(cell, text_in(JsonValue(element), name));
  return cell;
}

void add_date(const Member& object, std::string_view name, Cells& cells) {
  if (const auto date = record::stated_date(object, name)) {
    cells.push_back(date->text());
    cells.emplace_back(date->precision_name());
    return;
  }
  const Member other = object_in(object, name);
  cells.emplace_back(text_in(other, "date"));
  cells.emplace_back(text_in(other, "precision"));
}

/// Addresses, and the names that other lists have for the object: "EuRepoC 1.1: 17".
void add_sources(const Member& object, Cells& cells) {
  std::string names;
  const auto references = object->member("external_references");
  if (references && references->is_array())
    for (const auto element : references->elements()) {
      const Member it = JsonValue(element);
      const std::string_view id = text_in(it, "external_id");
      if (!id.empty()) append_to_cell(names, fmt::format("{}: {}", text_in(it, "source_name"), id));
    }
  cells.push_back(cell_of_each(object, "external_references", "url"));
  cells.push_back(std::move(names));
}

constexpr auto kIncident = std::to_array<std::string_view>({"id",
                                                            "name",
                                                            "description",
                                                            "start",
                                                            "start_precision",
                                                            "end",
                                                            "end_precision",
                                                            "victim_countries",
                                                            "victim_regions",
                                                            "victim_organizations",
                                                            "victim_sectors",
                                                            "actor_types",
                                                            "effects",
                                                            "techniques",
                                                            "flags",
                                                            "doubtful",
                                                            "response_search",
                                                            "attributions",
                                                            "replies",
                                                            "responses",
                                                            "sources",
                                                            "external_ids"});
constexpr auto kClaim = std::to_array<std::string_view>({"id",
                                                         "kind",
                                                         "incidents",
                                                         "incident_names",
                                                         "made_by",
                                                         "made_by_ref",
                                                         "claimant_kind",
                                                         "claimants",
                                                         "claimant_countries",
                                                         "date",
                                                         "date_precision",
                                                         "type",
                                                         "scope",
                                                         "state",
                                                         "strength",
                                                         "actors",
                                                         "wording",
                                                         "wording_language",
                                                         "wording_form",
                                                         "doubtful",
                                                         "record_basis",
                                                         "sources",
                                                         "external_ids"});
constexpr auto kObject = std::to_array<std::string_view>(
    {"id", "kind", "name", "description", "sources", "external_ids"});
/// Of every table: whose it is and where it stands.
constexpr auto kFiling = std::to_array<std::string_view>(
    {"party", "party_name", "filed", "entry", "ordinal", "version", "revoked", "relayed"});

}  // namespace

Result<ExportTable> ExportTable::open(const Snapshot& snapshot, std::string_view kind,
                                      std::uint64_t size) {
  COMITY_TRY(auto names, Names::open(snapshot, size));
  const Form form = kind == "incidents" ? Form::incidents
                    : kind == "claims"  ? Form::claims
                                        : Form::objects;
  ExportTable table(snapshot, form, size, std::move(names));
  std::span<const std::string_view> own = kObject;
  if (form == Form::incidents) own = kIncident;
  if (form == Form::claims) own = kClaim;
  table.columns_.assign(own.begin(), own.end());
  table.columns_.insert(table.columns_.end(), kFiling.begin(), kFiling.end());
  COMITY_TRY(
      table.claims_,
      snapshot.database().prepare(fmt::format(
          "SELECT count(DISTINCT v.id) FROM about a CROSS JOIN version v ON v.id = a.version "
          "JOIN word k ON k.id = v.kind WHERE a.object = ?2 AND k.text = ?3 AND {}",
          kCounted)));
  // In the inner question `v` is the relationship: that too must be there to be counted.
  COMITY_TRY(table.responses_,
             snapshot.database().prepare(fmt::format(
                 "SELECT count(DISTINCT v.id) FROM relation r CROSS JOIN version v ON v.object = "
                 "r.source JOIN word k ON k.id = v.kind WHERE r.target = ?2 AND r.type = (SELECT "
                 "id FROM word WHERE text = 'related-to') AND k.text = ?3 AND {0} AND EXISTS "
                 "(SELECT 1 FROM version v WHERE v.id = r.version AND {0})",
                 kCounted)));
  return table;
}

Result<std::string> ExportTable::count(const log::Prepared& question, const Version& version,
                                       std::string_view kind) const {
  Query row(question, size_, static_cast<std::int64_t>(version.object), kind);
  COMITY_TRY(const bool found, row.step());
  return std::to_string(found ? row.count(0) : 0);
}

Result<std::vector<std::string>> ExportTable::row(const Version& version, ByteView object) {
  COMITY_TRY(const auto json, reader_.read(object));
  Cells cells{version.id};
  cells.reserve(columns_.size());
  if (form_ == Form::incidents) {
    COMITY_CHECK(add_incident(version, json, cells));
  } else if (form_ == Form::claims) {
    COMITY_CHECK(add_claim(version, json, cells));
  } else {
    const Member read = JsonValue(json);
    cells.push_back(version.kind);
    cells.push_back(cell_of(read, "name"));
    cells.push_back(cell_of(read, "description"));
    add_sources(read, cells);
  }
  COMITY_CHECK(add_filing(version, cells));
  COMITY_ASSERT(cells.size() == columns_.size());
  return cells;
}

Result<void> ExportTable::add_incident(const Version& version, const codec::JsonObject& json,
                                       Cells& cells) {
  const Member object = JsonValue(json);
  const Member note = object_in(object_in(object, "extensions"), filing::kExtensionId);
  const Member victims = object_in(note, "victims");
  cells.push_back(cell_of(object, "name"));
  cells.push_back(cell_of(object, "description"));
  add_date(note, "start", cells);
  add_date(note, "end", cells);
  for (const auto* name : {"countries", "regions", "organizations", "sectors"})
    cells.push_back(cell_of(victims, name));
  for (const auto* name :
       {"actor_types", "effects", "techniques", "flags", "doubtful", "response_search"})
    cells.push_back(cell_of(note, name));
  for (const auto* kind : {"attribution", "reply"}) {
    COMITY_TRY(auto number, count(claims_, version, kind));
    cells.push_back(std::move(number));
  }
  COMITY_TRY(auto number, count(responses_, version, "response"));
  cells.push_back(std::move(number));
  add_sources(object, cells);
  return {};
}

Result<void> ExportTable::add_claim(const Version& version, const codec::JsonObject& json,
                                    Cells& cells) {
  const Member object = JsonValue(json);
  const Member note = object_in(object_in(object, "extensions"), filing::kExtensionId);
  COMITY_TRY(const auto subjects, subjects_of(*snapshot_, version.key));
  std::string ids;
  std::string called;
  for (const auto& id : subjects) {
    if (!id.starts_with("incident--")) continue;
    COMITY_TRY(const auto name, names_.of(id));
    append_to_cell(ids, id);
    append_to_cell(called, name);
  }
  cells.push_back(version.kind);
  cells.push_back(std::move(ids));
  cells.push_back(std::move(called));
  for (const auto* name : {"made_by", "made_by_ref", "claimant_kind"})
    cells.push_back(cell_of(note, name));
  cells.push_back(cell_of_each(note, "claimants", "name"));
  cells.push_back(cell_of(note, "claimant_countries"));
  add_date(note, "date", cells);
  cells.push_back(cell_of(note, version.kind == "reply" ? "reply_type" : "statement_type"));
  for (const auto* name : {"scope", "state", "strength"}) cells.push_back(cell_of(note, name));
  cells.push_back(cell_of_each(note, "actors", "name"));
  for (const auto* name :
       {"wording", "wording_language", "wording_form", "doubtful", "record_basis"})
    cells.push_back(cell_of(note, name));
  add_sources(object, cells);
  return {};
}

Result<void> ExportTable::add_filing(const Version& version, Cells& cells) {
  COMITY_TRY(auto name, names_.of(version.party));
  cells.push_back(version.party);
  cells.push_back(std::move(name));
  cells.push_back(to_rfc3339(version.time));
  cells.push_back(std::to_string(version.filed_at().entry));
  cells.push_back(std::to_string(version.filed_at().ordinal));
  cells.push_back(to_rfc3339(version.modified));
  cells.emplace_back(version.revoked ? "true" : "false");
  cells.emplace_back(version.relayed ? "true" : "false");
  return {};
}

}  // namespace comity::query
