#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include <simdjson.h>

#include "codec/json.h"

/// For walking a parsed text member by member at the parser's own speed: everything here is inline,
/// so the parser's large header comes along. Only walkers include it; readers take `JsonObject`.
namespace comity::codec {

/// A view of one value, two words; it lives as long as the `JsonObject` that it comes from.
class JsonValue {
 public:
  using Element = simdjson::dom::element;

  JsonValue() = default;
  explicit JsonValue(Element element) : element_(element) {}
  explicit JsonValue(const JsonObject& object);

  [[nodiscard]] JsonKind kind() const {
    switch (element_.type()) {
      case simdjson::dom::element_type::OBJECT:
        return JsonKind::kObject;
      case simdjson::dom::element_type::ARRAY:
        return JsonKind::kArray;
      case simdjson::dom::element_type::STRING:
        return JsonKind::kString;
      case simdjson::dom::element_type::BOOL:
        return JsonKind::kBool;
      case simdjson::dom::element_type::NULL_VALUE:
        return JsonKind::kNull;
      default:
        return JsonKind::kNumber;
    }
  }

  [[nodiscard]] bool is_object() const {
    return element_.type() == simdjson::dom::element_type::OBJECT;
  }
  [[nodiscard]] bool is_array() const {
    return element_.type() == simdjson::dom::element_type::ARRAY;
  }
  [[nodiscard]] bool is_string() const {
    return element_.type() == simdjson::dom::element_type::STRING;
  }
  [[nodiscard]] bool is_bool() const {
    return element_.type() == simdjson::dom::element_type::BOOL;
  }

  /// The string; empty for anything else.
  [[nodiscard]] std::string_view text() const {
    std::string_view value;
    if (element_.get(value) != simdjson::SUCCESS) value = {};
    return value;
  }
  /// The truth value; false for anything else.
  [[nodiscard]] bool boolean() const {
    bool value = false;
    return element_.get(value) == simdjson::SUCCESS && value;
  }
  /// A number without a fraction that fits, however it is written.
  [[nodiscard]] std::optional<std::int64_t> integer() const;
  /// Any number.
  [[nodiscard]] std::optional<double> number() const {
    double value = 0;
    if (element_.get(value) != simdjson::SUCCESS) return std::nullopt;
    return value;
  }

  /// For range-for over `.key` and `.value` of the members. REQUIRES: is_object().
  [[nodiscard]] simdjson::dom::object members() const;
  /// For range-for over the elements. REQUIRES: is_array().
  [[nodiscard]] simdjson::dom::array elements() const;

  /// The first member of that name, or nothing.
  [[nodiscard]] std::optional<JsonValue> member(std::string_view name) const {
    Element found;
    if (element_[name].get(found) != simdjson::SUCCESS) return std::nullopt;
    return JsonValue(found);
  }

 private:
  Element element_;
};

inline std::optional<std::int64_t> JsonValue::integer() const {
  std::int64_t value = 0;
  if (element_.get(value) == simdjson::SUCCESS) return value;
  constexpr double kExact = 9007199254740992;  // 2^53: every whole double below is exact
  const auto real = number();
  if (!real || *real < -kExact || *real > kExact) return std::nullopt;
  value = static_cast<std::int64_t>(*real);
  if (static_cast<double>(value) != *real) return std::nullopt;
  return value;
}

inline simdjson::dom::object JsonValue::members() const {
  simdjson::dom::object object;
  const auto code = element_.get(object);
  COMITY_ASSERT(code == simdjson::SUCCESS);
  return object;
}

inline simdjson::dom::array JsonValue::elements() const {
  simdjson::dom::array array;
  const auto code = element_.get(array);
  COMITY_ASSERT(code == simdjson::SUCCESS);
  return array;
}

}  // namespace comity::codec
