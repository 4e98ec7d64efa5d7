#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace comity::intake {

/// The property-extension that carries what STIX lacks; its `kind` says what the object is.
inline constexpr std::string_view kExtension =
    "extension-definition--ab16168e-ab51-41f4-b5a5-7a2df56028ed";
/// The toplevel-property-extension of incidents: first_seen, last_seen, incident_type, objective.
inline constexpr std::string_view kIncidentExtension =
    "extension-definition--4225bc95-72a8-45b1-8d01-96aaf9c612eb";
/// The OASIS incident core extension (oasis-open/cti-stix-common-objects).
inline constexpr std::string_view kIncidentCore =
    "extension-definition--ef765651-680c-498d-9894-99799f2fa126";
/// TLP:CLEAR of TLP 2.0.
inline constexpr std::string_view kTlpClear =
    "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487";

/// Comity's two extension definitions, after the identity that is their author: three objects with
/// the same bytes in every registry, to be filed before anything that uses them.
[[nodiscard]] std::vector<std::string> definitions();

}  // namespace comity::intake
