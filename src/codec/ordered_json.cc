#include "codec/ordered_json.h"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace comity::codec {
namespace {

using Json = nlohmann::ordered_json;

/// Puts values into place as nlohmann's parser tells of them.
class Builder final : public nlohmann::json_sax<Json> {
 public:
  bool null() override { return put(nullptr); }
  bool boolean(bool value) override { return put(value); }
  bool number_integer(number_integer_t value) override { return put(value); }
  bool number_unsigned(number_unsigned_t value) override { return put(value); }
  bool number_float(number_float_t value, const string_t& /*text*/) override { return put(value); }
  bool string(string_t& value) override { return put(std::move(value)); }
  bool binary(binary_t& value) override { return put(std::move(value)); }
  bool start_object(std::size_t /*size*/) override { return open(Json::object()); }
  bool end_object() override { return close(); }
  bool start_array(std::size_t /*size*/) override { return open(Json::array()); }
  bool end_array() override { return close(); }
  bool key(string_t& name) override {
    name_ = std::move(name);
    return true;
  }
  bool parse_error(std::size_t /*position*/, const std::string& /*token*/,
                   const nlohmann::detail::exception& /*error*/) override {
    return false;
  }

  [[nodiscard]] Json take() { return std::move(whole_); }

 private:
  using Member = Json::object_t::value_type;

  /// Where the value now stands. A container grows only while it is the innermost, so that pointers
  /// to those that are open stay valid.
  Json& place(Json value) {
    if (open_.empty()) return whole_ = std::move(value);
    if (auto* array = open_.back()->get_ptr<Json::array_t*>())
      return array->emplace_back(std::move(value));
    // The vector's own emplace_back: that of the map looks for the name first.
    std::vector<Member>& members = *open_.back()->get_ptr<Json::object_t*>();
    return members.emplace_back(std::move(name_), std::move(value)).second;
  }
  bool put(Json value) {
    place(std::move(value));
    return true;
  }
  bool open(Json container) {
    open_.push_back(&place(std::move(container)));
    return true;
  }
  bool close() {
    open_.pop_back();
    return true;
  }

  Json whole_;
  std::vector<Json*> open_;
  std::string name_;
};

}  // namespace

Json parse_ordered(std::string_view text) {
  Builder builder;
  if (!Json::sax_parse(text.begin(), text.end(), &builder)) return Json::value_t::discarded;
  return builder.take();
}

}  // namespace comity::codec
