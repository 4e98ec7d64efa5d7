#include "log/registry.h"

#include <algorithm>
#include <cerrno>
#include <future>
#include <latch>
#include <set>
#include <span>
#include <thread>
#include <utility>

#include <gtest/gtest.h>

#include "codec/receipt.h"
#include "crypto/tlog_proof.h"
#include "log/log_reader.h"
#include "log/receipt_issuer.h"
#include "log/sqlite.h"

#include "tests/registry/sample_registry.h"
#include "tests/registry/unadmitted.h"

namespace comity::log {
namespace {

using samples::Filer;
using samples::SampleRegistry;

TEST(Registry, FoundsAndReopens) {
  SampleRegistry sample;
  EXPECT_EQ(sample.registry().state().size().value(), 2U);
  const std::string registrar = sample.registrar();
  ASSERT_TRUE(sample.reopen());
  EXPECT_EQ(sample.registrar(), registrar);
  EXPECT_EQ(
      Registry::found(sample.place(), samples::registry_keys(), samples::plan(), sample.clock())
          .error()
          .code(),
      "registry-locked");
  sample.close();
  EXPECT_EQ(
      Registry::found(sample.place(), samples::registry_keys(), samples::plan(), sample.clock())
          .error()
          .code(),
      "log-exists");
}

TEST(Registry, GivesReceiptsThatVerifyOffline) {
  SampleRegistry sample;
  ASSERT_TRUE(sample.admit(10));
  const auto registered =
      sample.file({samples::open_to_all(samples::note(77))}, samples::party(10), samples::key(10));
  ASSERT_TRUE(registered) << registered.error().sentence();
  const auto receipt = sample.registry().receipt(*registered).value();

  const LogReader log = LogReader::open(sample.files(), sample.vkey()).value();
  const auto leaf = crypto::leaf_hash(log.entry(crypto::LeafIndex{registered->index}).value());
  const auto parsed = codec::parse_receipt(receipt.cose).value();
  const auto inclusion = codec::verify_receipt(
      parsed, leaf, {samples::key(9, crypto::Algorithm::es256).public_key(), samples::kOrigin});
  ASSERT_TRUE(inclusion) << inclusion.error().sentence();
  EXPECT_EQ(crypto::number(inclusion->index), registered->index);
  EXPECT_EQ(inclusion->head, registered->head);

  const auto proof = crypto::parse_tlog_proof(receipt.tlog_proof).value();
  EXPECT_TRUE(crypto::verify_tlog_proof(proof, sample.vkey(), leaf));
  const auto other = crypto::leaf_hash(log.entry(crypto::LeafIndex{0}).value());
  EXPECT_EQ(crypto::verify_tlog_proof(proof, sample.vkey(), other).error().code(),
            "merkle-proof-mismatch");
}

TEST(Registry, TheSameStatementAgainGetsItsIndex) {
  SampleRegistry sample;
  ASSERT_TRUE(sample.admit(10));
  const auto filing = filing::sign_filing({samples::open_to_all(samples::note(5))},
                                          sample.claims_of(samples::party(10)), samples::key(10))
                          .value();
  const auto first = sample.send(filing.filing).value();
  ASSERT_TRUE(
      sample.file({samples::open_to_all(samples::note(6))}, samples::party(10), samples::key(10)));
  const auto again = sample.send(filing.filing).value();
  EXPECT_FALSE(first.already_filed);
  EXPECT_TRUE(again.already_filed);
  EXPECT_EQ(first.index, again.index);
  // What it gets is a proof of the same entry in the log as it has grown.
  EXPECT_GT(again.head.size, first.head.size);
  const auto receipt = sample.registry().receipt(again);
  ASSERT_TRUE(receipt) << receipt.error().sentence();
  const LogReader log = LogReader::open(sample.files(), sample.vkey()).value();
  const auto leaf = crypto::leaf_hash(log.entry(crypto::LeafIndex{first.index}).value());
  const auto inclusion = codec::verify_receipt(
      codec::parse_receipt(receipt->cose).value(), leaf,
      {samples::key(9, crypto::Algorithm::es256).public_key(), samples::kOrigin});
  ASSERT_TRUE(inclusion) << inclusion.error().sentence();
  EXPECT_EQ(crypto::number(inclusion->index), first.index);
  EXPECT_EQ(inclusion->head, again.head);
}

TEST(Registry, RefusesAndLeavesNoTrace) {
  SampleRegistry sample;
  ASSERT_TRUE(sample.admit(10));
  const auto size = sample.registry().state().size().value();
  // A stranger, and a party that signs in another's name.
  EXPECT_EQ(
      sample.file({samples::open_to_all(samples::note(1))}, samples::party(11), samples::key(11))
          .error()
          .code(),
      "key-unknown");
  EXPECT_EQ(
      sample.file({samples::open_to_all(samples::note(1))}, sample.registrar(), samples::key(10))
          .error()
          .code(),
      "key-not-issuers");
  // The refused batch wrote at most its tick.
  const LogReader log = LogReader::open(sample.files(), sample.vkey()).value();
  for (std::uint64_t i = size; i < log.size(); ++i)
    EXPECT_EQ(filing::parse_statement(log.entry(crypto::LeafIndex{i}).value()).value().kind,
              filing::StatementKind::control);
}

TEST(Registry, RebuildsALostState) {
  SampleRegistry sample;
  ASSERT_TRUE(sample.admit(10));
  ASSERT_TRUE(
      sample.file({samples::open_to_all(samples::note(5))}, samples::party(10), samples::key(10)));
  const auto size = sample.registry().state().size().value();
  sample.close();
  sample.forget_state();
  ASSERT_TRUE(sample.reopen());
  EXPECT_EQ(sample.registry().state().size().value(), size);
  EXPECT_EQ(
      sample.file({samples::open_to_all(samples::note(5))}, samples::party(10), samples::key(10))
          .error()
          .code(),
      "version-taken");
}

TEST(Registry, OpensNoLogThatItsRulesDoNotAdmit) {
  const auto expect_refused = [](std::uint8_t signer, int number, const char* why) {
    SampleRegistry sample;
    ASSERT_TRUE(sample.admit(10));
    ASSERT_TRUE(sample.file({samples::open_to_all(samples::note(5))}, samples::party(10),
                            samples::key(10)));
    filing::Claims claims = samples::claims();
    claims.issuer = samples::party(10);
    const auto filing = filing::sign_filing({samples::open_to_all(samples::note(number))}, claims,
                                            samples::key(signer))
                            .value();
    sample.close();
    const auto index = samples::append_unadmitted_filing(sample.files(), filing.filing);
    for (int time = 0; time < 2; ++time) {
      const auto opened = sample.reopen();
      ASSERT_FALSE(opened) << why;
      EXPECT_EQ(opened.error().code(), "log-inadmissible");
      const std::string sentence = opened.error().sentence();
      EXPECT_NE(sentence.find("Entry " + std::to_string(index) + " "), std::string::npos)
          << sentence;
      EXPECT_NE(sentence.find(why), std::string::npos) << sentence;
      sample.forget_state();
    }
  };
  expect_refused(77, 6, "key-unknown");    // by its form and signature
  expect_refused(10, 5, "version-taken");  // by the rules
}

/// A log at whose end an erasure stands that nobody has admitted or carried out.
class UnadmittedErasure {
 public:
  enum class Of { founding, note, held_note };

