#include "audit/audit.h"

#include <algorithm>
#include <functional>

#include <gtest/gtest.h>

#include "log/layout.h"
#include "log/segment_reader.h"

#include "tests/registry/sample_registry.h"
#include "tests/registry/unadmitted.h"

namespace comity::audit {
namespace {

using samples::SampleRegistry;

/// A log of over 256 entries with public, hidden, sealed, disclosed and erased items.
class Audit : public ::testing::Test {
 protected:
  Audit() {
    EXPECT_TRUE(sample_.admit(10));
    for (int i = 0; i < 130; ++i) file(i);
    const auto filed = sample_.file(
        {samples::open_to_all(samples::note(501)), samples::open_to_all(samples::note(502)),
         samples::for_readers(samples::note(503, samples::marked(samples::kAmber)),
                              {samples::party(10)}),
         samples::sealed(samples::note(504))},
        samples::party(10), samples::key(10));
    EXPECT_TRUE(filed);
    filed_ = filed->index;
    EXPECT_TRUE(sample_.control(
        filing::Disclose{{filed_, 2}, "note--" + samples::uuid(503), kVersion, false}));
    EXPECT_TRUE(sample_.control(filing::Erase{{filed_, 1}, "privacy", "registrar"}));
    earlier_ = checkpoint();
    file(600);
    sample_.close();
  }

  void file(int number) {
    EXPECT_TRUE(sample_.file({samples::open_to_all(samples::note(number))}, samples::party(10),
                             samples::key(10)));
  }
  /// A sealed note, and what its party has kept of it.
  struct SealedNote {
    std::uint64_t entry = 0;
    filing::SignedFiling::Kept kept;
  };
  SealedNote file_sealed(int number) {
    auto filing = filing::sign_filing({samples::sealed(samples::note(number))},
                                      sample_.claims_of(samples::party(10)), samples::key(10));
    const auto filed = sample_.send(std::move(filing->filing));
    EXPECT_TRUE(filed);
    return {filed->index, std::move(filing->kept[0])};
  }
  void disclose(int number, const SealedNote& note) {
    EXPECT_TRUE(sample_.control(
        filing::Disclose{{note.entry, 0}, "note--" + samples::uuid(number), kVersion, false},
        rules::Disclosure{.salt = note.kept.salt, .content = note.kept.content}));
  }
  [[nodiscard]] std::string checkpoint() {
    return std::string(as_text(*sample_.files().read(log::kCheckpointPath, 65536).value()));
  }
  [[nodiscard]] AuditOptions options() const {
    return {.log = sample_.vkey(),
            .scratch_directory = scratch_.path(),
            .earlier_checkpoints = {},
            .with_hidden = true,
            .workers = 2,
            .progress = {}};
  }
  Report run() { return audit(sample_.files(), options()).value(); }

