#pragma once

#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/error.h"

/// Pieces of JSON texts, byte for byte as they stand there: what is filed is never written anew.
/// Both check all of the text: UTF-8, grammar, depth (json-too-deep above limits::kDepth, one
/// more for what holds the pieces). Names that occur twice are found when a piece is read. Time
/// linear in the text.
namespace comity::codec {

/// The objects of a text that is one object, or several one after another with nothing but white
/// space between: JSON Lines. Views into the text. Refuses `json-malformed`, naming the object by
/// its number; `json-not-object` for any other value; `json-too-deep`.
[[nodiscard]] Result<std::vector<ByteView>> json_objects(ByteView text);

/// The elements of the array that the object has under that name; empty where it has none, or
/// something else there. Refuses as above, and `json-duplicate-key` where it has the name twice.
[[nodiscard]] Result<std::vector<ByteView>> json_elements(ByteView object, std::string_view name);

}  // namespace comity::codec
