#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include <nlohmann/json.hpp>

#include "codec/canonical_json.h"

#include "tests/fuzz_target.h"

namespace {

using nlohmann::json;

/// Makes each number a double, as canonical numbers are.
void to_doubles(json& value) {
  if (value.is_number()) value = value.get<double>();
  if (value.is_structured())
    for (json& child : value) to_doubles(child);
}

json with_doubles(std::string_view text) {
  json value = json::parse(text);
  to_doubles(value);
  return value;
}

}  // namespace

/// The canonical text says to another parser what the text says, and is its own canonical text.
COMITY_FUZZ_TARGET(codec_canonical_json_fuzz)(const std::uint8_t* data, std::size_t size) {
  using namespace comity;
  codec::JsonReader reader;
  const ByteView bytes = std::as_bytes(std::span(data, size));
  const auto object = reader.read(bytes);
  if (!object) return 0;
  const std::string canonical = codec::canonical_json(codec::JsonValue(*object));
  COMITY_ASSERT(with_doubles(canonical) == with_doubles(as_text(bytes)));
  // It may be longer than the text, and whole doubles pass the 64 bits that a reader takes.
  codec::JsonReader second;
  const auto again = second.read(as_bytes(canonical));
  if (again) COMITY_ASSERT(codec::canonical_json(codec::JsonValue(*again)) == canonical);
  return 0;
}