  /// Expects that of a log with such an entry at its end this is said of that entry, and no more.
  void expect_named(const char* code, const std::function<std::uint64_t(Files&)>& append) {
    const auto files = sample_.files().copied_to("memory");
    const std::uint64_t index = append(*files);
    const Report report = audit(*files, options()).value();
    EXPECT_EQ(report.admission_ends, index) << code;
    ASSERT_EQ(report.findings.size(), 1U) << code;
    EXPECT_EQ(report.findings[0].code, code);
    EXPECT_EQ(report.findings[0].entry, index) << code;
  }
  /// A filing of samples::note(number) in the name of party 10.
  static Bytes sign(int number, std::uint8_t signer) {
    filing::Claims claims = samples::claims();
    claims.issuer = samples::party(10);
    return filing::sign_filing({samples::open_to_all(samples::note(number))}, claims,
                               samples::key(signer))
        .value()
        .filing;
  }
  static Bytes sign_tick(const std::string& issuer, std::uint8_t signer) {
    filing::Claims claims = samples::claims(std::string(samples::kOrigin));
    claims.issuer = issuer;
    return filing::sign_statement(filing::StatementKind::control, claims,
                                  filing::write_control(filing::Tick{UnixSeconds{1'800'000'000}}),
                                  samples::key(signer))
        .value();
  }

  /// Flips a bit of the byte at a place from 0 (first) to 1 (last) of the file.
  void flip(const std::string& path, double place = 0.5) {
    auto bytes = sample_.files().read(path, 1U << 30).value();
    ASSERT_TRUE(bytes) << path;
    const auto at = static_cast<std::size_t>(static_cast<double>(bytes->size() - 1) * place);
    (*bytes)[at] ^= std::byte{1};
    ASSERT_TRUE(sample_.files().write(path, *bytes));
  }
  /// Zeros where a public object stood, as an erasure leaves them, but no entry erases it.
  void overwrite_public(const std::string& object) {
    const std::string path = "segments/public/00000000.seg";
    auto bytes = *sample_.files().read(path, 1U << 30).value();
    const auto at = as_text(bytes).find(object);
    ASSERT_NE(at, std::string_view::npos);
    std::fill_n(bytes.begin() + static_cast<std::ptrdiff_t>(at - filing::kSaltBytes),
                filing::kSaltBytes + object.size(), std::byte{0});
    ASSERT_TRUE(sample_.files().write(path, bytes));
  }
  static bool names(const Report& report, std::string_view what) {
    return std::ranges::any_of(report.findings, [&](const Finding& finding) {
      return finding.code == what || finding.sentence.find(what) != std::string::npos;
    });
  }

  static constexpr UnixMicros kVersion{1'767'323'045'678'000};
  samples::TemporaryDirectory scratch_;
  SampleRegistry sample_;
  std::uint64_t filed_ = 0;
  std::string earlier_;
};

TEST_F(Audit, ACleanLogIsClean) {
  AuditOptions with_earlier = options();
  with_earlier.earlier_checkpoints = {earlier_};
  const Report report = audit(sample_.files(), with_earlier).value();
  for (const auto& finding : report.findings) ADD_FAILURE() << finding.code << finding.sentence;
  EXPECT_EQ(report.entries, crypto::count(report.head.size));
  EXPECT_GT(report.entries, 256U);
  EXPECT_EQ(report.filings + report.controls, report.entries);
  EXPECT_EQ(report.parties, 2U);
  EXPECT_EQ(report.keys, 2U);
  EXPECT_EQ(report.hidden_objects, 2U);
  EXPECT_EQ(report.sealed_objects, 1U);
  EXPECT_EQ(report.erased_objects, 1U);
  EXPECT_EQ(report.earlier_checkpoints, 1U);
  EXPECT_FALSE(report.admission_ends);
}

TEST_F(Audit, AnotherKeyHasNothingToSay) {
  AuditOptions other = options();
  other.log = crypto::make_vkey(samples::kOrigin, samples::key(77).public_key()).value();
  EXPECT_EQ(audit(sample_.files(), other).error().code(), "note-unsigned");
}

TEST_F(Audit, NamesEveryFileWithAFlippedBit) {
  const std::uint64_t size = crypto::count(run().head.size);
  const std::string partial = ".p/" + std::to_string(size % 256);
  for (const std::string& path :
       {std::string("tile/0/000"), "tile/0/001" + partial, std::string("tile/1/000.p/1"),
        std::string("tile/entries/000"), "tile/entries/001" + partial,
        std::string("segments/public/00000000.seg"), std::string("segments/public/index"),
        std::string("segments/hidden/00000000.seg"), std::string("segments/hidden/index")}) {
    for (const double place : {0.0, 0.3, 0.7, 1.0}) {
      flip(path, place);
      EXPECT_FALSE(run().clean()) << path << " at " << place;
      flip(path, place);
    }
  }
  EXPECT_TRUE(run().clean());
  flip("tile/entries/000", 0.5);
  EXPECT_TRUE(names(run(), "tile/entries/000"));
  flip("tile/entries/000", 0.5);
  flip("tile/0/000", 0.5);
  EXPECT_TRUE(names(run(), "tile/0/000"));
}

TEST_F(Audit, NamesWhatIsMissing) {
  for (const char* path : {"tile/0/000", "tile/1/000.p/1", "tile/entries/000",
                           "segments/public/00000000.seg", "segments/public/index"}) {
    const auto bytes = *sample_.files().read(path, 1U << 30).value();
    ASSERT_TRUE(sample_.files().remove(path));
    const Report report = run();
    EXPECT_FALSE(report.clean()) << path;
    if (!std::string_view(path).ends_with("index")) {
      EXPECT_TRUE(names(report, path)) << path;
    }
    ASSERT_TRUE(sample_.files().write(path, bytes));
  }
  EXPECT_TRUE(run().clean());
}

TEST_F(Audit, NamesAWithheldObject) {
  overwrite_public(samples::note(501));
  const Report report = run();
  EXPECT_TRUE(names(report, "object-withheld"));
  EXPECT_EQ(report.findings.at(0).entry, filed_);
  const auto bundle = log::bundle_at(report.head.size, filed_ / log::kTileWidth).value();
  std::vector<std::string> files{log::path_of(bundle)};
  for (const auto kind : {log::SegmentKind::visible, log::SegmentKind::hidden}) {
    const auto reader = log::SegmentReader::open(sample_.files(), kind, report.head.size).value();
    files.push_back(log::path_of(log::SegmentId{kind, 0}) + " at byte " +
                    std::to_string(reader.find(filed_).value()->offset));
  }
  EXPECT_EQ(report.findings.at(0).files, files);
}

TEST_F(Audit, AHoldExcusesWhatAServerWithholdsAndNothingOfTheRegistrysOwn) {
  ASSERT_TRUE(sample_.reopen());
  ASSERT_TRUE(sample_.control(filing::Hold{{filed_, 0}, true, "order", "court"}));
  sample_.close();
  EXPECT_TRUE(run().clean());
  overwrite_public(samples::note(501));
  const Report own = run();
  ASSERT_EQ(own.findings.size(), 1U);
  EXPECT_EQ(own.findings[0].code, "object-withheld");
  EXPECT_EQ(own.findings[0].entry, filed_);
  EXPECT_EQ(own.held_objects, 0U);
  AuditOptions of_server = options();
  of_server.holds_are_withheld = true;
  const Report served = audit(sample_.files(), of_server).value();
  EXPECT_TRUE(served.clean());
  EXPECT_EQ(served.held_objects, 1U);
}

TEST_F(Audit, NamesWhatTheRulesDoNotAdmit) {
  const auto expect_filing = [&](const char* code, const Bytes& filing,
                                 samples::Signature signature = samples::Signature::whole) {
    expect_named(code, [&](Files& files) {
      return samples::append_unadmitted_filing(files, filing, signature);
    });
  };
  expect_filing("signature-invalid", sign(700, 10), samples::Signature::broken);
  expect_filing("key-unknown", sign(700, 77));
  expect_filing("key-not-issuers", sign(700, 1));
  expect_filing("version-taken", sign(0, 10));
  expect_named("control-not-registrars", [](Files& files) {
    return samples::append_unadmitted(files, sign_tick(samples::party(10), 10));
  });
}

TEST_F(Audit, NamesAStatementThatStandsInTheLogTwice) {
  expect_named("log-repeats-entry", [](Files& files) {
    const Bytes filing = sign(700, 10);
    samples::append_unadmitted_filing(files, filing);
    return samples::append_unadmitted_filing(files, filing);
  });
}

TEST_F(Audit, NamesWhatTheSegmentsLackOrHaveTooMuch) {
  const Bytes filing = sign(700, 10);
  const auto envelope = filing::parse_envelope(filing).value();
  expect_named("log-record-missing",
               [&](Files& files) { return samples::append_unadmitted(files, envelope.entry()); });
  expect_named("log-record-missing", [&](Files& files) {
    return samples::append_unadmitted(files, envelope.entry(), envelope.manifest);
  });
  expect_named("log-record-unexpected", [&](Files& files) {
    const std::vector<rules::Part> parts{
        {.ordinal = 0, .salt = envelope.parts[0].salt, .content = envelope.parts[0].content},
        {.ordinal = 1, .salt = envelope.parts[0].salt, .content = envelope.parts[0].content}};
    return samples::append_unadmitted(files, envelope.entry(), envelope.manifest, parts);
  });
  expect_named("log-record-unexpected", [&](Files& files) {
    return samples::append_unadmitted(files, sign_tick(samples::party(10), 1), envelope.manifest);
  });
}

TEST_F(Audit, NamesAForkAndARollback) {
  // The same keys sign another history of the same length and more.
  const auto forge = [&](std::uint64_t size) {
    crypto::Checkpoint other{.origin = std::string(samples::kOrigin),
                             .size = crypto::TreeSize{size},
                             .root = {},
                             .extensions = {}};
    other.root.bytes.fill(std::byte{7});
    return crypto::print(crypto::sign_checkpoint(other, samples::key(8)).value().note);
  };
  AuditOptions with = options();
  with.earlier_checkpoints = {forge(200)};
  EXPECT_TRUE(names(audit(sample_.files(), with).value(), "log-forked"));
  with.earlier_checkpoints = {forge(100'000)};
  EXPECT_TRUE(names(audit(sample_.files(), with).value(), "log-rolled-back"));
}

TEST_F(Audit, AWatchdogsCopyHasNoHiddenSegments) {
  for (const char* path : {"segments/hidden/00000000.seg", "segments/hidden/index"})
    ASSERT_TRUE(sample_.files().remove(path));
  AuditOptions without = options();
  without.with_hidden = false;
  const Report report = audit(sample_.files(), without).value();
  for (const auto& finding : report.findings) ADD_FAILURE() << finding.code << finding.sentence;
  // The sealed one; of the two hidden ones that were kept here the other was disclosed.
  EXPECT_EQ(report.sealed_objects, 1U);
}

TEST_F(Audit, NamesAnErasureThatWasNotCarriedOut) {
  ASSERT_TRUE(sample_.reopen());
  const auto filed = sample_.file({samples::open_to_all(samples::note(701)),
                                   samples::for_readers(samples::note(702), {samples::party(10)})},
                                  samples::party(10), samples::key(10));
  ASSERT_TRUE(filed);
  const auto disclosed = sample_.control(
      filing::Disclose{{filed->index, 1}, "note--" + samples::uuid(702), kVersion, false});
  ASSERT_TRUE(disclosed);
  const std::vector<std::string> paths{"segments/public/00000000.seg",
                                       "segments/hidden/00000000.seg"};
  std::vector<Bytes> before;
  for (const auto& path : paths) before.push_back(*sample_.files().read(path, 1U << 30).value());
  for (const std::uint64_t ordinal : {0U, 1U})
    ASSERT_TRUE(sample_.control(filing::Erase{{filed->index, ordinal}, "privacy", "registrar"}));
  sample_.close();
  EXPECT_TRUE(run().clean());
  // A backup from before the erasures is put back.
  for (std::size_t i = 0; i < paths.size(); ++i)
    ASSERT_TRUE(sample_.files().write(paths[i], before[i]));

  using Found = std::pair<std::uint64_t, std::string>;
  const auto found = [&](bool with_hidden) {
    AuditOptions how = options();
    how.with_hidden = with_hidden;
    std::vector<Found> all;
    const auto report = audit(sample_.files(), how).value();
    for (const Finding& finding : report.findings) {
      EXPECT_EQ(finding.code, "erasure-not-done") << finding.sentence;
      for (const auto& path : paths)
        if (finding.sentence.find(path) != std::string::npos)
          all.emplace_back(finding.entry.value_or(0), path);
    }
    return all;
  };
  const Found open{filed->index, paths[0]};
  const Found hidden{filed->index, paths[1]};
  const Found copy{disclosed->index, paths[0]};
  EXPECT_EQ(found(true), (std::vector{open, hidden, copy}));
  EXPECT_EQ(found(false), (std::vector{open, copy}));  // as of a server
  // What the advice says: without its state the registry erases anew.
  sample_.forget_state();
  ASSERT_TRUE(sample_.reopen());
  sample_.close();
  EXPECT_TRUE(run().clean());
}

TEST_F(Audit, CountsEachObjectOnceByWhatBecameOfIt) {
  ASSERT_TRUE(sample_.reopen());
  const auto disclosed_then_erased = file_sealed(701);
  const auto disclosed = file_sealed(702);
  const auto erased = file_sealed(703);
  const auto kept = sample_.file({samples::for_readers(samples::note(704), {samples::party(10)})},
                                 samples::party(10), samples::key(10));
  ASSERT_TRUE(kept);
  disclose(701, disclosed_then_erased);
  disclose(702, disclosed);
  for (const std::uint64_t entry : {disclosed_then_erased.entry, erased.entry, kept->index})
    ASSERT_TRUE(sample_.control(filing::Erase{{entry, 0}, "privacy", "registrar"}));
  sample_.close();
  for (const bool with_hidden : {true, false}) {
    AuditOptions how = options();
    how.with_hidden = with_hidden;
    const Report report = audit(sample_.files(), how).value();
    for (const auto& finding : report.findings) ADD_FAILURE() << finding.code << finding.sentence;
    EXPECT_EQ(report.hidden_objects, 2U + 4U);
    EXPECT_EQ(report.sealed_objects, 1U) << with_hidden;
    EXPECT_EQ(report.erased_objects, 1U + 3U) << with_hidden;
    EXPECT_EQ(report.held_objects, 0U);
  }
}

}  // namespace
}  // namespace comity::audit
