#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "log_walk.h"

namespace comity::cli {

/// One version of an object as it stands in the log.
struct RecordedObject {
  filing::ItemPlace place;
  std::optional<std::uint64_t> disclosed_at;  ///< the entry that made it public
  std::string party;                          ///< who filed it
  UnixSeconds filed{};                        ///< the log's time of the entry
  std::string id;
  UnixMicros version{};
  bool revoked = false;
  std::string bytes;  ///< as filed; empty where erased
  Json json;          ///< the same read; null where erased or on hold
  ItemFate fate;

  /// The copy of the object's own creator, whose word it is.
  [[nodiscard]] bool authoritative() const;
};

/// An object with all that the log says of it.
struct ObjectStory {
  std::vector<RecordedObject> versions;  ///< in the order of the log; never empty
  std::vector<RecordedObject> mentions;  ///< the latest versions of objects that name it
  /// The latest version of each object that it or they name.
  std::map<std::string, RecordedObject> named;

  /// The version to show: of the authoritative ones, or else of all, the latest.
  [[nodiscard]] const RecordedObject& current() const;
  /// The name of an object, or its id.
  [[nodiscard]] std::string name_of(const std::string& id) const;
};

/// Finds an object by its STIX id, by the name that it has elsewhere (an external reference's
/// external_id: "notpetya"), or by its `name`. Reads the whole public log, twice. Refuses
/// `object-unknown`, and `object-ambiguous` where several have that name.
[[nodiscard]] Result<ObjectStory> find_story(const ReadRegistry& registry, const std::string& what);

// Members of JSON that may be missing or of another kind.
[[nodiscard]] std::string text_at(const Json& object, const char* name);
[[nodiscard]] std::vector<std::string> texts_at(const Json& object, const char* name);
/// The member, or null.
[[nodiscard]] const Json& member(const Json& object, const char* name);
/// Comity's extension of an object, or null.
[[nodiscard]] const Json& extension_of(const Json& object);

}  // namespace comity::cli
