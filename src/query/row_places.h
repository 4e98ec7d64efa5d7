#pragma once

#include <cstdint>
#include <optional>
#include <vector>

namespace comity::query {

/// Rows that are counted, numbered from 0, and where each stands in the record: in a version, one
/// row of it, or one for each line of a list of objects (`fact.line`).
class RowPlaces {
 public:
  /// REQUIRES: above the versions added before. `lines`: 0 to `lines` - 1, or from 1 where
  /// `first_line` is 1.
  void add(std::int64_t version, std::uint32_t lines, std::uint32_t first_line);

  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] const std::vector<std::int64_t>& versions() const { return versions_; }
  /// The rows of the version at that place among `versions()`.
  [[nodiscard]] std::uint32_t first_row(std::size_t place) const { return spans_[place].row; }
  [[nodiscard]] std::uint32_t lines(std::size_t place) const { return spans_[place].lines; }

  /// Finds rows; fastest where the versions that are asked for rise.
  class Finder {
   public:
    explicit Finder(const RowPlaces& places) : places_(&places) {}
    [[nodiscard]] std::optional<std::uint32_t> row(std::int64_t version, std::int64_t line);

   private:
    const RowPlaces* places_;
    std::size_t next_ = 0;
  };

 private:
  struct Span {
    std::uint32_t row = 0;
    std::uint32_t lines = 0;
    std::uint32_t first_line = 0;
  };

  std::vector<std::int64_t> versions_;
  std::vector<Span> spans_;
  std::uint32_t size_ = 0;
};

}  // namespace comity::query
