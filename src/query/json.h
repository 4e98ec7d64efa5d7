#pragma once

#include <string>
#include <vector>

#include <nlohmann/json.hpp>

/// JSON as programs get it of the record: members in the order in which they are written.
namespace comity::query {

using Json = nlohmann::ordered_json;

// Members of JSON that may be missing or of another kind.
[[nodiscard]] std::string text_at(const Json& object, const char* name);
[[nodiscard]] std::vector<std::string> texts_at(const Json& object, const char* name);
/// The member, or null.
[[nodiscard]] const Json& member(const Json& object, const char* name);
/// Comity's extension of an object, or null.
[[nodiscard]] const Json& extension_of(const Json& object);

}  // namespace comity::query
