#pragma once

#include <string>
#include <vector>

#include "query/record_at.h"
#include "query/version.h"

namespace comity::query {

/// An object with its place in the log.
struct ObjectStory {
  std::string id;
  /// Of the version to show; its content is null where that is on hold, and its version is empty
  /// where every one was erased.
  ReadObject current;
  std::vector<Version> versions;  ///< in the order of the log
  std::vector<ErasedItem> erased;

  /// Why the content is not shown, for a person; "" where it is.
  [[nodiscard]] std::string withheld() const;
};

/// Finds an object by its STIX id, by the name that it has elsewhere (an external reference's
/// external_id: "notpetya"), or by a name or alias. Refuses `object-unknown`, with names nearby,
/// and `object-ambiguous` where several are named so.
[[nodiscard]] Result<ObjectStory> find_story(RecordAt& at, const std::string& what);

}  // namespace comity::query
