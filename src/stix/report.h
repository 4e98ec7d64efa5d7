#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "stix/finding.h"

namespace comity::stix {

/// The way to a value from the root, kept on the stack of whoever walks and spelled out only when
/// there is something to say.
struct Path {
  const Path* parent = nullptr;  ///< null for the root
  std::string_view name = {};    ///< of a member
  std::ptrdiff_t index = -1;     ///< of an element, if not negative

  /// "$.external_references[0].url"; names that are long or unusual are shortened and escaped.
  [[nodiscard]] std::string text() const;
};

/// A piece of what was found, fit for a sentence on a terminal: short, escaped, in quotes.
[[nodiscard]] std::string quoted(std::string_view text);

/// How much a caller wants to know.
enum class Effort : std::uint8_t {
  first_error,  ///< whether there is an error, and the first
  all,          ///< all errors and warnings
};

/// Takes findings. An object has at most kMost errors and as many warnings, a bundle twice
/// kMostOfBundle findings in all, of which the second half are errors alone: so hostile ones cost
/// little, and no number of warnings hides an error.
class Report {
 public:
  static constexpr std::size_t kMost = 256;
  static constexpr std::size_t kMostOfBundle = 65536;

  Report(Effort effort, std::vector<Finding>& findings)
      : findings_(&findings), start_(findings.size()), effort_(effort) {}

  /// From here on it is about another object of a bundle.
  void next_object() {
    errors_ = warnings_ = 0;
    if (effort_ == Effort::all && findings_->size() - start_ < 2 * kMostOfBundle) done_ = false;
  }

  /// Nothing more is wanted: walkers end.
  [[nodiscard]] bool done() const { return done_; }
  /// Whether to look for what would only be a warning.
  [[nodiscard]] bool warnings() const { return effort_ == Effort::all; }

  void error(std::string_view code, const Path& path, std::string_view section,
             std::string sentence) {
    add(Level::error, code, path, section, std::move(sentence));
  }
  void warning(std::string_view code, const Path& path, std::string_view section,
               std::string sentence) {
    add(Level::warning, code, path, section, std::move(sentence));
  }
  void add(Level level, std::string_view code, const Path& path, std::string_view section,
           std::string sentence);

 private:
  std::vector<Finding>* findings_;
  std::size_t start_;
  std::size_t errors_ = 0;  // of this object
  std::size_t warnings_ = 0;
  Effort effort_;
  bool done_ = false;
};

}  // namespace comity::stix
