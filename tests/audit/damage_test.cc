// Whatever becomes of the files of a log: an audit names one flipped bit, and ends on any damage.
// The log is that of tests/golden/registry, whose files of earlier sizes lie beside the last ones.

#include <algorithm>
#include <filesystem>
#include <limits>
#include <map>
#include <random>

#include <gtest/gtest.h>

#include "audit/audit.h"
#include "log/layout.h"

#include "tests/registry/sample_registry.h"

namespace comity::audit {
namespace {

constexpr std::uint64_t kLimit = 1 << 20;

class Damage : public ::testing::Test {
 protected:
  Damage() {
    const auto root = std::filesystem::path(COMITY_SOURCE_DIR) / "tests/golden/registry";
    const auto golden = open_directory(root.string()).value();
    for (const auto& found : std::filesystem::recursive_directory_iterator(root)) {
      const std::string path = found.path().lexically_relative(root).string();
      const bool is_of_the_log = path == log::kCheckpointPath || path.starts_with("tile/") ||
                                 path.starts_with("segments/");
      if (!found.is_regular_file() || !is_of_the_log) continue;
      log_[path] = golden->read(path, kLimit).value().value();
      write(path, log_[path]);
    }
    EXPECT_EQ(log_.size(), 25U);
    EXPECT_TRUE(run()->clean());
  }

  void write(const std::string& path, ByteView bytes) { EXPECT_TRUE(files_.write(path, bytes)); }
  /// Makes all as it was.
  void restore() {
    for (const auto& [path, bytes] : log_)
      if (files_.read(path, kLimit).value() != bytes) write(path, bytes);
    EXPECT_TRUE(files_.sync());
  }
  Result<Report> run(bool with_record = false) {
    return audit(files_,
                 {.log = crypto::make_vkey(samples::kOrigin, samples::key(8).public_key()).value(),
                  .scratch_directory = scratch_.path(),
                  .earlier_checkpoints = {},
                  .with_hidden = true,
                  .with_record = with_record,
                  .workers = 1,
                  .progress = {}});
  }
  static bool names(const Report& report, std::string_view what) {
    const auto has = [&](const std::string& text) { return text.find(what) != std::string::npos; };
    return std::ranges::any_of(report.findings, [&](const Finding& finding) {
      return has(finding.sentence) || std::ranges::any_of(finding.files, has);
    });
  }

