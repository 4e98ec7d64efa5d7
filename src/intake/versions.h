#pragma once

#include <array>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/error.h"
#include "base/time.h"

namespace comity::intake {

struct ContentTag;
/// SHA-256 of an object's bytes without the values of `created` and `modified`.
using ContentDigest = Digest<ContentTag>;

/// What the importing party has filed of an id: its newest version.
struct FiledVersion {
  /// As it stands in the object.
  std::string created;
  UnixMicros modified{};
  ContentDigest content;
  /// Its content was erased from the log, or the party has revoked it: it must not come back.
  bool withdrawn = false;
};

/// The newest version that the importing party has filed of an id, or nothing.
using Filed = std::function<Result<std::optional<FiledVersion>>(std::string_view id)>;

/// What `Filed` says of an object of this party's, read from its bytes as they were filed. Nothing
/// where the object is not laid out as importers lay theirs out: then it is another's work, and an
/// importer that makes the same id makes a new version.
[[nodiscard]] std::optional<FiledVersion> filed_version(std::string_view object);

/// What is to be filed of what an importer made.
struct Changes {
  std::vector<std::string> objects;
  std::size_t added = 0;
  std::size_t changed = 0;
  std::size_t unchanged = 0;
  std::size_t withdrawn = 0;
};

/// Leaves out each object whose newest filed version says the same, and gives a new version to each
/// whose content differs: `created` as filed, `modified` the time of this import, or a millisecond
/// after the filed one where that is later. What is withdrawn is left out. Of two objects with one
/// id only the first is taken. REQUIRES: the objects were finished by StixMaker, with created =
/// modified = the import's time.
[[nodiscard]] Result<Changes> changes(std::vector<std::string> objects, const Filed& filed);

}  // namespace comity::intake
