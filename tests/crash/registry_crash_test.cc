// What a registry finds after a power cut, a failed call or a full disk at every step of its life:
// founding, filings, disclosure, erasure, keys, suspension. And after a failed call of SQLite's.

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <filesystem>
#include <memory>
#include <tuple>

#include "audit/audit.h"
#include "log/layout.h"
#include "log/log_reader.h"

#include "tests/crash/failing_vfs.h"
#include "tests/crash/forwarded_files.h"
#include "tests/crash/memory_files.h"
#include "tests/registry/folded_state.h"
#include "tests/registry/sample_registry.h"

namespace comity::log {
namespace {

using crash::Failure;
using crash::MemoryFiles;
using samples::Filer;
using samples::party;

constexpr std::string_view kPublicSecret = "a public word to be forgotten";
constexpr std::string_view kHiddenSecret = "a hidden word to be forgotten";

crypto::Vkey vkey() {
  return crypto::make_vkey(samples::kOrigin, samples::key(8).public_key()).value();
}

/// A member that makes an object longer than a sector, so that its erasure can be torn.
std::string abstract(std::string_view text) {
  return R"(,"abstract":")" + std::string(text) + std::string(700, '.') + R"(")";
}

/// What the outside was told.
struct Promises {
  std::vector<std::string> notes;        ///< checkpoints, in order
  std::vector<std::string_view> erased;  ///< texts whose erasure was acknowledged
  bool finished = false;
};

/// One life of a registry, until something fails: every answer is kept in `promises`.
class Life {
 public:
  Life(const RegistryPlace& place, const Clock& clock, Promises& promises)
      : place_(place), clock_(clock), promises_(promises) {}

  Result<void> live() {
    COMITY_TRY(registry_,
               Registry::found(place_, samples::registry_keys(), samples::plan(), clock_,
                               {.commit = {.reserve_bytes = 0, .segment_bytes = kSegmentBytes},
                                .sequencer = {},
                                .progress = {}}));
    COMITY_TRY(const auto standing, registry_->state().standing());
    registrar_ = standing.charter->registrar;
    COMITY_CHECK(people());
    COMITY_CHECK(items());
    COMITY_CHECK(keys());
    promises_.finished = true;
    return {};
  }

 private:
  Result<std::uint64_t> keep(Result<Registered> answer) {
    COMITY_TRY(const Registered registered, std::move(answer));
    promises_.notes.push_back(registered.checkpoint_note);
    return registered.index;
  }
  Filer filer() { return {*registry_, clock_}; }
  Result<std::uint64_t> file(const std::vector<filing::DraftItem>& objects, int number,
                             int signer) {
    return keep(
        filer().file(objects, party(number), samples::key(static_cast<std::uint8_t>(signer))));
  }
  Result<std::uint64_t> control(const filing::Control& what) {
    return keep(filer().control(what, registrar_));
  }

  Result<void> people() {
    COMITY_CHECK(keep(filer().admit(10, registrar_)));
    COMITY_CHECK(keep(filer().admit(11, registrar_)));
    return {};
  }

  Result<void> items() {
    const auto hidden =
        samples::note(101, samples::marked(samples::kRed) + abstract(kHiddenSecret));
    COMITY_TRY(const auto first,
               file({samples::open_to_all(samples::note(100, abstract(kPublicSecret))),
                     samples::for_readers(hidden, {party(11)})},
                    10, 10));
    COMITY_TRY(const auto second,
               file({samples::open_to_all(samples::note(102)),
                     samples::sealed(samples::note(103, samples::marked(samples::kRed)))},
                    11, 11));
    COMITY_CHECK(control(filing::Disclose{
        {first, 1}, "note--" + samples::uuid(101), parse_timestamp(samples::kTime).value()}));
    COMITY_CHECK(control(filing::Hold{{second, 0}, true, "court order", "court"}));
    COMITY_CHECK(control(filing::Erase{{first, 0}, "privacy", "registrar"}));
    promises_.erased.push_back(kPublicSecret);
    COMITY_CHECK(control(filing::Erase{{first, 1}, "privacy", "registrar"}));
    promises_.erased.push_back(kHiddenSecret);
    return {};
  }

