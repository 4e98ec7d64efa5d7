// The digests of the record that a registrar files, held against the log.

#include <algorithm>

#include <gtest/gtest.h>

#include "audit/audit.h"
#include "record/follower.h"

#include "tests/registry/sample_registry.h"

namespace comity::audit {
namespace {

class RecordDigests : public ::testing::Test {
 protected:
  RecordDigests() {
    EXPECT_TRUE(sample_.admit(10));
    follower_ = record::Follower::open({sample_.files(), place_.path()}).value();
  }

  std::uint64_t file(int number) { return filed({samples::open_to_all(samples::note(number))}); }
  std::uint64_t filed(const std::vector<filing::DraftItem>& items) {
    const auto done = sample_.file(items, samples::party(10), samples::key(10));
    EXPECT_TRUE(done) << (done ? "" : done.error().sentence());
    return done ? done->index : 0;
  }
  void erase(std::uint64_t entry) {
    EXPECT_TRUE(sample_.control(filing::Erase{{entry, 0}, "privacy", "registrar"}));
  }
  /// The digest of the record as it is now, or another; the entry that files it.
  std::uint64_t file_digest(bool truly = true) {
    EXPECT_TRUE(follower_->catch_up(sample_.head()));
    auto stamp = follower_->stamp();
    if (!truly) stamp.digest.bytes[7] ^= std::byte{1};
    return sample_.control(filing::FileDigest{.size = stamp.size, .digest = stamp.digest})->index;
  }
  Report run(bool with_record = true) {
    return audit(sample_.files(), {.log = sample_.vkey(),
                                   .scratch_directory = scratch_.path(),
                                   .earlier_checkpoints = {},
                                   .with_hidden = true,
                                   .with_record = with_record,
                                   .workers = 2,
                                   .progress = {}})
        .value();
  }
  /// How many digests are checked, how many superseded, and where one is found to be false.
  using Verdict = std::tuple<std::uint64_t, std::uint64_t, std::vector<std::uint64_t>>;
  Verdict verdict() {
    const Report report = run();
    std::vector<std::uint64_t> refuted;
    for (const Finding& finding : report.findings) {
      EXPECT_EQ(finding.code, "record-digest-mismatch") << finding.sentence;
      refuted.push_back(finding.entry.value_or(0));
    }
    EXPECT_TRUE(report.record);
    return {report.record->checked, report.record->superseded, refuted};
  }

  samples::TemporaryDirectory scratch_;
  samples::TemporaryDirectory place_;
  samples::SampleRegistry sample_;
  std::unique_ptr<record::Follower> follower_;
};

TEST_F(RecordDigests, TrueOnesAreRecomputed) {
  file(1);
  file_digest();
  file(2);
  file_digest();
  EXPECT_EQ(verdict(), Verdict(2, 0, {}));
  const Report report = run();
  file_digest();  // brings the follower up to the entry before it
  EXPECT_EQ(report.record->digest, follower_->stamp().digest);
  EXPECT_EQ(report.record->size, follower_->stamp().size);
}

TEST_F(RecordDigests, AFalseOneIsNamed) {
  file(1);
  file_digest();
  const std::uint64_t lie = file_digest(false);
  file(2);
  file_digest();
  EXPECT_EQ(verdict(), Verdict(2, 0, {lie}));
}

TEST_F(RecordDigests, NothingIsSaidWithoutTheRecord) {
  file_digest(false);
  const Report report = run(false);
  EXPECT_TRUE(report.clean());
  EXPECT_FALSE(report.record);
}

TEST_F(RecordDigests, OneBeforeAnErasureIsSuperseded) {
  const std::uint64_t entry = file(1);
  file(2);
  file_digest();
  erase(entry);
  file_digest();
  EXPECT_EQ(verdict(), Verdict(1, 1, {}));
}

TEST_F(RecordDigests, AnErasureExcusesNothingThatDoesNotRestOnIt) {
  const std::uint64_t lie = file_digest(false);
  const std::uint64_t behind = file(1);
  const std::uint64_t hidden = filed({samples::for_readers(
      samples::note(3, samples::marked(samples::kAmber)), {samples::party(10)})});
  const std::uint64_t before = file(2);
  erase(before);
  const std::uint64_t second = file_digest(false);  // knows of the erasure before it
  erase(hidden);                                    // what was hidden never was in the record
  EXPECT_EQ(verdict(), Verdict(0, 0, {lie, second}));
  erase(behind);  // behind the first, before the second
  EXPECT_EQ(verdict(), Verdict(0, 1, {lie}));
}

TEST_F(RecordDigests, OfSupersededOnesEachMustFollowFromTheOneBefore) {
  const std::uint64_t entry = file(1);
  file_digest();
  file(2);
  file_digest();
  const std::uint64_t lie = file_digest(false);
  erase(entry);
  file(3);
  file_digest();
  EXPECT_EQ(verdict(), Verdict(1, 3, {lie}));
}

TEST_F(RecordDigests, ErasuresBetweenSupersededOnesAccuseNobody) {
  const std::uint64_t first = file(1);
  const std::uint64_t second = file(2);
  const std::uint64_t third = file(3);
  file_digest();
  erase(second);
  file_digest();
  erase(third);
  file_digest();
  erase(first);
  EXPECT_EQ(verdict(), Verdict(0, 3, {}));
}

TEST_F(RecordDigests, ADisclosedCopyThatIsErasedSupersedesToo) {
  const std::uint64_t entry = filed({samples::for_readers(samples::note(5), {samples::party(10)})});
  const UnixMicros version = parse_timestamp(samples::kTime).value();
  ASSERT_TRUE(
      sample_.control(filing::Disclose{{entry, 0}, "note--" + samples::uuid(5), version, false}));
  file_digest();
  EXPECT_EQ(verdict(), Verdict(1, 0, {}));
  erase(entry);
  EXPECT_EQ(verdict(), Verdict(0, 1, {}));
  EXPECT_EQ(run().erased_objects, 1U);
}

TEST_F(RecordDigests, AWithheldDisclosureIsNamed) {
  const std::string text = samples::note(5);
  const std::uint64_t entry = filed({samples::for_readers(text, {samples::party(10)})});
  const UnixMicros version = parse_timestamp(samples::kTime).value();
  ASSERT_TRUE(
      sample_.control(filing::Disclose{{entry, 0}, "note--" + samples::uuid(5), version, false}));
  const std::uint64_t size = crypto::count(run().head.size);
  const auto visible =
      log::SegmentReader::open(sample_.files(), log::SegmentKind::visible, crypto::TreeSize{size})
          .value();
  std::optional<log::StoredRecord> record;
  for (std::uint64_t i = entry + 1; i < size && !record; ++i) record = visible.read(i).value();
  ASSERT_TRUE(record);
  const std::string path = "segments/public/00000000.seg";
  auto bytes = *sample_.files().read(path, 1U << 30).value();
  const rules::Part& part = record->record.parts.at(0);
  const auto at = std::ranges::search(bytes, part.salt).begin();
  std::fill_n(at, part.salt.size() + part.content.size(), std::byte{0});
  ASSERT_TRUE(sample_.files().write(path, bytes));
  const Report report = run();
  ASSERT_FALSE(report.clean());
  EXPECT_EQ(report.findings.at(0).code, "object-withheld");
  EXPECT_EQ(report.findings.at(0).entry, entry);
}

}  // namespace
}  // namespace comity::audit
