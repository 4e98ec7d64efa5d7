#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace comity::intake {

/// What was doubtful in a source, counted by kind, with the first few places of each.
class Doubts {
 public:
  static constexpr std::size_t kExamples = 5;
  struct Kind {
    std::uint64_t count = 0;
    std::vector<std::string> examples;
  };

  void add(std::string_view kind, std::string_view place) {
    Kind& found = kinds_[std::string(kind)];
    if (++found.count <= kExamples) found.examples.emplace_back(place);
  }
  [[nodiscard]] const std::map<std::string, Kind>& kinds() const { return kinds_; }

 private:
  std::map<std::string, Kind> kinds_;
};

/// What an importer made of a source.
struct Imported {
  /// STIX 2.1 objects, each the bytes to be filed; each refers only to objects before it, to
  /// objects filed earlier, and to the importer's identity.
  std::vector<std::string> objects;
  /// What the source holds, in its own words: "incidents", "attributions".
  std::map<std::string, std::uint64_t> counts;
  Doubts doubts;
};

}  // namespace comity::intake