  UnadmittedErasure(Of what, std::uint8_t signer) {
    EXPECT_TRUE(sample_.admit(10));
    filing::ItemPlace place{.entry = 0, .ordinal = 1};
    if (what != Of::founding)
      place = {
          .entry =
              sample_.file({samples::open_to_all(text_)}, samples::party(10), samples::key(10))
                  ->index,
          .ordinal = 0};
    if (what == Of::held_note) {
      EXPECT_TRUE(sample_.control(filing::Hold{place, true, "order", "court"}));
    }
    filing::Claims claims =
        sample_.claims_of(signer == 1 ? sample_.registrar() : samples::party(10));
    claims.subject = std::string(samples::kOrigin);
    const auto erase = filing::sign_statement(
        filing::StatementKind::control, claims,
        filing::write_control(filing::Erase{place, "a ground", "nobody"}), samples::key(signer));
    sample_.close();
    samples::append_unadmitted(sample_.files(), erase.value());
  }

  [[nodiscard]] SampleRegistry& sample() { return sample_; }
  [[nodiscard]] Bytes segment() { return *sample_.files().read(kPath, 1U << 30).value(); }
  /// Leaves half of the note, as a crash does that tears its erasure.
  void tear() {
    Bytes bytes = segment();
    const auto at = as_text(bytes).find(text_);
    ASSERT_NE(at, std::string_view::npos);
    std::fill_n(bytes.begin() + static_cast<std::ptrdiff_t>(at), text_.size() / 2, std::byte{0});
    ASSERT_TRUE(sample_.files().write(kPath, bytes));
  }
  /// With the state and without it.
  void expect_refused_and_unchanged(std::string_view why) {
    const Bytes before = segment();
    for (int time = 0; time < 2; ++time) {
      const auto opened = sample_.reopen();
      ASSERT_FALSE(opened) << why;
      EXPECT_EQ(opened.error().code(), "log-inadmissible");
      const std::string sentence = opened.error().sentence();
      EXPECT_NE(sentence.find(why), std::string::npos) << sentence;
      EXPECT_EQ(segment(), before) << why;
      sample_.forget_state();
    }
  }

