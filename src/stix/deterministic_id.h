#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "codec/json_value.h"
#include "crypto/uuid.h"

/// The identifiers that observables (SCOs) get by the default algorithm, so that two producers who
/// see one thing give it one id (sections 2.9 and 3.4).
namespace comity::stix {

/// The namespace of the default algorithm, 00abedb4-aa42-466c-9c01-fed23315a9b7. Nothing else may
/// use it (section 2.9).
[[nodiscard]] const crypto::Uuid& observable_namespace();

enum class IdRule : std::uint8_t {
  /// The UUID should be version 5, and by the default algorithm is the one given.
  derived,
  /// No contributing property is there, so the UUID must be version 4 (section 2.9); likewise for
  /// processes, which have none (section 6.13.1).
  random,
  /// The specification leaves it open: the type is custom or no observable, or there are several
  /// hashes and none of those that it prefers, or `hashes` holds no hash at all.
  open,
};

struct DeterministicId {
  IdRule rule = IdRule::open;
  crypto::Uuid uuid{};            // where derived
  std::string_view section = {};  // that lists the contributing properties; lives for ever
};

/// UUID version 5 of the canonical JSON (RFC 8785) of the contributing properties that `object`
/// has, values as they stand there. Of `hashes` one counts, the first there is of MD5, SHA-1,
/// SHA-256 and SHA-512; where it has another hash alone, that one.
///
/// All of this is a SHOULD, and other algorithms may be used (section 3.4): another UUID is no
/// error. Neither is it one for an object to differ from what a library derives that first writes
/// timestamps in a form of its own. Time linear in the contributing properties. REQUIRES:
/// object.is_object().
[[nodiscard]] DeterministicId deterministic_id(std::string_view type,
                                               const codec::JsonValue& object);

/// The contributing properties of a type, in the order of the specification; empty for a process
/// and for types that the specification doesn't know as observables.
[[nodiscard]] std::span<const std::string_view> contributing_properties(std::string_view type);

}  // namespace comity::stix
