// A record that follows a log while many write to it.

#include "record/live_record.h"

#include <atomic>
#include <thread>

#include <gtest/gtest.h>

#include "audit/audit.h"
#include "log/layout.h"
#include "record/digest_due.h"

#include "query/snapshot.h"
#include "tests/registry/sample_registry.h"

namespace comity::record {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr int kFirstParty = 10;
constexpr int kWriters = 4;
constexpr int kEach = 25;

LiveRecord::Instant in(std::chrono::steady_clock::duration time) {
  return std::chrono::steady_clock::now() + time;
}

/// A registry that tells a live record of its heads.
class Live : public ::testing::Test {
 protected:
  Live() {
    log::RegistryOptions options;
    options.committed = [this](const crypto::TreeHead& head, const std::string&) {
      if (LiveRecord* live = live_.load()) live->advance(head);
    };
    sample_.emplace(options);
    for (int i = 0; i < kWriters; ++i) EXPECT_TRUE(sample_->admit(kFirstParty + i));
  }
  ~Live() override { sample_->close(); }

  void start(const LiveRecord::CaughtUp& caught_up = {}) {
    auto follower = Follower::open({sample_->files(), place_.path()}).value();
    record_ = std::make_unique<LiveRecord>(std::move(follower), caught_up);
    live_ = record_.get();
    record_->advance(head());
  }
  void stop() {
    live_ = nullptr;
    record_.reset();
  }
  crypto::TreeHead head() { return sample_->head(); }
  std::uint64_t size() { return crypto::count(head().size); }
  Result<log::Registered> file(int number, int by = kFirstParty) {
    return sample_->file({samples::open_to_all(samples::note(number))}, samples::party(by),
                         samples::key(static_cast<std::uint8_t>(by)));
  }
  /// How many objects a newcomer's snapshot has of that entry.
  [[nodiscard]] std::int64_t objects_of(std::uint64_t entry) const {
    const auto snapshot = query::Snapshot::open(record_->path()).value();
    return snapshot.database()
        .integer("SELECT count(*) FROM version WHERE entry = " + std::to_string(entry))
        .value();
  }

  std::atomic<LiveRecord*> live_ = nullptr;
  samples::TemporaryDirectory place_;
  std::optional<samples::SampleRegistry> sample_;
  std::unique_ptr<LiveRecord> record_;
};

TEST_F(Live, EveryWriterFindsWhatItWasAnswered) {
  start();
  std::atomic<int> found = 0;
  std::vector<std::thread> writers;
  for (int writer = 0; writer < kWriters; ++writer)
    writers.emplace_back([&, writer] {
      for (int i = 0; i < kEach; ++i) {
        const auto filed = file(1000 * writer + i, kFirstParty + writer);
        if (!filed || !record_->wait_for(filed->index + 1, in(seconds(60)))) return;
        if (objects_of(filed->index) == 1) ++found;
      }
    });
  for (auto& writer : writers) writer.join();
  EXPECT_EQ(found, kWriters * kEach);
  ASSERT_TRUE(record_->wait_for(size(), in(seconds(60))));
  const Stamp live = record_->stamp();
  stop();

  const samples::TemporaryDirectory fresh;
  const auto newcomer = Follower::open({sample_->files(), fresh.path()}).value();
  ASSERT_TRUE(newcomer->catch_up(head()));
  EXPECT_EQ(live, newcomer->stamp());
}

TEST_F(Live, WhoWaitsForWhatIsNotThereIsToldAtTheDeadline) {
  start();
  ASSERT_TRUE(record_->wait_for(size(), in(seconds(60))));
  const auto waited = record_->wait_for(size() + 1, in(milliseconds(20)));
  ASSERT_FALSE(waited);
  EXPECT_NE(waited.error().fault(), nullptr);
}

TEST_F(Live, WhoWaitsIsToldWhatFailedAndItHeals) {
  start();
  ASSERT_TRUE(record_->wait_for(size(), in(seconds(60))));
  live_ = nullptr;
  const auto filed = file(1);
  ASSERT_TRUE(filed);
  const std::string path = log::path_of(*log::bundle_at(head().size, 0));
  const auto bundle = *sample_->files().read(path, 1U << 30).value();
  ASSERT_TRUE(sample_->files().remove(path));
  record_->advance(head());
  const auto waited = record_->wait_for(size(), in(seconds(60)));
  ASSERT_FALSE(waited);
  EXPECT_NE(waited.error().sentence().find(path), std::string::npos) << waited.error().sentence();
  ASSERT_TRUE(sample_->files().write(path, bundle));
  Result<Stamp> healed = fail("not yet");
  for (int i = 0; i < 600 && !healed; ++i) {
    std::this_thread::sleep_for(milliseconds(50));
    healed = record_->wait_for(size(), in(seconds(60)));
  }
  EXPECT_TRUE(healed);
  EXPECT_EQ(objects_of(filed->index), 1);
}

TEST_F(Live, StopsWhileItFolds) {
  for (int i = 0; i < 200; ++i) ASSERT_TRUE(file(i));
  start();
  stop();
  start();
  ASSERT_TRUE(record_->wait_for(size(), in(seconds(60))));
}

TEST_F(Live, AServerFilesTheDigestsThatAreDue) {
  static constexpr DigestPace kPace{.entries = 10, .seconds = 1'000'000};
  const std::string registrar = sample_->registrar();
  std::atomic<int> digests = 0;
  start([this, registrar, &digests](const Stamp& stamp) {
    const log::LogReader log(sample_->files(), {crypto::TreeSize{stamp.size}, stamp.root});
    const auto since = since_digest(log, kPace);
    if (!since || !is_digest_due(*since, kPace)) return;
    EXPECT_TRUE(sample_->filer().control(
        filing::FileDigest{.size = stamp.size, .digest = stamp.digest}, registrar));
    ++digests;
  });
  for (int half = 1; half <= 2; ++half) {
    for (int i = 0; i < 20; ++i) ASSERT_TRUE(file(20 * half + i));
    while (digests < half && !HasFailure()) std::this_thread::sleep_for(milliseconds(5));
  }
  stop();
  const samples::TemporaryDirectory scratch;
  const auto report = audit::audit(sample_->files(), {.log = sample_->vkey(),
                                                      .scratch_directory = scratch.path(),
                                                      .earlier_checkpoints = {},
                                                      .with_hidden = true,
                                                      .workers = 1,
                                                      .progress = {}})
                          .value();
  for (const auto& finding : report.findings) ADD_FAILURE() << finding.sentence;
  ASSERT_TRUE(report.record);
  EXPECT_EQ(report.record->checked, static_cast<std::uint64_t>(digests.load()));
}

}  // namespace
}  // namespace comity::record