 private:
  static constexpr const char* kPath = "segments/public/00000000.seg";
  const std::string text_ = samples::note(5);
  SampleRegistry sample_;
};

TEST(Registry, AnErasureThatTheRulesDoNotAdmitErasesNothing) {
  using enum UnadmittedErasure::Of;
  UnadmittedErasure(founding, 10).expect_refused_and_unchanged("control-not-registrars");
  UnadmittedErasure(founding, 1).expect_refused_and_unchanged("item-protected");
  UnadmittedErasure(note, 10).expect_refused_and_unchanged("control-not-registrars");
  UnadmittedErasure(held_note, 1).expect_refused_and_unchanged("item-held");
  // Nor does it where the item is damaged.
  UnadmittedErasure strangers(note, 10);
  strangers.tear();
  strangers.expect_refused_and_unchanged("Entry ");
  UnadmittedErasure held(held_note, 1);
  held.tear();
  held.expect_refused_and_unchanged("Entry ");
}

TEST(Registry, FinishesATornErasureOfTheRegistrar) {
  for (const bool with_state : {true, false}) {
    UnadmittedErasure erasure(UnadmittedErasure::Of::note, 1);
    erasure.tear();
    if (!with_state) erasure.sample().forget_state();
    const std::string rest = samples::note(5).substr(samples::note(5).size() / 2);
    EXPECT_NE(as_text(erasure.segment()).find(rest), std::string_view::npos);
    const auto opened = erasure.sample().reopen();
    ASSERT_TRUE(opened) << opened.error().sentence();
    EXPECT_EQ(as_text(erasure.segment()).find(rest), std::string_view::npos);
  }
}

TEST(Registry, ALogOfOneEntryGivesNoReceipt) {
  crash::MemoryFiles files;
  const auto note_key = samples::key(8);
  const auto receipt_key = samples::key(9, crypto::Algorithm::es256);
  const std::string origin(samples::kOrigin);
  ASSERT_TRUE(Committer::create(files, {origin, &note_key}));
  samples::append_unadmitted(files, to_bytes("an entry"));
  const auto vkey = crypto::make_vkey(samples::kOrigin, note_key.public_key()).value();
  const LogReader log = LogReader::open(files, vkey).value();
  const std::string note(as_text(**files.read(kCheckpointPath, 1 << 16)));
  const auto made = make_receipt({.log = log,
                                  .checkpoint_note = note,
                                  .time = UnixSeconds{1},
                                  .receipt_key = receipt_key,
                                  .origin = origin},
                                 0);
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().code(), "receipt-size-one");
  ReceiptIssuer issuer({.files = files, .receipt_key = receipt_key, .origin = origin});
  const ReceiptHead head{.head = log.head(), .checkpoint_note = note, .time = UnixSeconds{1}};
  const auto issued = issuer.issue(head, 0);
  ASSERT_FALSE(issued);
  EXPECT_EQ(issued.error().code(), "receipt-size-one");
}

TEST(Registry, RefusesKeysThatAreNotItsOwn) {
  SampleRegistry sample;
  sample.close();
  auto keys = samples::registry_keys();
  keys.registrar = samples::key(33);
  EXPECT_EQ(
      Registry::open(sample.place(), std::string(samples::kOrigin), std::move(keys), sample.clock())
          .error()
          .code(),
      "registrar-key-inactive");
  keys = samples::registry_keys();
  keys.receipt = samples::key(33);
  EXPECT_EQ(
      Registry::open(sample.place(), std::string(samples::kOrigin), std::move(keys), sample.clock())
          .error()
          .code(),
      "log-key-mismatch");
}

TEST(Sequencer, ManyWritersEachGetAPlaceOfTheirOwn) {
  constexpr int kWriters = 4;
  constexpr int kEach = 40;
  SampleRegistry sample;
  for (int writer = 0; writer < kWriters; ++writer) ASSERT_TRUE(sample.admit(10 + writer));
  std::mutex mutex;
  std::set<std::uint64_t> indices;
  std::vector<std::thread> writers;
  for (int writer = 0; writer < kWriters; ++writer)
    writers.emplace_back([&, writer] {
      for (int i = 0; i < kEach; ++i) {
        const auto registered =
            sample.file({samples::open_to_all(samples::note(i))}, samples::party(10 + writer),
                        samples::key(static_cast<std::uint8_t>(10 + writer)));
        ASSERT_TRUE(registered) << registered.error().sentence();
        const std::scoped_lock lock(mutex);
        EXPECT_TRUE(indices.insert(registered->index).second);
      }
    });
  for (auto& writer : writers) writer.join();
  EXPECT_EQ(indices.size(), std::size_t{kWriters} * kEach);
}

TEST(Sequencer, AFullQueueIsAFaultAtOnce) {
  RegistryOptions options;
  options.sequencer.queue_entries = 0;
  SampleRegistry sample(options);
  const auto refused = sample.admit(10);
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().fault(), nullptr);
  EXPECT_NE(refused.error().sentence().find("full"), std::string::npos);
}