  samples::TemporaryDirectory scratch_;
  crash::MemoryFiles files_;
  std::map<std::string, Bytes> log_;
};

/// Every byte of what a writer goes on from: the checkpoint, the indexes and the last partial tile.
/// An audit takes milliseconds, so 16 places of each of the others.
std::vector<std::size_t> places_of(const std::string& path, std::size_t size) {
  const bool is_whole =
      path == log::kCheckpointPath || path.ends_with("/index") || path == "tile/0/000.p/20";
  const std::size_t count = is_whole ? size : 16;
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < count; ++i) places.push_back((size - 1) * i / (count - 1));
  return places;
}

TEST_F(Damage, OfOneBitIsNamedByItsFile) {
  for (const auto& [path, bytes] : log_)
    for (const std::size_t at : places_of(path, bytes.size())) {
      const std::size_t bit = (at + at / 8) % 8;  // not the same in each row of a table
      SCOPED_TRACE(testing::Message() << path << ", bit " << bit << " of byte " << at);
      Bytes flipped = bytes;
      flipped[at] ^= std::byte{1} << bit;
      write(path, flipped);
      const auto report = run();
      if (path == log::kCheckpointPath) {
        EXPECT_FALSE(report);  // nothing to audit by
      } else {
        ASSERT_TRUE(report) << report.error().sentence();
        // Of an index or a segment it may be the two that do not fit.
        const bool is_segment = path.starts_with("segments/");
        EXPECT_TRUE(names(*report, is_segment ? path.substr(0, path.rfind('/')) : path))
            << (report->clean() ? "clean" : report->findings[0].sentence);
      }
      restore();
    }
}

TEST_F(Damage, OfAnyKindIsSurvived) {
  constexpr int kTimes = 300;
  constexpr std::uint64_t kSeed = 20'261'129;
  std::mt19937_64 random(kSeed);
  std::vector<std::string> paths;
  for (const auto& file : log_) paths.push_back(file.first);
  const auto below = [&](std::size_t limit) { return static_cast<std::size_t>(random() % limit); };
  for (int time = 0; time < kTimes; ++time) {
    const std::string& path = paths[below(paths.size())];
    const std::string& other = paths[below(paths.size())];
    const Bytes& whole = log_[path];
    Bytes bytes = whole;
    const std::size_t from = below(whole.size());
    const std::size_t size = 1 + below(whole.size() - from);
    const std::size_t act = below(6);
    SCOPED_TRACE(testing::Message() << "seed " << kSeed << ", time " << time << ": act " << act
                                    << " on " << path << " at " << from);
    if (act == 0) bytes.resize(from);
    if (act == 1) bytes.insert(bytes.end(), whole.begin(), whole.end());
    if (act == 2) bytes = log_[other];
    if (act == 3)
      std::fill_n(bytes.begin() + static_cast<std::ptrdiff_t>(from), size, std::byte{0});
    if (act == 4)
      for (std::size_t i = from; i < from + size; ++i) bytes[i] = static_cast<std::byte>(random());
    write(path, bytes);
    if (act == 2) write(other, whole);
    if (act == 5) {
      EXPECT_TRUE(files_.remove(path));
    }
    const auto report = run(true);
    // What lies behind the log's own bytes is a lost batch's; files of earlier sizes may be gone.
    const bool is_needed = !path.starts_with("tile/") || path.ends_with(".p/20");
    if (is_needed && act != 1 && (act == 5 || bytes != whole)) {
      EXPECT_FALSE(report && report->clean());
    }
    restore();
  }
}

/// A log may sign what it does not have, and none could be looked through to the end.
TEST_F(Damage, ASizeWithoutEntriesEndsAtTheThousandthFinding) {
  const auto honest = crypto::open_checkpoint(
                          as_text(log_[std::string(log::kCheckpointPath)]),
                          crypto::make_vkey(samples::kOrigin, samples::key(8).public_key()).value())
                          .value()
                          .checkpoint;
  for (const std::uint64_t size : {std::uint64_t{1} << 32, std::uint64_t{1} << 62,
                                   std::numeric_limits<std::uint64_t>::max()}) {
    auto claimed = honest;
    claimed.size = crypto::TreeSize{size};
    const auto note = crypto::sign_checkpoint(claimed, samples::key(8)).value().note;
    write(std::string(log::kCheckpointPath), as_bytes(crypto::print(note)));
    const auto report = run(true);
    ASSERT_TRUE(report) << report.error().sentence();
    EXPECT_EQ(report->findings.size(), Report::kFindings) << size;
    EXPECT_TRUE(report->cut_short) << size;
    EXPECT_TRUE(report->admission_ends) << size;
  }
  restore();
  EXPECT_FALSE(run()->cut_short);
}

TEST_F(Damage, FilesThatBelongToNothingAreNamed) {
  for (const auto& [path, code] :
       std::map<std::string, std::string>{{"segments/public/00000007.seg", "segment-unexpected"},
                                          {"segments/public/notes", "segment-unexpected"},
                                          {"segments/hidden/00000002.seg", "segment-unexpected"},
                                          {"tile/0/000.p/notes", "tile-path-malformed"},
                                          {"tile/0/00", "tile-path-malformed"}}) {
    write(path, as_bytes("?"));
    const auto report = run();
    ASSERT_TRUE(report && report->findings.size() == 1) << path;
    EXPECT_EQ(report->findings[0].code, code);
    EXPECT_TRUE(names(*report, path));
    EXPECT_TRUE(files_.remove(path));
  }
  write("segments/public/00000001.seg", as_bytes("of a batch that was not committed"));
  EXPECT_TRUE(run()->clean());
}

TEST_F(Damage, OfMoreThanAReportKeepsIsSaid) {
  for (std::size_t i = 0; i <= Report::kFindings; ++i) {
    if (i == Report::kFindings) {
      const auto full = run();
      ASSERT_TRUE(full);
      EXPECT_EQ(full->findings.size(), Report::kFindings);
      EXPECT_FALSE(full->cut_short);
    }
    write("segments/public/stray " + std::to_string(i), as_bytes("?"));
  }
  const auto report = run();
  ASSERT_TRUE(report);
  EXPECT_EQ(report->findings.size(), Report::kFindings);
  EXPECT_TRUE(report->cut_short);
}

}  // namespace
}  // namespace comity::audit