  Result<void> keys() {
    COMITY_CHECK(
        file({Filer::add_key(party(10), samples::key(20), filer().by(party(10)))}, 10, 10));
    COMITY_CHECK(file({Filer::revoke_key(party(10), samples::key(10), filer().by(party(10))),
                       samples::open_to_all(samples::note(102, R"(,"revoked":true)"))},
                      10, 20));
    const rules::AdmissionNote suspend{.party = party(11),
                                       .decision = rules::Decision::suspend,
                                       .country = {},
                                       .controller = {},
                                       .kid = {}};
    COMITY_CHECK(keep(filer().file({Filer::admission(suspend, filer().by(registrar_))}, registrar_,
                                   samples::key(1))));
    COMITY_CHECK(
        file({samples::open_to_all(samples::note(104)), samples::open_to_all(samples::note(105))},
             10, 20));
    return {};
  }

  RegistryPlace place_;
  const Clock& clock_;
  Promises& promises_;
  std::unique_ptr<Registry> registry_;
  std::string registrar_;
};

/// A later life, short: opens what is there, files twice, and ends.
Result<void> live_on(const RegistryPlace& place, const Clock& clock, Promises& promises) {
  COMITY_TRY(const auto registry,
             Registry::open(place, std::string(samples::kOrigin), samples::registry_keys(), clock));
  COMITY_TRY(const auto standing, registry->state().standing());
  Filer filer(*registry, clock);
  COMITY_TRY(const auto admitted, filer.admit(30, standing.charter->registrar));
  promises.notes.push_back(admitted.checkpoint_note);
  COMITY_TRY(const auto filed, filer.file({samples::open_to_all(samples::note(200)),
                                           samples::open_to_all(samples::note(201))},
                                          party(30), samples::key(30)));
  promises.notes.push_back(filed.checkpoint_note);
  return {};
}

/// Whether it is a fault that says what is wrong with the disk.
bool blames_the_disk(const Error& error) {
  const std::string sentence = error.sentence();
  const auto says = [&](std::string_view words) { return sentence.find(words) != sentence.npos; };
  return error.fault() != nullptr &&
         (says("disk I/O error") || says("disk is full") || says("Input/output error") ||
          says("No space left on device"));
}

/// Fails one of the calls that change nothing, counted from 0: a disk with a bad block.
class FailingReads final : public crash::ForwardedFiles {
 public:
  FailingReads(Files& files, std::uint64_t failing) : ForwardedFiles(files), failing_(failing) {}

  /// Whether there were as many.
  [[nodiscard]] bool has_failed() const { return calls_ > failing_; }

  Result<std::optional<Bytes>> read(std::string_view path, std::uint64_t limit) const override {
    COMITY_CHECK(next());
    return ForwardedFiles::read(path, limit);
  }
  Result<std::optional<Bytes>> read_range(std::string_view path, std::uint64_t offset,
                                          std::uint64_t size) const override {
    COMITY_CHECK(next());
    return ForwardedFiles::read_range(path, offset, size);
  }
  Result<std::optional<std::uint64_t>> size(std::string_view path) const override {
    COMITY_CHECK(next());
    return ForwardedFiles::size(path);
  }
  Result<std::vector<std::string>> list(std::string_view directory) const override {
    COMITY_CHECK(next());
    return ForwardedFiles::list(directory);
  }
  Result<std::uint64_t> free_space() const override {
    COMITY_CHECK(next());
    return ForwardedFiles::free_space();
  }
  Result<std::unique_ptr<FileLock>> lock(std::string_view path) override {
    COMITY_CHECK(next());
    return ForwardedFiles::lock(path);
  }
  Result<std::string> place() const override {
    COMITY_CHECK(next());
    return ForwardedFiles::place();
  }

 private:
  Result<void> next() const {
    if (calls_.fetch_add(1) != failing_) return {};
    return fail("the disk can't be read", EIO);
  }

