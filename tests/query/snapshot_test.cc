#include "query/snapshot.h"

#include <filesystem>

#include "query/readers.h"
#include "tests/query/sample_record.h"

namespace comity::query {
namespace {

TEST(Snapshot, OneStateWhileTheFoldGoesOn) {
  samples::SampleRecord sample;
  auto snapshot = sample.snapshot();
  const record::Stamp before = snapshot.stamp();
  EXPECT_EQ(before, sample.follower().stamp());
  sample.file({samples::note(1)});
  sample.follow();
  EXPECT_EQ(snapshot.database().integer("SELECT max(id) + 1 FROM entry").value(),
            static_cast<std::int64_t>(before.size));
  ASSERT_TRUE(snapshot.refresh().has_value());
  EXPECT_EQ(snapshot.stamp(), sample.follower().stamp());
  EXPECT_GT(snapshot.stamp().size, before.size);
}

TEST(Snapshot, ReadsOnly) {
  samples::SampleRecord sample;
  const auto snapshot = sample.snapshot();
  EXPECT_FALSE(snapshot.database().run("DELETE FROM entry").has_value());
}

TEST(Snapshot, WhereThereIsNoRecordNoneIsMade) {
  const samples::TemporaryDirectory place;
  EXPECT_FALSE(Snapshot::open(place.path() + "/record.sqlite").has_value());
  EXPECT_FALSE(std::filesystem::exists(place.path() + "/record.sqlite"));
}

/// Counts for some ms.
constexpr std::int64_t kMany = 200'000;
constexpr std::string_view kLong =
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200000) "
    "SELECT count(*) FROM n";

TEST(Snapshot, AQuestionIsGivenUpWhenItIsOver) {
  samples::SampleRecord sample;
  auto snapshot = sample.snapshot();
  bool over = false;
  snapshot.stop_when([&over] { return over; });
  EXPECT_EQ(snapshot.database().integer(kLong).value(), kMany);
  over = true;
  EXPECT_EQ(snapshot.database().integer(kLong).error().code(), "question-too-long");
  over = false;
  EXPECT_EQ(snapshot.database().integer(kLong).value(), kMany);
  EXPECT_TRUE(snapshot.refresh().has_value());
}

TEST(Readers, HaveATimeForEachQuestion) {
  samples::SampleRecord sample;
  Readers readers(sample.follower().path(), sample.registry().files(),
                  {.question_time = std::chrono::milliseconds(0)});
  for (int i = 0; i < 3; ++i) {  // a reader that has gone back is as good as another
    const auto reader = readers.take().value();
    EXPECT_EQ(reader->snapshot.database().integer(kLong).error().code(), "question-too-long");
  }
}

TEST(Readers, GiveUpEveryQuestionWhenTheyAreStopped) {
  samples::SampleRecord sample;
  Readers readers(sample.follower().path(), sample.registry().files());
  const auto reader = readers.take().value();
  EXPECT_EQ(reader->snapshot.database().integer(kLong).value(), kMany);
  readers.stop();
  EXPECT_EQ(reader->snapshot.database().integer(kLong).error().code(), "question-too-long");
}

/// The time of every entry, the clock a second further at each look.
TEST(Snapshot, AsOfATimeIsAsOfTheSizeThen) {
  samples::SampleRecord sample;
  for (int i = 1; i < 9; ++i) sample.file({samples::note(i)});
  sample.follow();
  const auto snapshot = sample.snapshot();
  const auto find = snapshot.database().prepare("SELECT time FROM entry WHERE id = ?1").value();
  std::vector<std::int64_t> times;
  for (std::uint64_t i = 0; i < snapshot.stamp().size; ++i) {
    log::Query row(find, i);
    ASSERT_TRUE(row.step().value());
    times.push_back(row.integer(0));
  }
  for (std::int64_t time = times.front(); time <= times.back() + 1; ++time) {
    const auto then = static_cast<std::uint64_t>(
        std::ranges::count_if(times, [&](std::int64_t it) { return it <= time; }));
    EXPECT_EQ(snapshot.size_at(AtTime{UnixSeconds{time}}).value(), then);
  }
  EXPECT_EQ(snapshot.size_at(AtTime{UnixSeconds{times.front() - 1}}).error().code(),
            "as-of-before-record");
  EXPECT_EQ(snapshot.size_at(AtSize{times.size()}).value(), times.size());
  EXPECT_EQ(snapshot.size_at(AtSize{times.size() + 1}).error().code(), "as-of-beyond-record");
  EXPECT_EQ(snapshot.size_at(Newest{}).value(), times.size());
}

}  // namespace
}  // namespace comity::query
