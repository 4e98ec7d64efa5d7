#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "base/bytes.h"
#include "base/error.h"
#include "base/partial_date.h"

namespace comity::intake {

/// Members keep the order in which they were written or read.
using Json = nlohmann::ordered_json;

/// One object of a data file together with its place in it ("incidents[3].victims"), which every
/// refusal names. A view: it lives as long as the file it was read from.
///
/// All members refuse `intake-malformed`.
class Fields {
 public:
  Fields(const Json& object, std::string place) : object_(&object), place_(std::move(place)) {}

  /// Refuses any member that is not named, so that a misspelt optional one is not lost.
  [[nodiscard]] Result<void> only(std::initializer_list<std::string_view> names) const;

  [[nodiscard]] bool has(std::string_view name) const;
  /// A string, which may be empty.
  [[nodiscard]] Result<std::string> any_text(std::string_view name) const;
  /// A string that is not empty.
  [[nodiscard]] Result<std::string> text(std::string_view name) const;
  /// The same where the member is there.
  [[nodiscard]] Result<std::optional<std::string>> optional_text(std::string_view name) const;
  /// `true`, or false where the member is missing.
  [[nodiscard]] Result<bool> mark(std::string_view name) const;
  [[nodiscard]] Result<PartialDate> date(std::string_view name) const;
  /// A list of strings that are not empty; the list may be.
  [[nodiscard]] Result<std::vector<std::string>> texts(std::string_view name) const;
  [[nodiscard]] Result<Fields> object(std::string_view name) const;
  [[nodiscard]] Result<std::vector<Fields>> objects(std::string_view name) const;
  /// An object or null, as it stands.
  [[nodiscard]] Result<const Json*> object_or_null(std::string_view name) const;

  /// The refusal of a member, or of the object itself where `name` is empty: `needed` says in
  /// words what belongs there.
  [[nodiscard]] std::unexpected<Error> refused(std::string_view name,
                                               std::string_view needed) const;

 private:
  [[nodiscard]] Result<const Json*> member(std::string_view name, std::string_view needed) const;

  const Json* object_;
  std::string place_;
};

/// Reads a data file: one JSON object, as strictly as a STIX object is read (codec/json.h).
[[nodiscard]] Result<Json> read_data(ByteView bytes);

}  // namespace comity::intake
