#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace comity::cli {

/// Counts of what some texts name, one row each: what a statistic is as CSV, and mostly for people.
struct CountTable {
  struct Row {
    std::vector<std::string> texts;  ///< as many as `keys`
    std::uint64_t count = 0;
  };

  std::vector<std::string> keys;  ///< heads of the columns of texts
  std::string counted;            ///< head of the column of counts
  std::vector<Row> rows;

  /// RFC 4180, heads first; the first `most` rows.
  [[nodiscard]] std::string csv(std::size_t most) const;
  /// Lines of a label, a count and a bar; the first `most`, then how many more there are. Safe for
  /// a terminal.
  [[nodiscard]] std::string bars(std::size_t most) const;
};

/// How many columns the longest bar of a table has.
inline constexpr std::size_t kBarWidth = 40;

/// A bar of '#': `count` of `greatest`, which has `width`; what is not 0 has one at least.
[[nodiscard]] std::string bar(std::uint64_t count, std::uint64_t greatest, std::size_t width);

}  // namespace comity::cli
