// What was erased stands nowhere in the full text, nor beside it.

#include <fstream>
#include <iterator>

#include "tests/query/sample_record.h"
#include "tests/query/search_samples.h"

namespace comity::query {
namespace {

/// A word that no other number has the end of, since the index keeps ends of words alone.
std::string word(int number) {
  std::string reversed;
  for (int rest = number * 7919 + 100'000; rest > 0; rest /= 10)
    reversed += static_cast<char>('a' + rest % 10);
  return reversed + "zyxommaobsoletum" + reversed;
}

std::string bytes(const std::string& path) {
  std::string all;
  for (const char* suffix : {"", "-wal"}) {
    std::ifstream in(path + suffix, std::ios::binary);
    all.append(std::istreambuf_iterator<char>(in), {});
  }
  return all;
}

class TextErasure : public ::testing::Test {
 protected:
  void SetUp() override {
    for (int first = 0; first < kIncidents; first += kInFiling) {
      std::vector<std::string> objects;
      for (int i = first; i < first + kInFiling; ++i)
        objects.push_back(
            samples::incident({.number = i + 1,
                               .name = word(i),
                               .description = word(i + kIncidents) + " in running text"}));
      entries_.push_back(sample_.file(objects));
      sample_.follow();
    }
  }
  void erase(int incident) {
    const filing::Erase erase{
        .item = {.entry = entries_[static_cast<std::size_t>(incident / kInFiling)],
                 .ordinal = static_cast<std::uint64_t>(incident % kInFiling)},
        .ground = "names a person",
        .authority = "the registrar"};
    ASSERT_TRUE(sample_.registry().control(erase).has_value());
  }
  std::int64_t found(const std::string& sought) {
    return sample_.follower()
        .fold()
        .store()
        .database()
        .integer("SELECT count(*) FROM incident_text WHERE incident_text MATCH '" + sought + "'")
        .value();
  }

  static constexpr int kIncidents = 300;
  static constexpr int kInFiling = 20;
  samples::SampleRecord sample_;
  std::vector<std::uint64_t> entries_;
};

TEST_F(TextErasure, LeavesNoTrace) {
  const std::vector<int> erased{0, 7, 19, 20, 133, 298, 299};
  for (const int i : erased) {
    ASSERT_EQ(found(word(i)), 1);
    ASSERT_NE(bytes(sample_.follower().path()).find(word(i)), std::string::npos);
    erase(i);
  }
  sample_.follow();
  const std::string left = bytes(sample_.follower().path());
  for (int i = 0; i < kIncidents; ++i) {
    const bool is_erased = std::ranges::find(erased, i) != erased.end();
    EXPECT_EQ(found(word(i)), is_erased ? 0 : 1) << i;
    if (!is_erased) continue;
    // Ends of six letters: the index writes what a word has in common with the one before it once.
    for (const std::string& secret : {word(i), word(i + kIncidents)})
      EXPECT_EQ(left.find(secret.substr(secret.size() - 8)), std::string::npos) << i;
  }
  const auto check = sample_.follower().fold().store().database().run(
      "INSERT INTO incident_text(incident_text) VALUES ('integrity-check')");
  EXPECT_TRUE(check.has_value());
}

}  // namespace
}  // namespace comity::query
