#pragma once

#include <cstdint>
#include <string>
#include <utility>

#include "base/error.h"
#include "base/files.h"

#include "query/content.h"
#include "query/json.h"
#include "query/names.h"
#include "query/version.h"

namespace comity::query {

/// A version with its object, read from the log.
struct ReadObject {
  Version version;
  std::string bytes;  ///< as filed; empty where erased or on hold
  Json json;          ///< the same read; null where it is not shown
};

/// A record as of one size, with what it takes to tell of it. One thread; snapshot and files
/// outlive it.
struct RecordAt {
  std::uint64_t size = 0;
  Contents contents;
  Names names;

  [[nodiscard]] static Result<RecordAt> open(const Snapshot& snapshot, const Files& files,
                                             std::uint64_t size);

  [[nodiscard]] const Snapshot& snapshot() const { return *snapshot_; }
  [[nodiscard]] Result<ReadObject> read(Version version) const;
  /// The name of an object, or its id.
  [[nodiscard]] Result<std::string> name_of(const std::string& id);

 private:
  RecordAt(const Snapshot& snapshot, std::uint64_t at, Contents opened, Names known)
      : size(at), contents(opened), names(std::move(known)), snapshot_(&snapshot) {}

  const Snapshot* snapshot_;
};

}  // namespace comity::query
