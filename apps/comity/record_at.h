#pragma once

#include <cstdint>
#include <string>

#include "base/error.h"

#include "context.h"
#include "query/as_of.h"
#include "query/content.h"
#include "query/names.h"
#include "record_directory.h"

namespace comity::cli {

/// A version with its object, read from the log.
struct ReadObject {
  query::Version version;
  std::string bytes;  ///< as filed; empty where erased or on hold
  Json json;          ///< the same read; null where it is not shown
};

/// A registry's record as of one size, with what it takes to print of it. One thread.
struct RecordAt {
  ReadRegistry registry;
  ReadRecord record;
  std::uint64_t size = 0;
  query::Contents contents;
  query::Names names;

  /// Refuses as read_registry, read_record and query::Snapshot::size_at.
  [[nodiscard]] static Result<RecordAt> open(const std::string& directory, const query::AsOf& as_of,
                                             const Context& context);

  [[nodiscard]] const query::Snapshot& snapshot() const { return record.snapshot; }
  [[nodiscard]] Result<ReadObject> read(query::Version version) const;
  /// The name of an object, or its id.
  [[nodiscard]] Result<std::string> name_of(const std::string& id);
};

// Members of JSON that may be missing or of another kind.
[[nodiscard]] std::string text_at(const Json& object, const char* name);
[[nodiscard]] std::vector<std::string> texts_at(const Json& object, const char* name);
/// The member, or null.
[[nodiscard]] const Json& member(const Json& object, const char* name);
/// Comity's extension of an object, or null.
[[nodiscard]] const Json& extension_of(const Json& object);

}  // namespace comity::cli
