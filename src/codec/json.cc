#include "codec/json.h"

#include <algorithm>
#include <bit>
#include <span>
#include <string>

#include <simdjson.h>

#include "base/limits.h"
#include "codec/json_names.h"
#include "codec/json_value.h"

namespace comity::codec {

namespace dom = simdjson::dom;

/// Turns the opaque words into the library's view and back.
struct JsonAccess {
  static dom::object open(const JsonObject& object) {
    return std::bit_cast<dom::object>(object.element_);
  }
  /// An object and an element are the same two words: a document and a place in it.
  static dom::element open_element(const JsonObject& object) {
    return std::bit_cast<dom::element>(object.element_);
  }
  static JsonObject wrap(const dom::object& object) {
    return JsonObject(std::bit_cast<JsonObject::Element>(object));
  }
};

namespace {

std::unexpected<Error> member_kind(std::string_view key, std::string_view kind) {
  return refuse("json-member-kind",
                "The member '" + std::string(key) + "' must be " + std::string(kind) + ".");
}

/// The member, or nothing.
std::optional<dom::element> find(const JsonObject& object, std::string_view key) {
  dom::element element;
  if (JsonAccess::open(object).at_key(key).get(element) != simdjson::SUCCESS) return std::nullopt;
  return element;
}

JsonKind kind_of(const dom::element& element) {
  switch (element.type()) {
    case dom::element_type::OBJECT:
      return JsonKind::kObject;
    case dom::element_type::ARRAY:
      return JsonKind::kArray;
    case dom::element_type::STRING:
      return JsonKind::kString;
    case dom::element_type::BOOL:
      return JsonKind::kBool;
    case dom::element_type::NULL_VALUE:
      return JsonKind::kNull;
    case dom::element_type::INT64:
    case dom::element_type::UINT64:
    case dom::element_type::DOUBLE:
      break;
  }
  return JsonKind::kNumber;
}

/// The member as a T of the library, nothing if missing, refused if it is something else.
template <class T>
Result<std::optional<T>> member(const JsonObject& object, std::string_view key,
                                std::string_view kind) {
  const auto element = find(object, key);
  if (!element) return std::optional<T>();
  T value;
  if (element->get(value) != simdjson::SUCCESS) return member_kind(key, kind);
  return std::optional<T>(value);
}

/// All elements of an array member as T.
template <class T>
Result<std::vector<T>> elements(const JsonObject& object, std::string_view key,
                                std::string_view kind) {
  std::vector<T> values;
  COMITY_TRY(const auto array, member<dom::array>(object, key, kind));
  if (!array) return values;
  values.reserve(array->size());
  for (const dom::element element : *array) {
    T value;
    if (element.get(value) != simdjson::SUCCESS) return member_kind(key, kind);
    values.push_back(value);
  }
  return values;
}

/// The name for a sentence, which may end on a terminal: only where it is short and harmless.
std::string shown(std::string_view name) {
  constexpr std::size_t kShownBytes = 64;
  const auto harmless = [](char c) { return c >= ' ' && c <= '~'; };
  if (name.size() > kShownBytes || !std::ranges::all_of(name, harmless)) return "of a member";
  return "'" + std::string(name) + "'";
}

std::unexpected<Error> too_deep() {
  return refuse("json-too-deep", "The JSON nests more than 64 arrays and objects.");
}

/// Looks for names that an object holds twice, at any depth, and bounds the depth exactly (the
/// parser doesn't count empty arrays and objects). `names` is a stack: each object on the way down
/// keeps its names there until it ends.
class Walk {
 public:
  explicit Walk(std::vector<std::string_view>& names) : names_(&names) { names.clear(); }

  /// `depth` counts the arrays and objects around this object.
  Result<void> check(const dom::object& object, int depth) {
    if (depth >= limits::kDepth) return too_deep();
    const std::size_t base = names_->size();
    for (const dom::key_value_pair member : object) {
      names_->push_back(member.key);
      COMITY_CHECK(check(member.value, depth + 1));
    }
    const std::string_view* twice = find_duplicate(std::span(*names_).subspan(base));
    if (twice)
      return refuse("json-duplicate-key",
                    "An object of the JSON holds the name " + shown(*twice) + " twice; keep one.");
    names_->resize(base);
    return {};
  }

