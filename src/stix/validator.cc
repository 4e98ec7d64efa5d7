#include "stix/validator.h"

#include <utility>

#include "stix/finding_code.h"

namespace comity::stix {

void Validator::run(const codec::JsonObject& object, Effort effort, Extent extent) {
  findings_.clear();
  scratch_.names.clear();
  scratch_.unknown.clear();
  Report report(effort, findings_);
  ObjectChecker(report, scratch_, extent).check(JsonValue(object), Path{}, 0);
}

std::vector<Finding> Validator::validate(const codec::JsonObject& object) {
  run(object, Effort::all, Extent::whole);
  return std::exchange(findings_, {});
}

std::vector<Finding> Validator::validate_frame(const codec::JsonObject& bundle) {
  run(bundle, Effort::all, Extent::frame);
  return std::exchange(findings_, {});
}

std::optional<Finding> Validator::first_error(const codec::JsonObject& object) {
  run(object, Effort::first_error, Extent::whole);
  if (findings_.empty()) return std::nullopt;
  return std::move(findings_.front());
}

std::optional<Finding> as_finding(const Error& error) {
  constexpr std::string_view kSerialization = "1.2.10";  // UTF-8 encoded JSON, RFC 8259
  const Refusal* refusal = error.refusal();
  if (!refusal) return std::nullopt;
  const auto finding = [&](std::string_view code, std::string_view section) {
    return Finding{Level::error, code, "$", section, refusal->sentence};
  };
  if (refusal->code == "json-duplicate-key") return finding(code::kDuplicateKey, "2.3");
  if (refusal->code == "json-too-deep") return finding(code::kTooDeep, "");
  if (refusal->code == "json-too-large") return finding(code::kTooLarge, "");
  return finding(code::kJson, kSerialization);
}

}  // namespace comity::stix
