#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "crypto/uuid.h"

namespace comity::views {

/// The ids of a registry's case reports: each is made of the id of its incident and can be turned
/// back, so that a case is found without a list of them. The bits of the incident's UUID are turned
/// where a mask says so, which is a hash of the registry's origin; its version and variant stay. So
/// two registries have different ids for the case of one incident, and none is the incident's own
/// (STIX 2.1 section 2.9 wants a producer's UUIDs to differ between types).
class CaseIds {
 public:
  explicit CaseIds(std::string_view origin);

  /// "report--..." of "incident--...". REQUIRES: a STIX id.
  [[nodiscard]] std::string report_of(std::string_view incident) const;
  /// The inverse; nothing where it is no id of a report.
  [[nodiscard]] std::optional<std::string> incident_of(std::string_view report) const;

 private:
  [[nodiscard]] std::string turned(std::string_view uuid) const;

  crypto::Uuid mask_;
};

}  // namespace comity::views
