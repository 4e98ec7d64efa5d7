#include "intake/foreign_json.h"

#include "intake/cell_text.h"
#include "intake/web_address.h"

namespace comity::intake {

std::vector<std::string> lenient_texts(const Json& object, std::string_view name) {
  TextsOnce texts;
  const auto add = [&texts](const Json& value) {
    if (value.is_string()) texts.add(value.get_ref<const std::string&>());
  };
  const auto found = object.find(name);
  if (found == object.end()) return {};
  if (found->is_array())
    for (const Json& value : *found) add(value);
  else
    add(*found);
  return texts.list();
}

std::string lenient_text(const Json& object, std::string_view name) {
  const auto found = object.find(name);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

void add_source(Json& references, const std::string& text, std::string_view source,
                std::string_view record, Doubts& doubts) {
  if (const auto host = host_of(text)) {
    references.push_back({{"source_name", *host}, {"url", text}});
    return;
  }
  references.push_back({{"source_name", source}, {"description", text}});
  doubts.add("source_malformed", record);
}

}  // namespace comity::intake
