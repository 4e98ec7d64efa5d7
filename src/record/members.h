#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "base/partial_date.h"
#include "codec/json_value.h"
#include "record/row.h"

/// Reading members of an object totally: what is not of the wanted form is nothing.
namespace comity::record {

using codec::JsonValue;

/// An object, or nothing at all.
using Member = std::optional<JsonValue>;

[[nodiscard]] Member object_in(const Member& object, std::string_view name);
[[nodiscard]] std::string_view text_in(const Member& object, std::string_view name);

[[nodiscard]] Value text_value(const Member& object, std::string_view name);
[[nodiscard]] Value word_value(const Member& object, std::string_view name);
[[nodiscard]] Value integer_value(const Member& object, std::string_view name);
/// A STIX id.
[[nodiscard]] Value ref_value(const Member& object, std::string_view name);
/// 1 for true and for a list that is not empty, else 0.
[[nodiscard]] Value mark_value(const Member& object, std::string_view name);
/// {"date": "2017-06", "precision": "month"}, as exact as the less exact of the two says: 1 January
/// with the precision of a year is that year.
[[nodiscard]] std::optional<PartialDate> stated_date(const Member& object, std::string_view name);
/// The same as first day, last day and precision.
[[nodiscard]] std::array<Value, 3> date_values(const Member& object, std::string_view name);

/// Whether a text can be a word: not empty, and not longer than a code of any data set.
[[nodiscard]] bool is_word(std::string_view text);

}  // namespace comity::record
