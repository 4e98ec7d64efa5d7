#pragma once

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

namespace comity::query {

/// Which of so many things (incidents, rows) are meant.
class Marks {
 public:
  explicit Marks(std::size_t size) : marks_(size, false) {}

  [[nodiscard]] std::size_t size() const { return marks_.size(); }
  [[nodiscard]] bool operator[](std::size_t place) const { return marks_[place]; }
  void set(std::size_t place) { marks_[place] = true; }
  [[nodiscard]] std::size_t count() const {
    return static_cast<std::size_t>(std::ranges::count(marks_, true));
  }

  // REQUIRES: equal sizes.
  friend Marks operator&(Marks a, const Marks& b) {
    for (std::size_t i = 0; i < a.size(); ++i) a.marks_[i] = a[i] && b[i];
    return a;
  }
  friend Marks operator|(Marks a, const Marks& b) {
    for (std::size_t i = 0; i < a.size(); ++i) a.marks_[i] = a[i] || b[i];
    return a;
  }
  friend Marks operator~(Marks a) {
    a.marks_.flip();
    return a;
  }

 private:
  std::vector<bool> marks_;
};

}  // namespace comity::query
