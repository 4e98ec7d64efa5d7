#include "verbs/audit_against.h"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "record/milestone.h"
#include "record/parting.h"

#include "disk_file.h"
#include "record_directory.h"
#include "text.h"

namespace comity::cli {
namespace {

/// Where two logs part, by halving: their trees have one root as long as they are one log.
Result<std::optional<std::uint64_t>> first_difference(const log::LogReader& a,
                                                      const log::LogReader& b) {
  const auto same_at = [&](std::uint64_t size) -> Result<bool> {
    COMITY_TRY(const auto one, crypto::read_range(crypto::TreeSize{size}, a.tiles()));
    COMITY_TRY(const auto other, crypto::read_range(crypto::TreeSize{size}, b.tiles()));
    return one.root() == other.root();
  };
  std::uint64_t differ = std::min(a.size(), b.size());
  COMITY_TRY(const bool same, same_at(differ));
  if (same) return std::nullopt;
  std::uint64_t agree = 0;
  while (differ - agree > 1) {
    const std::uint64_t middle = agree + (differ - agree) / 2;
    COMITY_TRY(const bool alike, same_at(middle));
    (alike ? agree : differ) = middle;
  }
  return differ - 1;
}

/// What came of comparing two records.
struct Records {
  record::Stamp one;
  record::Stamp other;
  /// From which size on the other's digests don't follow from its own changes.
  std::optional<std::uint64_t> contradiction;
  std::optional<record::Parting> parting;

  [[nodiscard]] bool same() const { return !contradiction && !parting; }
};

/// Whether the record is of the log of which `registry` is a copy.
Result<void> check_of(const ReadRegistry& registry, const record::Stamp& stamp,
                      const std::string& directory) {
  const auto log = registry.log_reader();
  if (stamp.size <= log.size()) {
    COMITY_TRY(const auto then, crypto::read_range(crypto::TreeSize{stamp.size}, log.tiles()));
    if (then.root() == stamp.root) return {};
  }
  return refuse("record-of-another-log",
                "The record in " + directory +
                    "/index is of another log than the one beside it; make it anew with `comity "
                    "rebuild`, then compare.");
}

/// Nothing where the other copy has no record.
Result<std::optional<Records>> compare_records(const ReadRegistry& one, const ReadRegistry& other,
                                               const Context& context) {
  const std::string path = other.directory + "/index/record.sqlite";
  if (!is_there(path)) return std::nullopt;
  COMITY_TRY(const auto mine, read_record(one, context));
  COMITY_TRY(const auto theirs, query::Snapshot::open(path));
  Records found{
      .one = mine.snapshot.stamp(), .other = theirs.stamp(), .contradiction = {}, .parting = {}};
  COMITY_CHECK(check_of(other, theirs.stamp(), other.directory));
  COMITY_TRY(found.contradiction, record::first_contradiction(theirs.database()));
  if (found.contradiction) return found;
  COMITY_TRY(found.parting, record::first_parting(mine.snapshot.database(), theirs.database()));
  return found;
}

Json records_json(const std::optional<Records>& records) {
  if (!records) return nullptr;
  Json json{{"sizes", {records->one.size, records->other.size}},
            {"same", records->same()},
            {"contradiction", records->contradiction ? Json(*records->contradiction) : nullptr},
            {"first_difference", nullptr},
            {"digests", nullptr}};
  if (records->parting) {
    json["first_difference"] = records->parting->entry;
    json["digests"] = {to_hex(records->parting->one.view()),
                       to_hex(records->parting->other.view())};
  }
  return json;
}

std::string records_text(const std::optional<Records>& records, const Copies& copies) {
  if (!records)
    return "Their records were not compared: " + copies.other +
           "/index has none (`comity rebuild` makes one).\n";
  if (records->contradiction)
    return fmt::format(
        "The record in {}/index contradicts itself: its digest at size {} does not follow from "
        "its\n"
        "own changes. It was altered after it was folded; `comity rebuild` makes it anew.\n",
        copies.other, *records->contradiction);
  if (!records->parting)
    return fmt::format(
        "One record as far as both go, to {}.\n",
        counted(std::min(records->one.size, records->other.size), "entry", "entries"));
  const record::Parting& parting = *records->parting;
  return fmt::format(
      "The RECORDS PART at entry {}, though the logs are one. Digests with it:\n  {} in {}\n  {} "
      "in "
      "{}\nWhoever folds that entry anew sees who is right: `comity rebuild` both.\n",
      parting.entry, to_hex(parting.one.view()), copies.one, to_hex(parting.other.view()),
      copies.other);
}

Outcome tell_fork(const Json& json, std::uint64_t entry, const ReadRegistry& one,
                  const ReadRegistry& other, const Context& context) {
  context.print(
      json,
      fmt::format("FORKED: the two logs part at entry {}. Both checkpoints are signed by the "
                  "log's key; together\nthey prove it. Keep and show them:\n\n{}\n{}",
                  entry, crypto::print(one.checkpoint.note), crypto::print(other.checkpoint.note)));
  return Outcome::failed_check;
}

}  // namespace

Result<Outcome> compare_copies(const Copies& copies, const Trust& trust, Context& context) {
  COMITY_TRY(const auto one, read_registry(copies.one, trust));
  COMITY_TRY(const auto other, read_registry(copies.other, trust));
  COMITY_TRY(const auto parts, first_difference(one.log_reader(), other.log_reader()));
  Json json{
      {"sizes", {one.size(), other.size()}},
      {"same_history", !parts.has_value()},
      {"first_difference", parts ? Json(*parts) : Json(nullptr)},
      {"checkpoints", {crypto::print(one.checkpoint.note), crypto::print(other.checkpoint.note)}}};
  if (parts) return tell_fork(json, *parts, one, other, context);
  COMITY_TRY(const auto records, compare_records(one, other, context));
  json["records"] = records_json(records);
  context.print(
      json, fmt::format("One history: {} has {}, {} has {}.\n{}", copies.one,
                        counted(one.size(), "entry", "entries"), copies.other,
                        counted(other.size(), "entry", "entries"), records_text(records, copies)));
  return !records || records->same() ? Outcome::ok : Outcome::failed_check;
}

}  // namespace comity::cli
