#pragma once

#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/error.h"
#include "base/time.h"
#include "codec/json.h"
#include "filing/tlp.h"

namespace comity::filing {

/// The kinds of Comity's property extension that admission itself reads; `other` is everything
/// else.
enum class Kind { other, party, charter, key, admission };

/// What admission needs to know of a STIX object, read strictly.
struct ObjectHead {
  std::string type;
  std::string id;
  UnixMicros version{};  ///< `modified`, else `created`, else 0
  bool revoked = false;
  std::string creator;  ///< `created_by_ref`, or empty
  Tlp tlp = Tlp::none;  ///< the strictest of its TLP markings, those of single parts included
  Kind kind = Kind::other;

  bool operator==(const ObjectHead&) const = default;
};

/// The property extension that carries Comity's meaning.
inline constexpr std::string_view kExtensionId =
    "extension-definition--ab16168e-ab51-41f4-b5a5-7a2df56028ed";

/// Reads one STIX 2.1 object. Refuses what the JSON reader refuses, `object-malformed` (id, type,
/// spec_version, creator or a marking missing or unfit, the id's prefix not the type),
/// `object-is-bundle`, `object-stix-20`, and `timestamp-malformed`.
///
/// `spec_version` may be absent where STIX 2.1 lets it be, in cyber-observables, which tell
/// themselves by having neither `created` nor `modified`. An object with one of these and without
/// `spec_version` is STIX 2.0.
[[nodiscard]] Result<ObjectHead> read_object(ByteView object, codec::JsonReader& reader);

/// The same of an object that is read already; it may come from `JsonReader::parse`, if the caller
/// sees to names that occur twice.
[[nodiscard]] Result<ObjectHead> read_head(const codec::JsonObject& object);

}  // namespace comity::filing
