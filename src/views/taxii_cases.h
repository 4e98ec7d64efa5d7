#pragma once

#include <string>
#include <string_view>

#include "base/error.h"
#include "views/case_ids.h"
#include "views/message.h"
#include "views/taxii_filters.h"

#include "query/readers.h"

namespace comity::views {

/// The collection of case reports: of each incident a STIX `report` (section 4.16), made of the
/// record as it is asked for. It names the incident and what is filed about it, and says nothing of
/// its own. `created_by_ref` is the registrar; no statement in the log has it, so it has no
/// receipt.
class CaseReports {
 public:
  CaseReports(std::string origin, std::string registrar)
      : origin_(std::move(origin)), registrar_(std::move(registrar)), ids_(origin_) {}

  /// As taxii_objects.h; of `match[version]` each choice but a time means the one version there is.
  [[nodiscard]] Result<Response> objects(query::Reader& reader, const TaxiiFilters& filters) const;
  [[nodiscard]] Result<Response> manifest(query::Reader& reader, const TaxiiFilters& filters) const;
  [[nodiscard]] Result<Response> versions(query::Reader& reader, const TaxiiFilters& filters) const;

  /// Whether there is a report of that id.
  [[nodiscard]] Result<bool> has(query::Reader& reader, std::string_view id) const;

 private:
  [[nodiscard]] Result<query::CasePage> page_of(query::Reader& reader,
                                                const TaxiiFilters& filters) const;
  [[nodiscard]] std::string report(const query::Case& found) const;

  std::string origin_;
  std::string registrar_;
  CaseIds ids_;
};

}  // namespace comity::views
