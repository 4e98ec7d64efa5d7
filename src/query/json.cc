#include "query/json.h"

#include "filing/object.h"

namespace comity::query {

const Json& member(const Json& object, const char* name) {
  static const Json nothing;
  if (!object.is_object()) return nothing;
  const auto found = object.find(name);
  return found == object.end() ? nothing : *found;
}

std::string text_at(const Json& object, const char* name) {
  const Json& found = member(object, name);
  return found.is_string() ? found.get<std::string>() : std::string{};
}

std::vector<std::string> texts_at(const Json& object, const char* name) {
  std::vector<std::string> texts;
  const Json& found = member(object, name);
  if (found.is_array())
    for (const auto& it : found)
      if (it.is_string()) texts.push_back(it.get<std::string>());
  return texts;
}

const Json& extension_of(const Json& object) {
  return member(member(object, "extensions"), std::string(filing::kExtensionId).c_str());
}

}  // namespace comity::query
