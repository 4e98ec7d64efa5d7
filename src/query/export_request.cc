#include "query/export_request.h"

#include <algorithm>
#include <optional>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/partial_date.h"
#include "filing/stix_id.h"

namespace comity::query {
namespace {

/// The first or the last day of a date of a filter.
Result<std::optional<std::int64_t>> day_of(const std::string& text,
                                           std::int64_t (PartialDate::*end)() const) {
  if (text.empty()) return std::nullopt;
  COMITY_TRY(const auto date, PartialDate::parse(text));
  return (date.*end)();
}

Result<ExportFormat> format_of(const std::string& text) {
  if (text == "csv") return ExportFormat::csv;
  if (text == "jsonl") return ExportFormat::jsonl;
  if (text == "stix") return ExportFormat::stix;
  return refuse("export-filter", "An export is csv, jsonl or stix; name one of these.");
}

Result<std::string> kind_of(const ExportTexts& texts) {
  if (texts.kind.empty()) return std::string(texts.format == "csv" ? "incidents" : "objects");
  if (std::ranges::find(selection_kinds(), texts.kind) != selection_kinds().end())
    return texts.kind;
  return refuse("export-filter", fmt::format("There is no such kind of objects; name one of {}.",
                                             fmt::join(selection_kinds(), ", ")));
}

}  // namespace

Result<ExportRequest> ExportTexts::request(std::string_view before) const {
  ExportRequest request;
  COMITY_TRY(request.format, format_of(format));
  Selection& selection = request.selection;
  selection.party = party;
  selection.source = source;
  selection.country = country;
  selection.all_versions = all_versions;
  COMITY_TRY(selection.kind, kind_of(*this));
  COMITY_TRY(selection.from, day_of(from, &PartialDate::first_day));
  COMITY_TRY(selection.to, day_of(to, &PartialDate::last_day));
  const bool has_cases =
      selection.kind == "incidents" || selection.kind == "claims" || selection.kind == "responses";
  if (!has_cases && (selection.from || selection.to || !selection.country.empty()))
    return refuse("export-filter",
                  fmt::format("{0}country, {0}from and {0}to are of incidents, claims and "
                              "responses, not of {1}; name one of these with {0}kind.",
                              before, selection.kind));
  if (!selection.party.empty() && !filing::is_party_id(selection.party))
    return refuse("export-filter",
                  "A party is named by its id, identity--...; `comity party list` "
                  "shows them.");
  if (spreadsheet) request.formulas = codec::CsvFormulas::kNeutralized;
  return request;
}

}  // namespace comity::query
