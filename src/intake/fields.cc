#include "intake/fields.h"

#include <algorithm>

#include <fmt/format.h>

#include "codec/json.h"
#include "codec/ordered_json.h"

namespace comity::intake {

std::unexpected<Error> Fields::refused(std::string_view name, std::string_view needed) const {
  std::string place = place_;
  if (!name.empty()) place += (place.empty() ? "" : ".") + std::string(name);
  if (place.empty()) place = "the whole file";
  return refuse("intake-malformed", fmt::format("At {} of the data file, {}.", place, needed));
}

Result<void> Fields::only(std::initializer_list<std::string_view> names) const {
  for (const auto& item : object_->items())
    if (std::ranges::find(names, std::string_view(item.key())) == names.end())
      return refused("", "the member \"" + item.key() + "\" is unknown: remove or correct it");
  return {};
}

bool Fields::has(std::string_view name) const { return object_->contains(name); }

Result<const Json*> Fields::member(std::string_view name, std::string_view needed) const {
  const auto found = object_->find(name);
  if (found == object_->end())
    return refused(name, "nothing stands where there must be " + std::string(needed));
  return &*found;
}

Result<std::string> Fields::any_text(std::string_view name) const {
  COMITY_TRY(const Json* value, member(name, "a string"));
  if (!value->is_string()) return refused(name, "there must be a string");
  return value->get<std::string>();
}

Result<std::string> Fields::text(std::string_view name) const {
  COMITY_TRY(std::string value, any_text(name));
  if (value.empty()) return refused(name, "there must be a string that is not empty");
  return value;
}

Result<std::optional<std::string>> Fields::optional_text(std::string_view name) const {
  if (!has(name)) return std::nullopt;
  COMITY_TRY(std::string value, text(name));
  return value;
}

Result<bool> Fields::mark(std::string_view name) const {
  if (!has(name)) return false;
  COMITY_TRY(const Json* value, member(name, "true"));
  if (*value != true) return refused(name, "there must be true or no such member");
  return true;
}

Result<PartialDate> Fields::date(std::string_view name) const {
  COMITY_TRY(const std::string value, any_text(name));
  auto date = PartialDate::parse(value);
  if (!date) return refused(name, "there must be a date YYYY, YYYY-MM or YYYY-MM-DD");
  return *date;
}

Result<std::vector<std::string>> Fields::texts(std::string_view name) const {
  COMITY_TRY(const Json* value, member(name, "a list of strings"));
  if (!value->is_array()) return refused(name, "there must be a list of strings");
  std::vector<std::string> all;
  for (const Json& item : *value) {
    if (!item.is_string() || item.get_ref<const std::string&>().empty())
      return refused(fmt::format("{}[{}]", name, all.size()),
                     "there must be a string that is not empty");
    all.push_back(item.get<std::string>());
  }
  return all;
}

Result<Fields> Fields::object(std::string_view name) const {
  COMITY_TRY(const Json* value, member(name, "an object"));
  if (!value->is_object()) return refused(name, "there must be an object");
  return Fields(*value, (place_.empty() ? "" : place_ + ".") + std::string(name));
}

Result<std::vector<Fields>> Fields::objects(std::string_view name) const {
  COMITY_TRY(const Json* value, member(name, "a list of objects"));
  if (!value->is_array()) return refused(name, "there must be a list of objects");
  std::vector<Fields> all;
  for (const Json& item : *value) {
    const std::string at = fmt::format("{}[{}]", name, all.size());
    if (!item.is_object()) return refused(at, "there must be an object");
    all.emplace_back(item, (place_.empty() ? "" : place_ + ".") + at);
  }
  return all;
}

Result<const Json*> Fields::object_or_null(std::string_view name) const {
  COMITY_TRY(const Json* value, member(name, "an object or null"));
  if (!value->is_object() && !value->is_null())
    return refused(name, "there must be an object or null");
  return value;
}

Result<Json> read_data(ByteView bytes) {
  // The strict reader bounds size and depth first; what it accepts the second parser can hold.
  codec::JsonReader reader;
  if (auto read = reader.read(bytes); !read)
    return refuse("intake-malformed", "The data file is not readable: " + read.error().sentence());
  Json value = codec::parse_ordered(as_text(bytes));
  if (!value.is_object())
    return refuse("intake-malformed", "The data file is not one JSON object; write it anew.");
  return value;
}

}  // namespace comity::intake