TEST(Sequencer, AFaultOfTheDiskIsAnsweredAndReopeningContinues) {
  SampleRegistry sample;
  ASSERT_TRUE(sample.admit(10));
  const auto size = sample.registry().state().size().value();
  sample.files().fail_at({.call = sample.files().calls() + 2,
                          .kind = crash::Failure::Kind::kHalfDone,
                          .error_number = ENOSPC});
  const auto item = samples::open_to_all(samples::note(5));
  EXPECT_NE(sample.file({item}, samples::party(10), samples::key(10)).error().fault(), nullptr);
  // Nobody knows what is on disk now: all else faults too, until the registry is opened again.
  EXPECT_NE(sample.file({item}, samples::party(10), samples::key(10)).error().fault(), nullptr);
  ASSERT_TRUE(sample.reopen());
  EXPECT_EQ(sample.registry().state().size().value(), size);
  EXPECT_TRUE(sample.file({item}, samples::party(10), samples::key(10)));
}

TEST(Sequencer, AStateThatFailsBehindTheLogEndsItAndReopeningReplays) {
  SampleRegistry sample;
  ASSERT_TRUE(sample.admit(10));
  const auto filing = filing::sign_filing({samples::open_to_all(samples::note(5))},
                                          sample.claims_of(samples::party(10)), samples::key(10))
                          .value();
  {
    const auto state = Database::open(sample.place().state_path()).value();
    ASSERT_TRUE(state.run(
        "CREATE TRIGGER full BEFORE INSERT ON standing BEGIN SELECT RAISE(ABORT, 'no space'); "
        "END"));
    auto& sequencer = sample.registry().sequencer();
    codec::JsonReader reader;
    auto checked = filing::check(filing.filing, sample.registry().find_key(), reader).value();
    std::promise<bool> answered;
    ASSERT_TRUE(sequencer.submit(std::move(checked), [&](const Result<Registered>& answer) {
      EXPECT_FALSE(answer);
      answered.set_value(sequencer.running().has_value());
    }));
    EXPECT_FALSE(answered.get_future().get());
    // Another is refused since the sequencer has ended.
    const auto answer = sample.send(filing.filing);
    ASSERT_FALSE(answer);
    EXPECT_NE(answer.error().fault(), nullptr);
    ASSERT_TRUE(state.run("DROP TRIGGER full"));
  }
  ASSERT_TRUE(sample.reopen());
  const auto again = sample.send(filing.filing);
  ASSERT_TRUE(again) << again.error().sentence();
  EXPECT_TRUE(again->already_filed);  // for it was in the log
}

