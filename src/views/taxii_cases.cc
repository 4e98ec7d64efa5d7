#include "views/taxii_cases.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "views/taxii_page.h"

namespace comity::views {
namespace {

/// TLP:CLEAR of TLP 2.0 by its fixed id: all that a report names is public.
constexpr const char* kClear = "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487";

std::string description_of(const query::Case& found, std::string_view origin) {
  const std::string count =
      fmt::format("{}{} {}", found.is_cut ? "more than " : "", found.about.size(),
                  found.about.size() == 1 ? "statement is" : "statements are");
  return fmt::format(
      "What the public record of {} has about this incident: {} filed about it, and named here "
      "with "
      "it. Each says what its filer says; the registry that made this list takes no side.",
      origin, found.about.empty() ? "nothing is" : count);
}

}  // namespace

Result<query::CasePage> CaseReports::page_of(query::Reader& reader,
                                             const TaxiiFilters& filters) const {
  const auto& types = filters.published.types;
  if (filters.other_spec_version || (types && std::ranges::find(*types, "report") == types->end()))
    return query::CasePage{};
  query::PublishedFilter filter = filters.published;
  if (filter.ids) {
    std::vector<std::string> incidents;
    for (const std::string& id : *filter.ids)
      if (auto incident = ids_.incident_of(id)) incidents.push_back(std::move(*incident));
    filter.ids = std::move(incidents);
  }
  return reader.cases.page(filter, filters.limit);
}

std::string CaseReports::report(const query::Case& found) const {
  std::vector<std::string> refs{found.incident};
  refs.insert(refs.end(), found.about.begin(), found.about.end());
  const nlohmann::ordered_json json{{"type", "report"},
                                    {"spec_version", "2.1"},
                                    {"id", ids_.report_of(found.incident)},
                                    {"created_by_ref", registrar_},
                                    {"created", to_rfc3339(found.created)},
                                    {"modified", to_rfc3339(found.modified)},
                                    {"name", "Case: " + found.name},
                                    {"description", description_of(found, origin_)},
                                    {"published", to_rfc3339(found.modified)},
                                    {"lang", "en"},
                                    {"object_refs", refs},
                                    {"object_marking_refs", {kClear}}};
  return json.dump();
}

Result<Response> CaseReports::objects(query::Reader& reader, const TaxiiFilters& filters) const {
  COMITY_TRY(const auto page, page_of(reader, filters));
  TaxiiPage resource("objects");
  for (std::size_t i = 0; i < page.items.size(); ++i) {
    const query::CaseItem& item = page.items[i];
    COMITY_TRY(const auto found, reader.cases.read(item));
    COMITY_TRY(const auto added, reader.cases.added(item));
    resource.next() += report(found);
    resource.add_time(added);
    if (i + 1 == page.items.size()) break;
    const bool shares_time = page.items[i + 1].place.item == item.place.item;
    if (resource.size() >= (shares_time ? kTaxiiGroupBytes : kTaxiiPageBytes))
      return std::move(resource).finish(item.place);
  }
  return std::move(resource).finish(page.more);
}

Result<Response> CaseReports::manifest(query::Reader& reader, const TaxiiFilters& filters) const {
  COMITY_TRY(const auto page, page_of(reader, filters));
  TaxiiPage resource("objects");
  for (const query::CaseItem& item : page.items) {
    COMITY_TRY(const auto incident, reader.cases.id_of(item));
    COMITY_TRY(const auto modified, reader.cases.modified(item));
    COMITY_TRY(const auto added, reader.cases.added(item));
    write_manifest_record(ids_.report_of(incident), modified, added, resource);
  }
  return std::move(resource).finish(page.more);
}

Result<Response> CaseReports::versions(query::Reader& reader, const TaxiiFilters& filters) const {
  COMITY_TRY(const auto page, page_of(reader, filters));
  TaxiiPage resource("versions");
  for (const query::CaseItem& item : page.items) {
    COMITY_TRY(const auto modified, reader.cases.modified(item));
    COMITY_TRY(const auto added, reader.cases.added(item));
    write_version(modified, added, resource);
  }
  return std::move(resource).finish(page.more);
}

Result<bool> CaseReports::has(query::Reader& reader, std::string_view id) const {
  const auto incident = ids_.incident_of(id);
  if (!incident) return false;
  return reader.cases.has(*incident);
}

}  // namespace comity::views
