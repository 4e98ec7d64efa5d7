#pragma once

#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/time.h"
#include "rules/charter.h"

/// The STIX objects that admission reads, written as their filers write them: the inverse of the
/// parsers in rules/charter.h. `docs/formats/charter.md`.
namespace comity::rules {

/// Who writes an object, when, and under which UUID.
struct Authorship {
  std::string uuid;     ///< of the new object, without its type
  std::string creator;  ///< identity id
  UnixMicros time{};    ///< created and modified, to the millisecond
};

/// An organisation as it presents itself.
struct PartyProfile {
  std::string id;  ///< identity id; its creator is itself
  std::string name;
  Group group = Group::research;
  std::string country;     ///< may be empty
  std::string controller;  ///< may be empty: itself
  UnixMicros time{};
};

[[nodiscard]] Bytes write_party(const PartyProfile& party);
[[nodiscard]] Bytes write_charter(const Charter& charter, const Authorship& by);
[[nodiscard]] Bytes write_key_note(const KeyNote& note, const Authorship& by);
[[nodiscard]] Bytes write_admission(const AdmissionNote& note, const Authorship& by);

}  // namespace comity::rules