/// A registry whose sequencer is kept at an answer, so that what is sent meanwhile waits.
class Kept {
 public:
  explicit Kept(log::RegistryOptions options = {}) : sample_(std::move(options)) {
    EXPECT_TRUE(sample_.admit(10));
    EXPECT_TRUE(sample_.registry().sequencer().submit(make(samples::note(4)), [&](const auto&) {
      answering_.count_down();
      go_.wait();
    }));
    answering_.wait();
  }
  ~Kept() { finish(); }
  Kept(const Kept&) = delete;
  Kept& operator=(const Kept&) = delete;

  [[nodiscard]] SampleRegistry& sample() { return sample_; }
  Result<void> submit(const std::string& object) {
    return sample_.registry().sequencer().submit(
        make(object), [&](const Result<Registered>& answer) { answers_.push_back(answer); });
  }
  /// Goes on, and closes the registry: that answers what is queued.
  const std::vector<Result<Registered>>& finish() {
    if (!std::exchange(goes_on_, true)) go_.count_down();
    sample_.close();
    return answers_;
  }

 private:
  filing::CheckedFiling make(const std::string& object) {
    auto filing = filing::sign_filing({samples::open_to_all(object)},
                                      sample_.claims_of(samples::party(10)), samples::key(10));
    return filing::check(std::move(filing->filing), sample_.registry().find_key(), reader_).value();
  }

  SampleRegistry sample_;
  codec::JsonReader reader_;
  std::latch answering_{1};
  std::latch go_{1};
  bool goes_on_ = false;
  std::vector<Result<Registered>> answers_;
};

TEST(Sequencer, ARefusalWaitsForWhatItRestsOn) {
  Kept kept;
  for (const char* word : {"one", "two"})  // these two share a batch
    ASSERT_TRUE(kept.submit(samples::note(5, R"(,"abstract":")" + std::string(word) + R"(")")));
  auto& files = kept.sample().files();
  files.fail_at(
      {.call = files.calls() + 2, .kind = crash::Failure::Kind::kHalfDone, .error_number = EIO});
  const auto& answers = kept.finish();
  ASSERT_EQ(answers.size(), 2U);
  // The second would be refused as version-taken, by an entry that never came to be.
  for (const auto& answer : answers) {
    ASSERT_FALSE(answer);
    EXPECT_NE(answer.error().fault(), nullptr) << answer.error().code();
  }
}

TEST(Sequencer, AQueueTakesOneFilingOfAnySizeAndNoMoreBytesThanItMay) {
  RegistryOptions options;
  options.sequencer.queue_bytes = 1;
  Kept kept(options);
  EXPECT_TRUE(kept.submit(samples::note(5)));
  const auto third = kept.submit(samples::note(6));
  ASSERT_FALSE(third);
  ASSERT_NE(third.error().fault(), nullptr);
  EXPECT_EQ(third.error().fault()->error_number, EAGAIN);
  const auto& answers = kept.finish();
  ASSERT_EQ(answers.size(), 1U);
  EXPECT_TRUE(answers[0]);
}

/// How many heads two filings get that wait for the sequencer together.
std::size_t heads_of_two(const SequencerOptions& sequencer) {
  RegistryOptions options;
  options.sequencer = sequencer;
  Kept kept(options);
  EXPECT_TRUE(kept.submit(samples::note(5)));
  EXPECT_TRUE(kept.submit(samples::note(6)));
  std::set<std::uint64_t> sizes;
  for (const auto& answer : kept.finish()) sizes.insert(crypto::count(answer.value().head.size));
  return sizes.size();
}

TEST(Sequencer, ABatchTakesOneFilingOfAnySizeAndNoMoreBytesThanItMay) {
  EXPECT_EQ(heads_of_two({.batch_bytes = 1}), 2U);
  EXPECT_EQ(heads_of_two({.batch_bytes = 1 << 20}), 1U);
}

