#include "query/row_places.h"

#include <algorithm>

#include "base/error.h"

namespace comity::query {

void RowPlaces::add(std::int64_t version, std::uint32_t lines, std::uint32_t first_line) {
  COMITY_ASSERT(versions_.empty() || versions_.back() < version);
  versions_.push_back(version);
  spans_.push_back({.row = size_, .lines = lines, .first_line = first_line});
  size_ += lines;
}

std::optional<std::uint32_t> RowPlaces::Finder::row(std::int64_t version, std::int64_t line) {
  const auto& versions = places_->versions_;
  if (next_ > 0 && versions[next_ - 1] >= version) next_ = 0;
  // Double steps, then halves: the next of rising versions is near.
  std::size_t step = 1;
  std::size_t end = next_;
  while (end < versions.size() && versions[end] < version) {
    next_ = end;
    end += step;
    step *= 2;
  }
  const auto from = versions.begin() + static_cast<std::ptrdiff_t>(next_);
  const auto to = versions.begin() + static_cast<std::ptrdiff_t>(std::min(end, versions.size()));
  const auto found = std::lower_bound(from, to, version);
  next_ = static_cast<std::size_t>(found - versions.begin());
  if (found == versions.end() || *found != version) return std::nullopt;
  const Span& span = places_->spans_[next_];
  if (line < span.first_line || line - span.first_line >= span.lines) return std::nullopt;
  return span.row + static_cast<std::uint32_t>(line) - span.first_line;
}

}  // namespace comity::query
