#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "base/error.h"
#include "stix/pattern.h"

#include "tests/fuzz_target.h"

/// Every problem lies within the pattern, in order, with the line and column of its offset; and
/// white space around a pattern changes no verdict.
COMITY_FUZZ_TARGET(stix_pattern_fuzz)(const std::uint8_t* data, std::size_t size) {
  using namespace comity;
  const std::string_view pattern(reinterpret_cast<const char*>(data), size);
  const auto problems = stix::check_pattern(pattern);
  COMITY_ASSERT(problems.size() <= stix::kPatternProblems);
  std::size_t last = 0;
  for (const stix::PatternProblem& problem : problems) {
    COMITY_ASSERT(problem.offset >= last && problem.offset <= size);
    COMITY_ASSERT(!problem.sentence.empty());
    last = problem.offset;
    const std::string_view before = pattern.substr(0, problem.offset);
    const auto lines = static_cast<std::size_t>(std::ranges::count(before, '\n')) + 1;
    COMITY_ASSERT(problem.line == lines);
    const std::size_t feed = before.rfind('\n');
    const std::string_view line = feed == before.npos ? before : before.substr(feed + 1);
    const auto points = std::ranges::count_if(
        line, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80; });
    COMITY_ASSERT(problem.column == static_cast<std::size_t>(points) + 1);
  }
  const auto again = stix::check_pattern("\n" + std::string(pattern) + " ");
  COMITY_ASSERT(again.size() == problems.size());
  return 0;
}