TEST(Sequencer, ABatchTakesNoMoreEntriesThanItMay) {
  EXPECT_EQ(heads_of_two({.batch_entries = 1}), 2U);
  EXPECT_EQ(heads_of_two({.batch_entries = 2}), 1U);
}

TEST(Sequencer, OfAServerKeepsTheKeyThatItSignsWith) {
  RegistryOptions options;
  options.sequencer.keeps_key = true;
  SampleRegistry sample(options);
  const std::string registrar = sample.registrar();
  const auto file = [&](const std::vector<filing::DraftItem>& notes) {
    return sample.file(notes, registrar, samples::key(1));
  };
  const auto add = [&](std::uint8_t number) {
    return Filer::add_key(registrar, samples::key(number), sample.filer().by(registrar));
  };
  const auto revoke = [&](std::uint8_t number) {
    return Filer::revoke_key(registrar, samples::key(number), sample.filer().by(registrar));
  };
  EXPECT_EQ(file({add(20), revoke(1)}).error().code(), "registrar-key-served");
  ASSERT_TRUE(file({add(20)}));
  ASSERT_TRUE(file({add(21)}));
  EXPECT_EQ(file({revoke(1)}).error().code(), "registrar-key-served");
  // Others of the registrar's keys may go.
  EXPECT_TRUE(file({revoke(20)}));
  EXPECT_TRUE(sample.admit(10));
  // Who has the directory puts another key in its place.
  ASSERT_TRUE(sample.reopen());
  EXPECT_TRUE(file({revoke(1)}));
}

TEST(Sequencer, ADamagedRecordOfOursIsAFaultThatPasses) {
  SampleRegistry sample;
  ASSERT_TRUE(sample.admit(10));
  const std::string path = "segments/public/00000000.seg";
  for (const int number : {5, 6, 7})
    ASSERT_TRUE(sample.file({samples::open_to_all(samples::note(number))}, samples::party(10),
                            samples::key(10)));
  const LogReader log = LogReader::open(sample.files(), sample.vkey()).value();
  const auto segment =
      SegmentReader::open(sample.files(), SegmentKind::visible, log.head().size).value();
  for (std::uint64_t from_end : {1U, 2U, 3U}) {
    const IndexRow row = segment.row(segment.records() - from_end).value();
    const auto flip = [&] {
      Bytes bytes = *sample.files().read(path, 1U << 30).value();
      bytes[row.offset] ^= std::byte{1};
      ASSERT_TRUE(sample.files().write(path, bytes));
    };
    const filing::Erase erase{{row.entry, 0}, "privacy", "registrar"};
    flip();
    const auto answer = sample.control(erase);
    ASSERT_FALSE(answer);
    EXPECT_NE(answer.error().fault(), nullptr) << answer.error().code();
    flip();
    EXPECT_TRUE(sample.control(erase));
  }
  // What was asked for is refused as ever.
  for (const filing::ItemPlace& none : {filing::ItemPlace{1, 0}, filing::ItemPlace{2, 99}})
    EXPECT_EQ(sample.control(filing::Erase{none, "privacy", "registrar"}).error().code(),
              "item-unknown");
}

TEST(Sequencer, TooLittleSpaceIsAFaultThatPasses) {
  SampleRegistry sample;
  ASSERT_TRUE(sample.admit(10));
  sample.files().set_free_space(1024);
  const auto item = samples::open_to_all(samples::note(5));
  EXPECT_NE(sample.file({item}, samples::party(10), samples::key(10)).error().fault(), nullptr);
  sample.files().set_free_space(std::uint64_t{1} << 40);
  EXPECT_TRUE(sample.file({item}, samples::party(10), samples::key(10)));
}

/// Whether the text occurs in any file of the log.
bool occurs(const Files& files, const std::string& directory, std::string_view text) {
  const auto names = files.list(directory).value();
  for (const auto& name : names) {
    const std::string path = directory.empty() ? name : directory + "/" + name;
    if (name.ends_with('/')) {
      if (occurs(files, path.substr(0, path.size() - 1), text)) return true;
    } else if (const auto bytes = files.read(path, 1U << 30).value();
               bytes && as_text(*bytes).find(text) != std::string_view::npos) {
      return true;
    }
  }
  return false;
}

