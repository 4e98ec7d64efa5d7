#pragma once

#include <cstdint>

namespace comity::measure::samples {

/// Numbers from a fixed seed, the same from every compiler: a linear congruential generator with
/// the constants of Knuth's MMIX.
class Draws {
 public:
  explicit Draws(std::uint64_t seed) : state_(seed) {}

  /// Of 0 to bound - 1.
  std::uint32_t below(std::uint32_t bound) {
    state_ = state_ * 6364136223846793005U + 1442695040888963407U;
    return static_cast<std::uint32_t>(state_ >> 33) % bound;
  }

 private:
  std::uint64_t state_;
};

}  // namespace comity::measure::samples
