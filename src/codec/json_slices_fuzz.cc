#include <cstddef>
#include <cstdint>

#include "codec/json_slices.h"

#include "tests/fuzz_target.h"

namespace {

using comity::ByteView;

bool lies_in(ByteView piece, ByteView whole) {
  return piece.data() >= whole.data() && piece.data() + piece.size() <= whole.data() + whole.size();
}

}  // namespace

/// Pieces lie in the text, in order, and an object is its own only object.
COMITY_FUZZ_TARGET(codec_json_slices_fuzz)(const std::uint8_t* data, std::size_t size) {
  const ByteView text = std::as_bytes(std::span(data, size));
  const auto objects = comity::codec::json_objects(text);
  if (!objects) return 0;
  const std::byte* end = text.data();
  for (const ByteView object : *objects) {
    COMITY_ASSERT(lies_in(object, text) && object.data() >= end);
    end = object.data() + object.size();
    const auto again = comity::codec::json_objects(object);
    COMITY_ASSERT(again && again->size() == 1 && comity::equal(again->front(), object));
    const auto elements = comity::codec::json_elements(object, "objects");
    if (!elements) continue;
    for (const ByteView element : *elements) COMITY_ASSERT(lies_in(element, object));
  }
  return 0;
}
