#pragma once

#include <string>
#include <vector>

#include "tests/filing/samples.h"

/// What the program that is killed files, so that the test knows it again in the log.
namespace comity::crash {

/// Parties 10, 11 and 12, each with the key of its number, file from a thread each.
inline constexpr int kFirstFiler = 10;
inline constexpr int kFilers = 3;
/// Numbers of objects: each round has its own, and in it each thread.
inline constexpr int kNumbersOfRound = 1'000'000;
inline constexpr int kNumbersOfFiler = 200'000;
/// From an object's number to that of the hidden and the sealed one beside it.
inline constexpr int kHiddenAfter = 50'000;
inline constexpr int kSealedAfter = 100'000;

inline bool has_hidden(int number) { return number % 3 == 0; }
inline bool has_sealed(int number) { return number % 5 == 0; }

/// A filing is known by the number of its first item.
inline std::vector<filing::DraftItem> items_of(int number) {
  std::vector<filing::DraftItem> items{samples::open_to_all(samples::note(number))};
  const std::string red = samples::marked(samples::kRed);
  if (has_hidden(number))
    items.push_back(samples::for_readers(samples::note(number + kHiddenAfter, red),
                                         {samples::party(kFirstFiler)}));
  if (has_sealed(number))
    items.push_back(samples::sealed(samples::note(number + kSealedAfter, red)));
  return items;
}

}  // namespace comity::crash
