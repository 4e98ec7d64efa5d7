#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/error.h"
#include "base/limits.h"

namespace comity::codec {

enum class JsonKind : std::uint8_t { kObject, kArray, kString, kNumber, kBool, kNull };

/// A view of one JSON object that a `JsonReader` has read: two words, copied freely. It and the
/// views that it gives live until the reader reads again or goes.
///
/// A look-up takes time linear in the members before the one found. Each refuses `json-member-kind`
/// where the member is there but of another kind; a member that is missing is nothing (or an empty
/// list), so that the caller says in its own words what it needs.
class JsonObject {
 public:
  /// The kind of a member, or nothing where it is missing.
  [[nodiscard]] std::optional<JsonKind> kind(std::string_view key) const;

  [[nodiscard]] Result<std::optional<std::string_view>> text(std::string_view key) const;
  [[nodiscard]] Result<std::optional<bool>> boolean(std::string_view key) const;
  /// A number written as an integer that fits.
  [[nodiscard]] Result<std::optional<std::int64_t>> integer(std::string_view key) const;
  [[nodiscard]] Result<std::optional<JsonObject>> object(std::string_view key) const;
  /// An array of strings; refused when any of its elements is something else.
  [[nodiscard]] Result<std::vector<std::string_view>> texts(std::string_view key) const;
  /// An array of objects; refused when any of its elements is something else.
  [[nodiscard]] Result<std::vector<JsonObject>> objects(std::string_view key) const;
  /// The names of all members, in the order of the text.
  [[nodiscard]] std::vector<std::string_view> keys() const;

 private:
  friend class JsonReader;
  friend struct JsonAccess;
  /// The parser library's own view, kept opaque so that its large header is read in one place.
  using Element = std::array<std::uintptr_t, 2>;
  explicit JsonObject(Element element) : element_(element) {}

  Element element_;
};

/// Reads JSON texts (RFC 8259) one after another, keeping its buffers. One per thread.
class JsonReader {
 public:
  JsonReader();
  ~JsonReader();
  JsonReader(JsonReader&&) noexcept;
  JsonReader& operator=(JsonReader&&) noexcept;

  /// Reads a text that is exactly one object, and checks all of it: UTF-8, grammar, no name twice
  /// in any object (compared after unescaping), nothing before or after it but white space, no byte
  /// order mark. Takes time linear in the text, but for sorting the names of large objects.
  ///
  /// Refuses `json-too-large` (over limits::kObjectBytes), `json-malformed`, `json-not-object`,
  /// `json-duplicate-key` and `json-too-deep` (more than limits::kDepth arrays and objects in one
  /// another). A number that is an integer beyond 64 bits, or too great for a double, is malformed.
  Result<JsonObject> read(ByteView text);

  /// The same but for names that occur twice and the exact depth, which are left to a caller that
  /// walks the whole text anyway (json_value.h). Nested at most one level deeper than allowed. Of a
  /// text that holds many objects, such as a bundle, the caller may allow `most` bytes.
  Result<JsonObject> parse(ByteView text, std::size_t most = limits::kObjectBytes);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace comity::codec
