#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <random>
#include <span>
#include <string>

#include <nlohmann/json.hpp>

#include "stix/finding_code.h"
#include "stix/schema_index.h"
#include "stix/validator.h"

#include "tests/fuzz_target.h"

namespace comity::stix {
namespace {

bool is_known(const Finding& finding) {
  return std::ranges::find(code::kAll, finding.code) != code::kAll.end() &&
         finding.path.starts_with("$") && !finding.sentence.empty();
}

}  // namespace
}  // namespace comity::stix

/// Whatever the object: both ways of looking agree, a used validator says what a fresh one says,
/// and findings are few and of known codes.
COMITY_FUZZ_TARGET(stix_validator_fuzz)(const std::uint8_t* data, std::size_t size) {
  using namespace comity;
  static codec::JsonReader reader;
  static stix::Validator used;
  const auto object = reader.parse(std::as_bytes(std::span(data, size)));
  if (!object) {
    COMITY_ASSERT(stix::as_finding(object.error()).has_value());
    return 0;
  }
  const auto findings = used.validate(*object);
  COMITY_ASSERT(std::ranges::all_of(findings, stix::is_known));
  COMITY_ASSERT(findings == stix::Validator().validate(*object));
  COMITY_ASSERT(std::ranges::all_of(used.validate_frame(*object), stix::is_known));
  const auto error = used.first_error(*object);
  const auto first = std::ranges::find(findings, stix::Level::error, &stix::Finding::level);
  COMITY_ASSERT(error.has_value() == (first != findings.end()));
  if (error) COMITY_ASSERT(*error == *first);
  return 0;
}

#ifdef COMITY_FUZZ

// Changes objects as objects: bytes changed at random are hardly ever JSON, and no STIX at all.
namespace comity::stix {
namespace {

using Json = nlohmann::ordered_json;

class Mutation {
 public:
  explicit Mutation(unsigned seed) : random_(seed) {}

  void apply(Json& root) {
    Json* target = &root;
    for (int depth = 0; depth < 6 && target->is_structured() && !target->empty(); ++depth) {
      if (pick(4) == 0) break;
      auto child = target->begin();
      std::advance(child, static_cast<std::ptrdiff_t>(pick(target->size())));
      target = &*child;
    }
    if (target->is_object())
      change_object(*target, root);
    else if (target->is_array())
      change_array(*target);
    else
      *target = value();
  }

 private:
  std::size_t pick(std::size_t below) { return random_() % below; }

  Json value() {
    static const std::vector<Json> kValues = {
        nullptr,
        true,
        false,
        0,
        -1,
        65536,
        9007199254740993,
        1.5,
        -0.0,
        1e300,
        "",
        "a",
        "en",
        "2.0",
        "2.1",
        "2016-01-20T12:31:12.123Z",
        "2016-02-30T00:00:00Z",
        "http://a/%",
        "1.2.3.4/33",
        "identity--023d105b-752e-4e3c-941c-7d3f3cb15e9e",
        "file--0",
        "[file:size = 1]",
        "labels.[0]",
        "objects.[1].a.b",
        "AA==",
        "zz",
        Json::array(),
        Json::object(),
        Json::array({"a"}),
        Json::array({Json::object()}),
        Json::object({{"a", 1}}),
        Json::object({{"MD5", "x"}}),
        Json::object({{"0", Json::object({{"type", "file"}})}})};
    return kValues[pick(kValues.size())];
  }

  void change_object(Json& object, const Json& root) {
    switch (pick(5)) {
      case 0:
        object["type"] = std::string(kTypeNames[pick(kTypeNames.size())]);
        return;
      case 1: {  // a property of the object's own type, or of another one
        const std::string type = root.is_object() ? root.value("type", Json("")).dump() : "";
        std::size_t place = pick(kTypeNames.size());
        for (std::size_t i = 0; i < kTypeNames.size(); ++i)
          if (pick(4) != 0 && type == "\"" + std::string(kTypeNames[i]) + "\"") place = i;
        const IndexedType& table = indexed(place);
        object[std::string(table.row(pick(table.size())).name)] = value();
        return;
      }
      case 2:
        if (!object.empty()) {
          auto member = object.begin();
          std::advance(member, static_cast<std::ptrdiff_t>(pick(object.size())));
          object.erase(member);
        }
        return;
      case 3: {
        Json& extensions = object["extensions"];
        if (!extensions.is_object()) extensions = Json::object();
        extensions["extension-definition--ef765651-680c-498d-9894-99799f2fa126"] = value();
        return;
      }
      default:
        object["x_" + std::to_string(pick(10))] = value();
    }
  }

  void change_array(Json& array) {
    if (array.empty() || pick(2) == 0)
      array.push_back(value());
    else if (pick(2) == 0)
      array.push_back(array[pick(array.size())]);
    else
      array.erase(pick(array.size()));
  }

  std::mt19937 random_;
};

}  // namespace
}  // namespace comity::stix

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t most);

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size,
                                               std::size_t most, unsigned seed) {
  using namespace comity::stix;
  Json object = Json::parse(data, data + size, nullptr, false);
  if (object.is_discarded() || seed % 16 == 0) return LLVMFuzzerMutate(data, size, most);
  Mutation(seed).apply(object);
  const std::string text = object.dump(-1, ' ', false, Json::error_handler_t::replace);
  if (text.size() > most) return LLVMFuzzerMutate(data, size, most);
  std::memcpy(data, text.data(), text.size());
  return text.size();
}

#endif
