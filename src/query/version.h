#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/time.h"
#include "filing/control.h"

#include "query/snapshot.h"

namespace comity::query {

/// The record's number of an object and of one version of it; they hold for one snapshot's record.
enum class ObjectKey : std::int64_t {};
enum class VersionKey : std::int64_t {};

/// Why the content of an item is not shown: an erasure or a hold, by which entry.
struct Withheld {
  std::uint64_t by = 0;
  std::string ground;
  std::string authority;
};

/// One version of an object as a party filed it.
struct Version {
  VersionKey key{};
  ObjectKey object{};
  std::string id;           ///< STIX id
  std::string kind;         ///< of Comity's extension, else the STIX type
  std::string party;        ///< who filed it
  filing::ItemPlace place;  ///< where its bytes stand: for what was disclosed, in that entry
  std::optional<filing::ItemPlace> hidden_at;  ///< where it was filed, if hidden at first
  UnixSeconds time{};                          ///< the log's, of that entry
  UnixMicros modified{};
  bool revoked = false;
  bool relayed = false;  ///< another than its creator filed it
  bool shown = false;    ///< of all copies the one to show, as of the size asked for
  std::optional<Withheld> held;

  /// Where it was filed.
  [[nodiscard]] const filing::ItemPlace& filed_at() const { return hidden_at ? *hidden_at : place; }
};

/// A public item whose content was erased.
struct ErasedItem {
  filing::ItemPlace place;
  std::string party;
  UnixSeconds time{};
  Withheld why;
};

/// The object of that STIX id, where it was filed or is named by another.
[[nodiscard]] Result<std::optional<ObjectKey>> object_of(const Snapshot& snapshot,
                                                         std::string_view id);

// As of a log of `size` entries (Snapshot::size_at). Holds are those of now, and so are erasures:
// what is withheld today was never different.

/// All versions by all parties, in the order of the log.
[[nodiscard]] Result<std::vector<Version>> versions_of(const Snapshot& snapshot, ObjectKey object,
                                                       std::uint64_t size);
[[nodiscard]] Result<std::vector<ErasedItem>> erased_of(const Snapshot& snapshot, ObjectKey object,
                                                        std::uint64_t size);
/// The version to show, or nothing.
[[nodiscard]] Result<std::optional<Version>> shown_version(const Snapshot& snapshot,
                                                           ObjectKey object, std::uint64_t size);

}  // namespace comity::query