/// Discloses samples::note(number) at that place.
filing::Disclose disclosing(const filing::ItemPlace& place, int number) {
  return {place, "note--" + samples::uuid(number), parse_timestamp(samples::kTime).value(), false};
}

TEST(Registry, ErasesWhatWasDisclosedWherever) {
  SampleRegistry sample;
  ASSERT_TRUE(sample.admit(10));
  const std::string secret =
      samples::note(6, samples::marked(samples::kRed) + R"(,"abstract":"to be forgotten")");
  const auto filed = sample.file(
      {samples::open_to_all(samples::note(5)), samples::for_readers(secret, {samples::party(10)})},
      samples::party(10), samples::key(10));
  ASSERT_TRUE(filed) << filed.error().sentence();
  const filing::ItemPlace place{filed->index, 1};
  const filing::Disclose disclose = disclosing(place, 6);
  ASSERT_TRUE(sample.control(disclose));
  EXPECT_EQ(sample.control(disclose).error().code(), "item-disclosed");
  ASSERT_TRUE(sample.control(filing::Hold{place, true, "court order", "court"}));
  EXPECT_EQ(sample.control(filing::Erase{place, "privacy", "registrar"}).error().code(),
            "item-held");
  ASSERT_TRUE(sample.control(filing::Hold{place, false, "order lifted", "court"}));
  EXPECT_TRUE(occurs(sample.files(), "", "to be forgotten"));
  ASSERT_TRUE(sample.control(filing::Erase{place, "privacy", "registrar"}));
  EXPECT_FALSE(occurs(sample.files(), "", "to be forgotten"));
  // A replay comes to the same state without the content.
  sample.close();
  sample.forget_state();
  ASSERT_TRUE(sample.reopen());
  EXPECT_EQ(sample.control(filing::Erase{place, "privacy", "registrar"}).error().code(),
            "item-erased");
}

TEST(Replay, ErasesBeforeTheStateHasTheErasure) {
  SampleRegistry sample;
  ASSERT_TRUE(sample.admit(10));
  const auto filed =
      sample.file({samples::open_to_all(samples::note(5))}, samples::party(10), samples::key(10));
  ASSERT_TRUE(filed) << filed.error().sentence();
  const filing::ItemPlace place{filed->index, 0};
  const auto erased = sample.control(filing::Erase{place, "privacy", "registrar"});
  ASSERT_TRUE(erased) << erased.error().sentence();

  const samples::TemporaryDirectory directory;
  auto state = SqliteState::open(directory.path() + "/admission.sqlite").value();
  std::vector<filing::ItemPlace> places;
  bool disk_works = false;
  const ReplayOptions options{
      .erase = [&](std::span<const filing::ItemPlace> some) -> Result<void> {
        places.assign(some.begin(), some.end());
        EXPECT_EQ(state->size().value(), 0U);
        if (!disk_works) return fail("no disk", EIO);
        return {};
      },
      .progress = {}};
  EXPECT_FALSE(replay(sample.files(), erased->head, *state, options));
  EXPECT_EQ(places, std::vector{place});
  EXPECT_EQ(state->size().value(), 0U);
  disk_works = true;
  places.clear();
  EXPECT_TRUE(replay(sample.files(), erased->head, *state, options));
  EXPECT_EQ(places, std::vector{place});
  EXPECT_EQ(state->size().value(), crypto::count(erased->head.size));
}

TEST(Registry, DisclosesASealedItemByWhatItsFilerKept) {
  SampleRegistry sample;
  ASSERT_TRUE(sample.admit(10));
  const auto filing = filing::sign_filing({samples::sealed(samples::note(6))},
                                          sample.claims_of(samples::party(10)), samples::key(10))
                          .value();
  const auto filed = sample.send(filing.filing).value();
  const filing::ItemPlace place{filed.index, 0};
  const filing::Disclose disclose = disclosing(place, 6);
  EXPECT_EQ(sample.control(disclose).error().code(), "disclosure-missing");
  const auto& kept = filing.kept[0];
  EXPECT_EQ(
      sample.control(disclose, rules::Disclosure{kept.salt, to_bytes("other")}).error().code(),
      "disclosure-mismatch");
  EXPECT_TRUE(sample.control(disclose, rules::Disclosure{kept.salt, kept.content}));
}

}  // namespace
}  // namespace comity::log
