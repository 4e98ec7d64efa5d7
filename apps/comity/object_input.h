#pragma once

#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/error.h"
#include "filing/object.h"

namespace comity::cli {

/// An object to be filed: its bytes as they stand in the file, and what was read of it.
struct InputObject {
  ByteView bytes;
  filing::ObjectHead head;
};

/// The objects of files. Owns the bytes.
struct ObjectInput {
  std::vector<Bytes> files;
  std::vector<InputObject> objects;
};

/// Each file ("-" = standard input) holds STIX objects, bundles (whose objects are taken), or both
/// one after another: JSON Lines. Refuses as codec::json_objects and filing::read_object, naming
/// file and object; `input-empty` where there is none.
[[nodiscard]] Result<ObjectInput> read_objects(const std::vector<std::string>& paths);

}  // namespace comity::cli