  std::uint64_t failing_;
  mutable std::atomic<std::uint64_t> calls_ = 0;
};

enum class StateFile { kept, lost };

/// Whether the text occurs in any file of the log.
bool occurs(const Files& files, const std::string& directory, std::string_view text) {
  const auto names = files.list(directory).value();
  return std::ranges::any_of(names, [&](const std::string& name) {
    const std::string path = directory.empty() ? name : directory + "/" + name;
    if (name.ends_with('/')) return occurs(files, path.substr(0, path.size() - 1), text);
    const auto bytes = files.read(path, 1U << 30).value();
    return bytes && as_text(*bytes).find(text) != std::string_view::npos;
  });
}

class RegistryCrash : public ::testing::Test {
 protected:
  /// A life with that failure; what it leaves on the disk, and in the state's directory.
  struct Remains {
    std::unique_ptr<MemoryFiles> files = std::make_unique<MemoryFiles>();
    samples::TemporaryDirectory directory;
    Promises promises;
  };
  void live(Remains& remains, std::optional<Failure> failure) {
    if (failure) remains.files->fail_at(*failure);
    live(remains, *remains.files);
  }
  /// On those files, which are of what remains.
  void live(Remains& remains, Files& files) {
    Life life({files, remains.directory.path()}, clock_, remains.promises);
    const auto lived = life.live();
    EXPECT_EQ(lived.has_value(), remains.promises.finished);
    if (!lived) {
      EXPECT_NE(lived.error().fault(), nullptr) << lived.error().sentence();
    }
  }
  std::uint64_t calls_of_a_life() {
    Remains remains;
    live(remains, std::nullopt);
    EXPECT_TRUE(remains.promises.finished);
    return remains.files->calls();
  }

  static void copy_state(const samples::TemporaryDirectory& from,
                         const samples::TemporaryDirectory& to) {
    const std::string state = from.path() + "/state";
    if (std::filesystem::exists(state)) std::filesystem::copy(state, to.path() + "/state");
  }

  /// What is left once the power goes again, at that call of the next opening; nothing where the
  /// opening makes fewer calls.
  std::unique_ptr<Remains> reopen(const Remains& first, std::uint64_t seed, std::uint64_t call) {
    auto remains = std::make_unique<Remains>();
    remains->files = first.files->after_power_cut(seed);
    remains->promises = first.promises;
    copy_state(first.directory, remains->directory);
    remains->files->fail_at({.call = call, .kind = Failure::Kind::kPowerCut, .error_number = EIO});
    (void)Registry::open({*remains->files, remains->directory.path()},
                         std::string(samples::kOrigin), samples::registry_keys(), clock_);
    if (remains->files->has_power()) return nullptr;
    return remains;
  }

  /// Opens what is left, and holds it against what was promised.
  void expect_kept(const Remains& remains, MemoryFiles& disk, StateFile state) {
    const samples::TemporaryDirectory directory;
    if (state == StateFile::kept) copy_state(remains.directory, directory);
    const RegistryPlace place{disk, directory.path()};
    auto registry =
        Registry::open(place, std::string(samples::kOrigin), samples::registry_keys(), clock_);
    if (!registry && remains.promises.notes.empty() && is_unfounded(registry.error()))
      registry = Registry::found(place, samples::registry_keys(), samples::plan(), clock_);
    ASSERT_TRUE(registry) << registry.error().code() << ": " << registry.error().sentence();
    const Promises& promises = remains.promises;
    for (const auto text : promises.erased) EXPECT_FALSE(occurs(disk, "", text)) << text;
    expect_clean(disk, promises, directory.path());
    const auto head = LogReader::open(disk, vkey()).value().head();
    const auto folded = samples::fold_log(disk, head);
    ASSERT_TRUE(folded) << folded.error().sentence();
    samples::expect_same_facts(*folded, (*registry)->state());
    expect_overwritten(disk, head, *folded);
    expect_goes_on(**registry);
  }

 private:
  static bool is_unfounded(const Error& error) { return error.code() == "log-missing"; }

