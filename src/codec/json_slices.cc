#include "codec/json_slices.h"

#include <algorithm>
#include <string>

#include <simdjson.h>

#include "base/limits.h"

// Finding where values end needs no more than strings and brackets; that everything between is
// JSON is for the parser, which reads the whole text besides.
namespace comity::codec {
namespace {

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

/// A place in a text, going forward.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  [[nodiscard]] bool at_end() const { return at_ >= text_.size(); }
  [[nodiscard]] char next() const { return at_end() ? '\0' : text_[at_]; }
  void skip() { ++at_; }
  void skip_space() {
    while (!at_end() && is_space(text_[at_])) ++at_;
  }

  /// From a quotation mark to the one that ends it. REQUIRES: next() == '"'.
  std::string_view take_string() {
    const std::size_t begin = at_++;
    while (!at_end() && text_[at_] != '"') at_ += text_[at_] == '\\' ? 2 : 1;
    at_ = std::min(at_ + 1, text_.size());
    return text_.substr(begin, at_ - begin);
  }

  /// One value: up to the bracket that closes it, or to what ends a bare word.
  std::string_view take_value() {
    const std::size_t begin = at_;
    if (next() == '"') return take_string();
    std::size_t depth = 0;
    while (!at_end()) {
      const char c = text_[at_];
      if (c == '"') {
        take_string();
        continue;
      }
      const bool closes = c == '}' || c == ']';
      if (depth == 0 && (closes || c == ',' || is_space(c))) break;
      ++at_;
      if (c == '{' || c == '[') ++depth;
      if (closes && --depth == 0) break;
    }
    return text_.substr(begin, at_ - begin);
  }

 private:
  std::string_view text_;
  std::size_t at_ = 0;
};

/// Reads the whole of it by the grammar.
Result<void> check_json(simdjson::dom::parser& parser, std::string_view text,
                        const std::string& what) {
  if (text.empty()) return refuse("json-malformed", what + " is empty; write an object.");
  simdjson::dom::element element;
  const auto error = parser.parse(text.data(), text.size()).get(element);
  if (error == simdjson::MEMALLOC || error == simdjson::CAPACITY)
    return fail("Memory for reading " + what);
  if (error == simdjson::DEPTH_ERROR)
    return refuse("json-too-deep", what + " nests deeper than 64 levels; flatten it.");
  if (error != simdjson::SUCCESS)
    return refuse("json-malformed", what + " is not JSON in UTF-8 (" +
                                        simdjson::error_message(error) + "); correct it.");
  if (!element.is_object())
    return refuse("json-not-object", what + " is not an object; write it in braces.");
  return {};
}

/// The pieces lie a level or two deeper here than when each is read alone.
Result<void> allocate(simdjson::dom::parser& parser, std::size_t size) {
  constexpr std::size_t kDepth = std::size_t{limits::kDepth} + 3;
  if (parser.allocate(size, kDepth) != simdjson::SUCCESS) return fail("Memory for reading JSON");
  return {};
}

/// Whether the string, quotes and escapes included, says `name`.
bool says(std::string_view string, std::string_view name) {
  if (!string.contains('\\'))
    return string.size() == name.size() + 2 && string.substr(1, name.size()) == name;
  simdjson::dom::parser parser;
  std::string_view unescaped;
  const std::string document = "[" + std::string(string) + "]";
  return parser.parse(document).at(0).get_string().get(unescaped) == simdjson::SUCCESS &&
         unescaped == name;
}

std::vector<ByteView> elements_of(std::string_view array) {
  std::vector<ByteView> elements;
  Scanner scanner(array);
  scanner.skip();
  for (scanner.skip_space(); !scanner.at_end() && scanner.next() != ']'; scanner.skip_space()) {
    if (scanner.next() == ',') {
      scanner.skip();
      continue;
    }
    elements.push_back(as_bytes(scanner.take_value()));
  }
  return elements;
}

}  // namespace

Result<std::vector<ByteView>> json_objects(ByteView text) {
  std::vector<ByteView> objects;
  simdjson::dom::parser parser;
  std::size_t allocated = 0;
  Scanner scanner(as_text(text));
  for (scanner.skip_space(); !scanner.at_end(); scanner.skip_space()) {
    const std::string what = "Object " + std::to_string(objects.size() + 1);
    const std::string_view value = scanner.take_value();
    if (value.empty()) return refuse("json-malformed", what + " begins with a stray mark.");
    if (value.size() > allocated) {
      COMITY_CHECK(allocate(parser, value.size()));
      allocated = value.size();
    }
    COMITY_CHECK(check_json(parser, value, what));
    objects.push_back(as_bytes(value));
  }
  return objects;
}

Result<std::vector<ByteView>> json_elements(ByteView object, std::string_view name) {
  simdjson::dom::parser parser;
  COMITY_CHECK(allocate(parser, object.size()));
  COMITY_CHECK(check_json(parser, as_text(object), "The text"));
  std::vector<ByteView> elements;
  bool found = false;
  Scanner scanner(as_text(object));
  scanner.skip_space();
  scanner.skip();
  for (scanner.skip_space(); !scanner.at_end() && scanner.next() != '}'; scanner.skip_space()) {
    if (scanner.next() == ',') {
      scanner.skip();
      continue;
    }
    const std::string_view key = scanner.take_string();
    scanner.skip_space();
    scanner.skip();  // the colon
    scanner.skip_space();
    const std::string_view value = scanner.take_value();
    if (!says(key, name)) continue;
    if (found)
      return refuse("json-duplicate-key",
                    "The object has the name " + std::string(name) + " twice; keep one.");
    found = true;
    if (value.starts_with('[')) elements = elements_of(value);
  }
  return elements;
}

}  // namespace comity::codec
