#include <cstddef>
#include <cstdint>
#include <set>
#include <span>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "codec/json.h"

#include "tests/fuzz_target.h"

namespace {

using nlohmann::json;

/// Whether another parser finds exactly one object; notes whether a name stands in any twice.
bool is_one_object(std::string_view text, bool& has_duplicate) {
  std::vector<std::set<std::string>> names;
  const auto look = [&](int, json::parse_event_t event, json& value) {
    if (event == json::parse_event_t::object_start) names.emplace_back();
    if (event == json::parse_event_t::object_end) names.pop_back();
    if (event == json::parse_event_t::key && !names.back().insert(value.get<std::string>()).second)
      has_duplicate = true;
    return true;
  };
  return json::parse(text, look, false).is_object();
}

}  // namespace

/// A second reading gives the same; what is accepted, another parser accepts; and the two agree on
/// names that stand there twice.
COMITY_FUZZ_TARGET(codec_json_fuzz)(const std::uint8_t* data, std::size_t size) {
  using namespace comity;
  static codec::JsonReader used;
  const ByteView bytes = std::as_bytes(std::span(data, size));
  codec::JsonReader fresh;
  const auto first = used.read(bytes);
  const auto second = fresh.read(bytes);
  COMITY_ASSERT(first.has_value() == second.has_value());
  if (first) {
    COMITY_ASSERT(first->keys() == second->keys());
    for (const std::string_view key : first->keys()) {
      COMITY_ASSERT(is_utf8(key));
      COMITY_ASSERT(first->kind(key) == second->kind(key));
      COMITY_ASSERT(first->text(key) == second->text(key));
      COMITY_ASSERT(first->texts(key) == second->texts(key));
    }
  } else {
    COMITY_ASSERT(first.error() == second.error());
  }
  const bool duplicate = !first && first.error().code() == "json-duplicate-key";
  if (first || duplicate) {
    bool has_duplicate = false;
    COMITY_ASSERT(is_one_object(as_text(bytes), has_duplicate));
    COMITY_ASSERT(has_duplicate == duplicate);
  }
  return 0;
}