  static void expect_clean(const Files& files, const Promises& promises,
                           const std::string& scratch) {
    const auto report = audit::audit(files, {.log = vkey(),
                                             .scratch_directory = scratch,
                                             .earlier_checkpoints = promises.notes,
                                             .with_hidden = true,
                                             .workers = 1,
                                             .progress = {}});
    ASSERT_TRUE(report) << report.error().sentence();
    for (const auto& finding : report->findings)
      ADD_FAILURE() << finding.code << ": " << finding.sentence;
    EXPECT_EQ(report->earlier_checkpoints, promises.notes.size());
  }

  /// Every erasure of the log, acknowledged or not.
  static void expect_overwritten(const Files& files, const crypto::TreeHead& head,
                                 const rules::MemoryState& facts) {
    for (const auto kind : {SegmentKind::visible, SegmentKind::hidden}) {
      const auto segments = SegmentReader::open(files, kind, head.size).value();
      const auto expect_zeros = [&](const filing::ItemPlace& place) {
        const auto part = segments.read_part(place).value();
        EXPECT_TRUE(!part || part->erased()) << place.entry << "/" << place.ordinal;
      };
      for (const auto& [place, marks] : std::get<8>(facts.all())) {
        if (!marks.erased) continue;
        expect_zeros(place);
        if (marks.disclosed) expect_zeros({marks.disclosed_at, place.ordinal});
      }
    }
  }

  void expect_goes_on(Registry& registry) {
    const std::string registrar = registry.state().standing()->charter->registrar;
    const auto admitted = Filer(registry, clock_).admit(40, registrar);
    EXPECT_TRUE(admitted) << admitted.error().sentence();
  }

