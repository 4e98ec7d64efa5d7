#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "intake/fields.h"
#include "intake/imported.h"

namespace comity::intake {

/// Reading a JSON file that others publish: members that are not known are ignored, since their
/// authors add some whenever they like.

/// A string or a list of strings; empty ones and those that stood before are left out. Nothing
/// where the member is missing or of another kind.
[[nodiscard]] std::vector<std::string> lenient_texts(const Json& object, std::string_view name);
/// A string, or "".
[[nodiscard]] std::string lenient_text(const Json& object, std::string_view name);

/// Appends an external reference: an address as `url` under the name of its host, anything else as
/// the `description` of the source, marked as `source_malformed`.
void add_source(Json& references, const std::string& text, std::string_view source,
                std::string_view record, Doubts& doubts);

}  // namespace comity::intake