 private:
  Result<void> check(const dom::element& element, int depth) {
    dom::object object;
    if (element.get(object) == simdjson::SUCCESS) return check(object, depth);
    dom::array array;
    if (element.get(array) != simdjson::SUCCESS) return {};
    if (depth >= limits::kDepth) return too_deep();
    for (const dom::element child : array) COMITY_CHECK(check(child, depth + 1));
    return {};
  }

  std::vector<std::string_view>* names_;
};

std::unexpected<Error> unreadable(simdjson::error_code code) {
  switch (code) {
    case simdjson::MEMALLOC:
      return fail("There is no memory to read JSON.");
    case simdjson::DEPTH_ERROR:
      return too_deep();
    case simdjson::UTF8_ERROR:
      return refuse("json-malformed", "The JSON is not valid UTF-8.");
    case simdjson::NUMBER_ERROR:
      return refuse("json-malformed",
                    "A number of the JSON is malformed, or beyond 64 bits or a double.");
    default:
      return refuse("json-malformed",
                    std::string("The JSON is malformed: ") + simdjson::error_message(code));
  }
}

}  // namespace

std::optional<JsonKind> JsonObject::kind(std::string_view key) const {
  const auto element = find(*this, key);
  return element ? std::optional(kind_of(*element)) : std::nullopt;
}

Result<std::optional<std::string_view>> JsonObject::text(std::string_view key) const {
  return member<std::string_view>(*this, key, "a string");
}

Result<std::optional<bool>> JsonObject::boolean(std::string_view key) const {
  return member<bool>(*this, key, "true or false");
}

Result<std::optional<std::int64_t>> JsonObject::integer(std::string_view key) const {
  return member<std::int64_t>(*this, key, "an integer of 64 bits");
}

Result<std::optional<JsonObject>> JsonObject::object(std::string_view key) const {
  COMITY_TRY(const auto found, member<dom::object>(*this, key, "an object"));
  return found ? std::optional(JsonAccess::wrap(*found)) : std::nullopt;
}

Result<std::vector<std::string_view>> JsonObject::texts(std::string_view key) const {
  return elements<std::string_view>(*this, key, "an array of strings");
}

Result<std::vector<JsonObject>> JsonObject::objects(std::string_view key) const {
  COMITY_TRY(const auto found, elements<dom::object>(*this, key, "an array of objects"));
  std::vector<JsonObject> result;
  result.reserve(found.size());
  for (const dom::object& object : found) result.push_back(JsonAccess::wrap(object));
  return result;
}

std::vector<std::string_view> JsonObject::keys() const {
  std::vector<std::string_view> names;
  for (const dom::key_value_pair member : JsonAccess::open(*this)) names.push_back(member.key);
  return names;
}

struct JsonReader::State {
  dom::parser parser;
  std::vector<std::string_view> names;
};

JsonReader::JsonReader() : state_(std::make_unique<State>()) {}
JsonReader::~JsonReader() = default;
JsonReader::JsonReader(JsonReader&&) noexcept = default;
JsonReader& JsonReader::operator=(JsonReader&&) noexcept = default;

Result<JsonObject> JsonReader::parse(ByteView text, std::size_t most) {
  constexpr std::size_t kStartBytes = 16384;
  if (text.size() > most)
    return refuse("json-too-large", "The JSON has more than " + std::to_string(most) + " bytes.");
  if (text.empty()) return unreadable(simdjson::EMPTY);  // The parser wants an address.
  dom::parser& parser = state_->parser;
  if (parser.capacity() == 0) {
    const auto code = parser.allocate(kStartBytes, limits::kDepth + 1);
    if (code != simdjson::SUCCESS) return unreadable(code);
  }
  dom::element root;
  const std::string_view chars = as_text(text);
  if (const auto code = parser.parse(chars.data(), chars.size()).get(root)) return unreadable(code);
  dom::object object;
  if (root.get(object) != simdjson::SUCCESS)
    return refuse("json-not-object", "The JSON must be one object, in braces.");
  return JsonAccess::wrap(object);
}

Result<JsonObject> JsonReader::read(ByteView text) {
  COMITY_TRY(const auto object, parse(text));
  COMITY_CHECK(Walk(state_->names).check(JsonAccess::open(object), 0));
  return object;
}

JsonValue::JsonValue(const JsonObject& object) : element_(JsonAccess::open_element(object)) {}

}  // namespace comity::codec