 protected:
  samples::StepClock clock_;
};

TEST_F(RegistryCrash, APowerCutAtEveryCallLosesNoPromise) {
  const std::uint64_t calls = calls_of_a_life();
  for (std::uint64_t call = 0; call < calls; ++call) {
    Remains remains;
    live(remains, Failure{.call = call, .kind = Failure::Kind::kPowerCut, .error_number = EIO});
    for (std::uint64_t seed = call * 1000; seed < call * 1000 + 4; ++seed) {
      SCOPED_TRACE(testing::Message() << "call " << call << " of " << calls << ", seed " << seed);
      const auto state = seed % 2 == 0 ? StateFile::kept : StateFile::lost;
      expect_kept(remains, *remains.files->after_power_cut(seed), state);
      if (HasFailure()) return;
    }
  }
}

TEST_F(RegistryCrash, ASecondPowerCutWhileReopeningLosesNoErasure) {
  const std::uint64_t calls = calls_of_a_life();
  for (std::uint64_t call = 0; call < calls; ++call) {
    Remains first;
    live(first, Failure{.call = call, .kind = Failure::Kind::kPowerCut, .error_number = EIO});
    for (std::uint64_t again = 0;; ++again) {
      SCOPED_TRACE(testing::Message() << "call " << call << " of " << calls << ", then " << again);
      const auto second = reopen(first, call, again);
      if (!second) break;
      expect_kept(*second, *second->files->after_power_cut(again), StateFile::kept);
      if (HasFailure()) return;
    }
  }
}

TEST_F(RegistryCrash, AFailedCallIsAnsweredAndReopeningGoesOn) {
  const std::uint64_t calls = calls_of_a_life();
  for (std::uint64_t call = 0; call < calls; ++call)
    for (const auto kind : {Failure::Kind::kNothingDone, Failure::Kind::kHalfDone}) {
      const int error = (call + static_cast<unsigned>(kind)) % 2 == 0 ? EIO : ENOSPC;
      SCOPED_TRACE(testing::Message() << "call " << call << " of " << calls << ", " << error);
      Remains remains;
      live(remains, Failure{.call = call, .kind = kind, .error_number = error});
      // A new process, to whom the failed call is past.
      expect_kept(remains, *remains.files->copied_to("memory"), StateFile::kept);
      expect_kept(remains, *remains.files->copied_to("memory"), StateFile::lost);
      if (HasFailure()) return;
    }
}

TEST_F(RegistryCrash, AFailedReadIsAnsweredAndReopeningGoesOn) {
  std::uint64_t call = 0;
  std::uint64_t passed_over = 0;
  for (bool is_over = false; !is_over; ++call) {
    SCOPED_TRACE(testing::Message() << "read " << call);
    Remains remains;
    FailingReads files(*remains.files, call);
    live(remains, files);
    is_over = !files.has_failed();
    passed_over += remains.promises.finished && !is_over ? 1 : 0;
    const auto state = call % 2 == 0 ? StateFile::kept : StateFile::lost;
    expect_kept(remains, *remains.files->copied_to("memory"), state);
    if (HasFailure()) return;
  }
  EXPECT_GT(call, 100U);
  // The founding is replayed: what can't be read ahead in a segment is read record by record.
  EXPECT_LE(passed_over, 1U);
}

TEST_F(RegistryCrash, AFailedReadWhileReopeningIsAFaultAndLosesNothing) {
  Remains whole;
  live(whole, std::nullopt);
  for (const auto state : {StateFile::kept, StateFile::lost}) {
    std::uint64_t call = 0;
    for (bool is_over = false; !is_over; ++call) {
      SCOPED_TRACE(testing::Message() << "read " << call);
      Remains remains;
      remains.files = whole.files->copied_to("memory");
      remains.promises = whole.promises;
      if (state == StateFile::kept) copy_state(whole.directory, remains.directory);
      FailingReads files(*remains.files, call);
      {
        const auto opened =
            Registry::open({files, remains.directory.path()}, std::string(samples::kOrigin),
                           samples::registry_keys(), clock_);
        is_over = !files.has_failed();
        EXPECT_TRUE(opened || !is_over);
        if (!opened) {
          EXPECT_NE(opened.error().fault(), nullptr) << opened.error().sentence();
        }
      }
      expect_kept(remains, *remains.files->copied_to("memory"), StateFile::kept);
      if (HasFailure()) return;
    }
    EXPECT_GT(call, 20U);
  }
}

/// From each call of SQLite's on the disk fails, and is well again when the registry is reopened.
/// From each third alone where the state is replayed, which takes hundreds.
TEST_F(RegistryCrash, AFailedCallOfTheStatesDatabaseIsAFaultAndLosesNothing) {
  Remains whole;
  live(whole, std::nullopt);
  for (const auto ailment : {crash::Ailment::kBroken, crash::Ailment::kFull})
    for (const auto state : {StateFile::kept, StateFile::lost}) {
      const std::uint64_t step = state == StateFile::kept ? 1 : 3;
      std::uint64_t call = 0;
      for (bool is_over = false; !is_over; call += step) {
        SCOPED_TRACE(testing::Message() << "call " << call);
        Remains remains;
        remains.files = whole.files->copied_to("memory");
        remains.promises = whole.promises;
        if (state == StateFile::kept) copy_state(whole.directory, remains.directory);
        {
          crash::FailingVfs vfs;
          vfs.fail_after(call, ailment);
          const auto lived =
              live_on({*remains.files, remains.directory.path()}, clock_, remains.promises);
          is_over = !vfs.has_failed();
          EXPECT_TRUE(lived || !is_over);
          if (!lived) {
            EXPECT_TRUE(blames_the_disk(lived.error())) << lived.error().sentence();
          }
        }
        expect_kept(remains, *remains.files->copied_to("memory"), StateFile::kept);
        if (HasFailure()) return;
      }
      EXPECT_GT(call, 20U);
    }
}

TEST_F(RegistryCrash, AFailedReadWhileAnUnfinishedFoundingIsTakenUpIsAFault) {
  const auto note_key = samples::key(8);
  std::uint64_t call = 0;
  for (bool is_over = false; !is_over; ++call) {
    MemoryFiles disk;
    ASSERT_TRUE(Committer::create(disk, {std::string(samples::kOrigin), &note_key}));
    FailingReads files(disk, call);
    const samples::TemporaryDirectory directory;
    const auto founded = Registry::found({files, directory.path()}, samples::registry_keys(),
                                         samples::plan(), clock_);
    is_over = !files.has_failed();
    EXPECT_TRUE(founded || !is_over);
    if (!founded) {
      EXPECT_NE(founded.error().fault(), nullptr) << call << ": " << founded.error().sentence();
    }
  }
  EXPECT_GT(call, 20U);
}

}  // namespace
}  // namespace comity::log
