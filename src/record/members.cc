#include "record/members.h"

#include "filing/stix_id.h"

namespace comity::record {
namespace {

constexpr std::size_t kWordBytes = 1024;

Member member(const Member& object, std::string_view name) {
  if (!object || !object->is_object()) return std::nullopt;
  return object->member(name);
}

}  // namespace

bool is_word(std::string_view text) { return !text.empty() && text.size() <= kWordBytes; }

Member object_in(const Member& object, std::string_view name) {
  const auto found = member(object, name);
  return found && found->is_object() ? found : std::nullopt;
}

std::string_view text_in(const Member& object, std::string_view name) {
  const auto found = member(object, name);
  return found ? found->text() : std::string_view{};
}

Value text_value(const Member& object, std::string_view name) {
  const auto found = member(object, name);
  if (!found || !found->is_string()) return {};
  return found->text();
}

Value word_value(const Member& object, std::string_view name) {
  const std::string_view text = text_in(object, name);
  if (!is_word(text)) return {};
  return Word{text};
}

Value integer_value(const Member& object, std::string_view name) {
  const auto found = member(object, name);
  const auto integer = found ? found->integer() : std::nullopt;
  if (!integer) return {};
  return *integer;
}

Value ref_value(const Member& object, std::string_view name) {
  const std::string_view id = text_in(object, name);
  if (!filing::is_stix_id(id)) return {};
  return Ref{id};
}

Value mark_value(const Member& object, std::string_view name) {
  const auto found = member(object, name);
  if (!found) return std::int64_t{0};
  if (found->is_array()) return std::int64_t{found->elements().size() > 0 ? 1 : 0};
  return std::int64_t{found->boolean() ? 1 : 0};
}

std::optional<PartialDate> stated_date(const Member& object, std::string_view name) {
  const Member stated = object_in(object, name);
  const auto date = PartialDate::parse(text_in(stated, "date"));
  if (!date) return std::nullopt;
  return date->at_most(text_in(stated, "precision"));
}

std::array<Value, 3> date_values(const Member& object, std::string_view name) {
  const auto date = stated_date(object, name);
  if (!date) return {};
  return {date->first_day(), date->last_day(), static_cast<std::int64_t>(date->precision())};
}

}  // namespace comity::record
