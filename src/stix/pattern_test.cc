#include "stix/pattern.h"

#include <algorithm>
#include <chrono>
#include <fstream>

#include <nlohmann/json.hpp>

namespace comity::stix {
namespace {

using nlohmann::json;

/// The problems as "offset section level", for comparing.
std::vector<std::string> told(std::string_view pattern) {
  std::vector<std::string> lines;
  for (const PatternProblem& problem : check_pattern(pattern))
    lines.push_back(std::to_string(problem.offset) + " " + std::string(problem.section) +
                    (problem.level == Level::error ? " error" : " warning"));
  return lines;
}

using Lines = std::vector<std::string>;

/// Whether the problem's section is the one expected, or either is within the other.
bool is_within(std::string_view one, std::string_view other) {
  const std::string_view shorter = one.size() < other.size() ? one : other;
  const std::string_view longer = one.size() < other.size() ? other : one;
  return longer.starts_with(shorter) &&
         (longer.size() == shorter.size() || longer[shorter.size()] == '.');
}

TEST(Pattern, VerdictsOfTheFile) {
  std::ifstream in(COMITY_SOURCE_DIR "/tests/stix/patterns.json");
  const json rows = json::parse(in);
  ASSERT_GE(rows.size(), 150U);
  for (const json& row : rows) {
    const auto pattern = row["pattern"].get<std::string>();
    const auto problems = check_pattern(pattern);
    const auto error =
        std::ranges::find(problems, Level::error, [](const auto& p) { return p.level; });
    ASSERT_EQ(error == problems.end(), row["valid"].get<bool>())
        << pattern << ": " << (problems.empty() ? "" : problems.front().sentence);
    if (error != problems.end()) {
      EXPECT_TRUE(is_within(error->section, row["section"].get<std::string>()))
          << pattern << ": " << error->section << " " << error->sentence;
      if (row.contains("offset")) {
        EXPECT_EQ(error->offset, row["offset"]) << pattern;
      }
    } else {
      const bool warned = row.value("warning", false);
      EXPECT_EQ(!problems.empty(), warned)
          << pattern << ": " << (problems.empty() ? "" : problems.front().sentence);
      if (warned && !problems.empty()) {
        EXPECT_TRUE(is_within(problems[0].section, row["section"].get<std::string>())) << pattern;
      }
    }
  }
}

TEST(Pattern, TellsWhatStandsThereAndWhatIsExpected) {
  const auto problems = check_pattern("[file:size 7]");
  ASSERT_EQ(problems.size(), 1U);
  EXPECT_EQ(
      problems[0].sentence,
      "Here stands \"7\", where an operator (=, !=, <, <=, >, >=, IN, LIKE, MATCHES, ISSUBSET "
      "or ISSUPERSET) is expected.");
  const auto at_end = check_pattern("[file:size = 7");
  ASSERT_EQ(at_end.size(), 1U);
  EXPECT_EQ(at_end[0].sentence,
            "Here stands the end of the pattern, where AND, OR or \"]\" is expected.");
  EXPECT_EQ(at_end[0].offset, 14U);
  const auto joined =
      check_pattern("[file:size = 7 AND (url:value = 'a' OR email-addr:value = 'b')]");
  ASSERT_EQ(joined.size(), 1U);
  EXPECT_EQ(
      joined[0].sentence,
      "AND joins \"file\" with \"url\" and others, but within an observation all that AND joins "
      "must hold for one object; write OR, or two observations.");
}

TEST(Pattern, LineAndColumnCountCodePoints) {
  const auto problems =
      check_pattern("[file:name = 'é😀' OR\r\n file:name = 'ü' AND url:value = 'é']");
  ASSERT_EQ(problems.size(), 1U);
  EXPECT_EQ(problems[0].line, 2U);
  EXPECT_EQ(problems[0].column, 22U);
  const auto first = check_pattern("file:size = 7");
  ASSERT_EQ(first.size(), 1U);
  EXPECT_EQ(first[0].line, 1U);
  EXPECT_EQ(first[0].column, 1U);
}

TEST(Pattern, AllThatIsWrongWithTheMeaningIsTold) {
  EXPECT_EQ(told("[fi:size = +1 AND file:na = h'F'] WITHIN 0 SECONDS WITHIN 1 SECONDS /* */"),
            (Lines{"1 3.1 error", "11 9.2 error", "18 9.5 error", "23 3.1 error", "28 9.2 error",
                   "41 9.5.1 error", "51 9.5.1 error", "68 9.4 warning"}));
}

TEST(Pattern, TheFirstBreachOfTheGrammarIsTheLast) {
  EXPECT_EQ(told("[fi:size = +1 file:na = h'F']"),
            (Lines{"1 3.1 error", "11 9.2 error", "14 9.6 error"}));
  EXPECT_EQ(told("[file:name = 'a\\n' AND fi:size = 1]"), (Lines{"15 9.2 error"}));
}

TEST(Pattern, AndBindsMoreTightlyThanOrWithinAnObservation) {
  EXPECT_EQ(told("[file:size = 1 OR url:value = 'a' AND url:value = 'b']"), Lines{});
  EXPECT_EQ(told("[file:size = 1 AND file:size = 2 OR url:value = 'a']"), Lines{});
  EXPECT_EQ(told("[(file:size = 1 OR url:value = 'a') AND url:value = 'b']"), Lines{});
  EXPECT_EQ(told("[file:size = 1 AND file:size = 2 OR url:value = 'a' AND file:size = 1]"),
            (Lines{"56 9.5 error"}));
}

TEST(Pattern, AnAndThatCannotHoldIsToldOnce) {
  EXPECT_EQ(told("[file:size = 1 AND url:value = 'a' AND file:size = 2 AND file:size = 3]"),
            (Lines{"19 9.5 error"}));
}

TEST(Pattern, SpansWithinTheValidityOfTheIndicator) {
  const auto told_within = [](std::string_view from, std::string_view until) {
    Lines lines;
    for (const PatternProblem& problem : check_pattern(
             "[file:size = 1] START t'2024-01-01T00:00:00Z' STOP t'2024-02-01T00:00:00.0Z'",
             {from, until}))
      lines.push_back(std::to_string(problem.offset) + " " + std::string(problem.section));
    return lines;
  };
  EXPECT_EQ(told_within("", ""), Lines{});
  EXPECT_EQ(told_within("2024-01-01T00:00:00.000Z", "2024-02-01T00:00:00Z"), Lines{});
  EXPECT_EQ(told_within("2024-01-01T00:00:00.001Z", "soon"), Lines{"22 9.5.1"});
  EXPECT_EQ(told_within("soon", "2024-01-31T23:59:59Z"), Lines{"51 9.5.1"});
}

TEST(Pattern, NotUnicode) {
  EXPECT_EQ(told("[file:name = '\xff']"), (Lines{"0 9.4 error"}));
  EXPECT_EQ(told("[file:name = '\xed\xa0\x80']"), (Lines{"0 9.4 error"}));
}

std::string repeated(std::string_view text, std::size_t times) {
  std::string all;
  for (std::size_t i = 0; i < times; ++i) all += text;
  return all;
}

TEST(Pattern, DepthIsBounded) {
  for (const auto& [open, inside, close] :
       {std::array<std::string, 3>{"(", "[file:size = 1]", ")"},
        std::array<std::string, 3>{"(", "file:size = 1", ")"}}) {
    const bool within = inside[0] != '[';
    const auto nested = [&](std::size_t times) {
      const std::string all = repeated(open, times) + inside + repeated(close, times);
      return within ? "[" + all + "]" : all;
    };
    EXPECT_EQ(told(nested(kPatternDepth)), Lines{});
    const std::string at = std::to_string(kPatternDepth + (within ? 1 : 0));
    EXPECT_EQ(told(nested(kPatternDepth + 1)), (Lines{at + "  error"}));
    EXPECT_EQ(told(nested(1'000'000)), (Lines{at + "  error"}));
  }
  // Both kinds count together.
  const std::string half = repeated("(", kPatternDepth / 2);
  const std::string closed = repeated(")", kPatternDepth / 2);
  EXPECT_EQ(told(half + "[" + half + "file:size = 1" + closed + "]" + closed), Lines{});
  EXPECT_EQ(told(half + "[" + half + "(file:size = 1)" + closed + "]" + closed),
            (Lines{std::to_string(kPatternDepth + 1) + "  error"}));
}

TEST(Pattern, ProblemsAreBounded) {
  const std::string many = "[" + repeated("file:size = +1 OR ", 100) + "file:size = 1]";
  EXPECT_EQ(check_pattern(many).size(), kPatternProblems);
}

/// Megabytes of the worst that comes to mind; anything quadratic would take hours.
TEST(Pattern, TakesLinearTime) {
  std::string types = "[";
  for (int i = 0; i < 50'000; ++i) types += "x-" + std::to_string(i) + ":size = 1 OR ";
  types += "file:size = 1]";
  std::string groups = "[";
  for (int i = 0; i < 20'000; ++i)
    groups += "(file:size = 1 OR x-" + std::to_string(i) + ":size = 1) AND ";
  groups += "file:size = 1]";
  const auto start = std::chrono::steady_clock::now();
  EXPECT_EQ(told(types), Lines{});
  EXPECT_EQ(told(groups), Lines{});
  for (const std::string& text :
       {repeated("[file:size = 1] AND ", 200'000) + "[file:size = 1]",
        "[file:name = '" + repeated("\\\\", 2'000'000) + "']", repeated(" ", 4'000'000),
        repeated("/**/", 1'000'000), repeated("'", 3'999'999), repeated("h'", 1'999'999),
        "[file:size IN (" + repeated("1,", 1'000'000) + "1)]",
        "[file:size" + repeated("[0]", 1'000'000) + " = 1]",
        "[file:size" + repeated(".a", 1'000'000) + " = 1]", repeated("([", 1'000'000),
        "[file:size = " + repeated("9", 4'000'000) + ".5]",
        "[file:ctime = t'2016-01-01T00:00:00." + repeated("0", 4'000'000) + "Z']",
        "[file:size = 1] " + repeated("WITHIN 5 SECONDS ", 200'000)})
    (void)check_pattern(text);
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(60));
}

// ---- Patterns made by the grammar, with what they are known to be.

using Tokens = std::vector<std::string>;

void append(Tokens& to, const Tokens& more) { to.insert(to.end(), more.begin(), more.end()); }

rc::Gen<std::string> constants() {
  return rc::gen::element<std::string>("0", "-17", "9007199254740991", "3.25", "-.5", "true",
                                       "false", "'it\\'s \\\\ [('", "''", "'\xf0\x9f\x98\x80'",
                                       "h'00ff'", "b'ABI='", "t'2016-01-20T12:31:12.123Z'");
}

/// The path begins with `type`, a custom one, whose properties may hold anything; so that all that
/// AND joins can hold for one object.
Tokens comparison(const std::string& type, int depth) {
  const int kind = *rc::gen::inRange(0, depth > 0 ? 8 : 6);
  Tokens path{type, ":", *rc::gen::element<std::string>("name", "'size'", "hashes")};
  if (*rc::gen::arbitrary<bool>())
    append(path, {".", *rc::gen::element<std::string>("child", "'SHA-0'", "child_ref")});
  if (*rc::gen::arbitrary<bool>())
    append(path, {"[", *rc::gen::element<std::string>("0", "*"), "]"});
  const auto finish = [&](const Tokens& rest) {
    Tokens all = path;
    if (*rc::gen::arbitrary<bool>()) all.emplace_back("NOT");
    append(all, rest);
    return all;
  };
  switch (kind) {
    case 0:
    case 1:
      return finish({*rc::gen::element<std::string>("=", "!="), *constants()});
    case 2:
      return finish({*rc::gen::element<std::string>("<", "<=", ">", ">="),
                     *rc::gen::distinctFrom(rc::gen::distinctFrom(constants(), std::string("true")),
                                            "false")});
    case 3: {
      const std::string one = *constants();
      return finish({"IN", "(", one, ",", one, ")"});
    }
    case 4:
      return finish({*rc::gen::element<std::string>("LIKE", "MATCHES"), "'^a%$'"});
    case 5: {
      Tokens all{"EXISTS"};
      append(all, path);
      return all;
    }
    default: {
      Tokens all{"("};
      append(all, comparison(type, depth - 1));
      append(all, {*rc::gen::element<std::string>("AND", "OR")});
      append(all, comparison(type, depth - 1));
      all.emplace_back(")");
      return all;
    }
  }
}

Tokens observation(int depth) {
  Tokens all;
  if (depth > 0 && *rc::gen::arbitrary<bool>()) {
    all.emplace_back("(");
    append(all, observation(depth - 1));
    all.push_back(*rc::gen::element<std::string>("AND", "OR", "FOLLOWEDBY"));
    append(all, observation(depth - 1));
    all.emplace_back(")");
  } else {
    all.emplace_back("[");
    append(all, comparison(*rc::gen::element<std::string>("x-file", "x-any", "x-url-2"), 2));
    all.emplace_back("]");
  }
  if (*rc::gen::inRange(0, 4) == 0) append(all, {"WITHIN", "0.5", "SECONDS"});
  if (*rc::gen::inRange(0, 4) == 0) append(all, {"REPEATS", "5", "TIMES"});
  if (*rc::gen::inRange(0, 4) == 0)
    append(all, {"START", "t'2016-01-20T12:31:12Z'", "STOP", "t'2016-01-20T12:31:12.1Z'"});
  return all;
}

std::string joined(const Tokens& tokens) {
  std::string text;
  for (const std::string& token : tokens)
    text += token + *rc::gen::element<std::string>(" ", "\n\t", "\xe2\x80\x83");
  return text;
}

bool has_error(std::string_view pattern) {
  const auto problems = check_pattern(pattern);
  for (const PatternProblem& problem : problems) {
    RC_ASSERT(problem.offset <= pattern.size());
    RC_ASSERT(problem.line >= 1U);
    RC_ASSERT(problem.column >= 1U);
    RC_ASSERT(problem.sentence.ends_with('.'));
  }
  RC_ASSERT(std::ranges::is_sorted(problems, {}, &PatternProblem::offset));
  return std::ranges::any_of(problems, [](const auto& p) { return p.level == Level::error; });
}

RC_GTEST_PROP(Pattern, MadeByTheGrammarIsAccepted, ()) {
  const std::string pattern = joined(observation(3));
  RC_LOG() << pattern;
  RC_ASSERT(check_pattern(pattern).empty());
}

RC_GTEST_PROP(Pattern, WithoutOneOfItsTokensIsTold, ()) {
  Tokens tokens = observation(3);
  const auto at = *rc::gen::inRange<std::size_t>(0, tokens.size());
  RC_PRE(tokens[at] != "NOT");  // what it negates stands without it as well
  tokens.erase(tokens.begin() + static_cast<std::ptrdiff_t>(at));
  const std::string pattern = joined(tokens);
  RC_LOG() << pattern;
  // In "hashes . 'a' NOT = 1" NOT would become the key: a warning.
  RC_ASSERT(!check_pattern(pattern).empty());
}

RC_GTEST_PROP(Pattern, WithABracketTooManyIsRefused, ()) {
  Tokens tokens = observation(3);
  const auto at = *rc::gen::inRange<std::size_t>(0, tokens.size() + 1);
  tokens.insert(tokens.begin() + static_cast<std::ptrdiff_t>(at),
                *rc::gen::element<std::string>("(", ")", "[", "]"));
  const std::string pattern = joined(tokens);
  RC_LOG() << pattern;
  RC_ASSERT(has_error(pattern));
}

RC_GTEST_PROP(Pattern, AnyTokenAnywhereIsRead, ()) {
  Tokens tokens = observation(3);
  const auto at = *rc::gen::inRange<std::size_t>(0, tokens.size() + 1);
  tokens.insert(tokens.begin() + static_cast<std::ptrdiff_t>(at),
                *rc::gen::element<std::string>("AND", "NOT", "file", ":", ".", ",", "*", "'", "h'",
                                               "\\", "/*", "//", "-", "1", "t'x'", "\"",
                                               "==", "\xc2\xa0", "\xf0\x9f\x98\x80"));
  (void)has_error(joined(tokens));
}

RC_GTEST_PROP(Pattern, AnyBytesAreRead, (const std::string& bytes)) { (void)has_error(bytes); }

}  // namespace
}  // namespace comity::stix
