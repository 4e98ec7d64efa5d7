#pragma once

#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "codec/json_value.h"
#include "stix/report.h"

namespace comity::stix {

/// Holds translations against what they translate (section 7.1.1), within one parsed text.
class Translation {
 public:
  explicit Translation(Report& report) : report_(&report) {}

  /// `words` stand at `path` for `original`, a value of another object.
  void compare(const codec::JsonValue& words, const codec::JsonValue& original, const Path& path);

 private:
  struct Member {
    std::string_view name;
    codec::JsonValue value;
  };

  void compare_lists(const codec::JsonValue& words, const codec::JsonValue& original,
                     const Path& path);
  void differs(const Path& path, std::string_view words);
  /// The first member of that name. A large object is indexed when it is first asked, since any
  /// number of translations may ask it.
  [[nodiscard]] std::optional<codec::JsonValue> member(const codec::JsonValue& object,
                                                       std::string_view name);

  Report* report_;
  /// By where the object's first name stands in memory, sorted by name.
  std::unordered_map<const char*, std::vector<Member>> indexes_;
};

}  // namespace comity::stix
