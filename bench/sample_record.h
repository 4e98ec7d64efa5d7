#pragma once

#include <string>
#include <vector>

#include <fmt/format.h>

#include "record/follower.h"

#include "bench/sample_log.h"
#include "query/snapshot.h"
#include "tests/query/search_samples.h"

/// A record to be asked: a third incidents, the rest claims about them, and a thousand actors of
/// ten names.
namespace comity::bench {

inline constexpr int kActors = 1000;
inline constexpr int kFirstActor = 100'000'000;

inline const std::vector<std::string>& countries() {
  static const std::vector<std::string> all{"US", "US", "US", "US", "DE", "DE", "UA", "FR",
                                            "GB", "IN", "IL", "KR", "JP", "TW", "EE", "LI"};
  return all;
}

inline std::string pick(const std::vector<std::string>& values, int number) {
  return values[static_cast<std::size_t>(number) * 2'654'435'761U % values.size()];
}

inline std::string incident(int number) {
  static const std::vector<std::string> kWhat{"Ransomware attack", "Data theft", "Wiper",
                                              "Defacement", "Denial of service"};
  static const std::vector<std::string> kWhom{"ministry", "hospital", "bank", "utility", "company"};
  const bool is_rare = number % 30'000 == 0;
  return samples::incident(
      {.number = number,
       .name = fmt::format("{} on a {} {}", pick(kWhat, number), pick(kWhom, number / 3), number),
       .description = fmt::format("An incident that is reported of somebody, in words of some "
                                  "length, with a number {}{}.",
                                  number, is_rare ? ", a zylophon" : ""),
       .date = fmt::format("20{:02}-{:02}", 10 + number % 15, number / 15 % 12 + 1),
       .countries = {pick(countries(), number), pick(countries(), number / 7 + 1)},
       .sectors = {pick({"government", "energy", "health", "finance"}, number)},
       .effects = {pick({"availability", "integrity", "confidentiality"}, number)},
       .techniques = {pick({"ddos", "phishing", "wiper", "worm"}, number)},
       .response = pick({"not_searched", "not_searched", "searched_none_found", "found"}, number)},
      1);
}

inline std::string claim(int number) {
  return samples::claim(
      {.number = number,
       .on = number - number % 3,
       .made_by = number % 6 == 1 ? "Somebody" : fmt::format("Body {}", number % 97),
       .actor = kFirstActor + number % kActors,
       .wording = "says so in words of some length",
       .date = "2024-02-03"},
      1);
}

inline std::string actor(int number) {
  std::vector<std::string> aliases;
  for (int i = 0; i < 9; ++i) aliases.push_back(fmt::format("Alias {} of {}", i, number));
  return samples::actor(
      {.number = kFirstActor + number, .name = fmt::format("APT {}", number), .aliases = aliases},
      1);
}

/// That of `sample_objects()` objects, made by the fold of a log. $COMITY_BENCH_RECORD may name a
/// directory where both are kept.
class SampleRecord {
 public:
  SampleRecord() : log_("COMITY_BENCH_RECORD", fill) {
    const auto follower = record::Follower::open({log_.files(), log_.path() + "/index"}).value();
    COMITY_ASSERT(follower->catch_up(log_.head()));
    path_ = follower->path();
  }

  [[nodiscard]] query::Snapshot snapshot() const { return query::Snapshot::open(path_).value(); }

 private:
  static void fill(const SampleLog::File& file) {
    file_range(file, 0, kActors, actor);
    file_range(file, 3, sample_objects(),
               [](int number) { return number % 3 == 0 ? incident(number) : claim(number); });
  }

  SampleLog log_;
  std::string path_;
};

}  // namespace comity::bench
