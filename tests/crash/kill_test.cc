// kill -9 of a process that writes to a registry, again and again: no acknowledged filing is lost,
// none is half there, nothing signed is taken back.
//
// COMITY_CRASH_KILLS says how often (30), COMITY_CRASH_SEED replays the moments of a run.

#include <cstdlib>
#include <iostream>
#include <map>
#include <random>
#include <set>
#include <sstream>

#include "audit/audit.h"
#include "crypto/checkpoint.h"

#include "tests/crash/kill_plan.h"
#include "tests/crash/kill_process.h"
#include "tests/registry/sample_registry.h"

namespace comity::crash {
namespace {

using filing::ItemPlace;
using std::chrono::milliseconds;

/// After so many kills a new registry is begun, so that small logs are killed too.
constexpr int kKillsOfRegistry = 30;
constexpr int kAuditEvery = 10;

crypto::Vkey vkey() {
  return crypto::make_vkey(samples::kOrigin, samples::key(8).public_key()).value();
}

filing::FindKey find_key() {
  std::vector<crypto::PublicKey> keys{samples::key(1).public_key()};
  for (int i = 0; i < kFilers; ++i)
    keys.push_back(samples::key(static_cast<std::uint8_t>(kFirstFiler + i)).public_key());
  return samples::find_among(std::move(keys));
}

/// A registry that is killed, with all that it has ever promised.
class Victim {
 public:
  Victim() : files_(open_directory(directory_.path()).value()) {
    auto registry =
        log::Registry::found(place(), samples::registry_keys(), samples::plan(), clock_).value();
    const std::string registrar = registry->state().standing()->charter->registrar;
    for (int i = 0; i < kFilers; ++i)
      EXPECT_TRUE(samples::Filer(*registry, clock_).admit(kFirstFiler + i, registrar));
  }

  [[nodiscard]] const std::string& directory() const { return directory_.path(); }

  /// Takes down what the writer said was done.
  void promise(const std::string& said) {
    std::istringstream lines(said);
    for (std::string line; std::getline(lines, line) && !lines.eof();) {
      std::istringstream words(line);
      std::string word;
      words >> word;
      if (word == "filed") {
        std::uint64_t index = 0;
        std::string key;
        std::string note;
        words >> index >> key >> word >> note;
        ASSERT_FALSE(note.empty()) << line;
        EXPECT_TRUE(filed_.emplace(index, key).second) << "answered twice: " << line;
        notes_.insert(std::string(as_text(from_base64(note).value())));
      } else {
        ASSERT_EQ(word, "erased") << line;
        ItemPlace place;
        words >> place.entry >> place.ordinal;
        erased_.insert(place);
      }
    }
  }

  /// What holds at once after a kill, before anything is repaired.
  void expect_one_history() {
    const auto log = log::LogReader::open(*files_, vkey());
    ASSERT_TRUE(log) << log.error().sentence();
    for (const std::string& note : notes_) {
      const auto checkpoint = crypto::open_checkpoint(note, vkey());
      ASSERT_TRUE(checkpoint) << checkpoint.error().sentence();
      ASSERT_LE(crypto::count(checkpoint->checkpoint.size), log->size());
      const auto proof = log->prove_consistency(checkpoint->checkpoint.head());
      ASSERT_TRUE(proof) << proof.error().sentence();
    }
    if (last_) {
      ASSERT_LE(crypto::count(last_->size), log->size());
      ASSERT_TRUE(log->prove_consistency(*last_));
    }
    last_ = log->head();
    kept_notes_.insert(kept_notes_.end(), notes_.begin(), notes_.end());
    notes_.clear();
  }

  /// Opens the registry, which repairs it, and looks at all that has come since the last time.
  void expect_kept() {
    {
      const auto registry = log::Registry::open(place(), std::string(samples::kOrigin),
                                                samples::registry_keys(), clock_);
      ASSERT_TRUE(registry) << registry.error().code() << ": " << registry.error().sentence();
      for (const auto& [index, key] : filed_) {
        const auto known =
            (*registry)->state().statement(filing::StatementKey::from(from_hex(key).value()));
        ASSERT_TRUE(known.value()) << index;
        EXPECT_EQ((*known)->index, index);
      }
    }
    expect_one_history();
    if (!testing::Test::HasFailure()) walk();
    acknowledged_ += filed_.size();
    filed_.clear();
  }

  void expect_clean() {
    const auto report = audit::audit(*files_, {.log = vkey(),
                                               .scratch_directory = directory(),
                                               .earlier_checkpoints = kept_notes_,
                                               .with_hidden = true,
                                               .workers = 2,
                                               .progress = {}});
    ASSERT_TRUE(report) << report.error().sentence();
    for (const auto& finding : report->findings)
      ADD_FAILURE() << finding.code << ": " << finding.sentence;
    EXPECT_EQ(report->entries, crypto::count(last_->size));
  }

  void forget_state() { std::filesystem::remove_all(directory() + "/state"); }
  [[nodiscard]] std::uint64_t acknowledged() const { return acknowledged_; }
  [[nodiscard]] std::uint64_t size() const { return crypto::count(last_->size); }

 private:
  [[nodiscard]] log::RegistryPlace place() { return {*files_, directory_.path()}; }

  /// The entries that are new since the last walk: all promised, all whole.
  void walk() {
    const log::LogReader log(*files_, *last_);
    const auto visible =
        log::SegmentReader::open(*files_, log::SegmentKind::visible, last_->size).value();
    const auto hidden =
        log::SegmentReader::open(*files_, log::SegmentKind::hidden, last_->size).value();
    auto walk = log::EntryWalk::open(log, {visible, &hidden}, walked_).value();
    std::map<std::uint64_t, std::string> found;
    for (;; ++walked_) {
      const auto stored = walk.next();
      ASSERT_TRUE(stored) << stored.error().sentence();
      if (!*stored) break;
      if (walked_ < 2) continue;  // the founding
      const auto checked = log::check_entry(**stored, find_key(), reader_);
      ASSERT_TRUE(checked) << walked_ << ": " << checked.error().sentence();
      if (const auto* control = std::get_if<filing::CheckedControl>(&checked->what)) {
        if (const auto* erase = std::get_if<filing::Erase>(&control->control()))
          erased_in_log_.insert(erase->item);
      } else {
        const auto& filing = std::get<filing::CheckedFiling>(checked->what);
        found[walked_] = to_hex(filing.statement().key.view());
        expect_whole(filing);
      }
    }
    for (const auto& [index, key] : filed_) EXPECT_EQ(found[index], key) << index;
    for (const ItemPlace& item : absent_)
      EXPECT_TRUE(erased_in_log_.contains(item)) << item.entry << "/" << item.ordinal;
    for (const ItemPlace& item : erased_) {
      EXPECT_TRUE(erased_in_log_.contains(item)) << item.entry << "/" << item.ordinal;
      for (const auto* segments : {&visible, &hidden}) {
        const auto part = segments->read_part(item).value();
        EXPECT_TRUE(!part || part->erased()) << item.entry << "/" << item.ordinal;
      }
    }
    absent_.clear();
    erased_.clear();
  }

  /// A filing of the writer has the items of its number, each there unless sealed or erased.
  void expect_whole(const filing::CheckedFiling& filing) {
    const auto& items = filing.items();
    constexpr std::string_view kNote = "note--00000000-0000-4000-8000-";
    ASSERT_FALSE(items.empty());
    const std::string first(items[0].item.id);
    if (filing.statement().issuer < samples::party(kFirstFiler) || !first.starts_with(kNote))
      return;  // the registrar's
    const auto wanted = items_of(std::stoi(first.substr(kNote.size())));
    ASSERT_EQ(items.size(), wanted.size()) << walked_;
    for (std::size_t i = 0; i < items.size(); ++i) {
      const bool is_sealed = wanted[i].audience == filing::DraftItem::Audience::nobody;
      if (items[i].absent() && !is_sealed) absent_.insert({walked_, i});
      if (!items[i].absent()) {
        EXPECT_FALSE(is_sealed) << walked_;
      }
    }
  }

  samples::TemporaryDirectory directory_;
  SystemClock clock_;
  std::unique_ptr<Files> files_;
  codec::JsonReader reader_;

  std::map<std::uint64_t, std::string> filed_;  ///< since the last walk
  std::set<ItemPlace> erased_;                  ///< acknowledged, since the last walk
  std::set<std::string> notes_;                 ///< since the last look at the history
  std::vector<std::string> kept_notes_;         ///< those before
  std::optional<crypto::TreeHead> last_;
  std::uint64_t walked_ = 0;
  std::uint64_t acknowledged_ = 0;
  std::set<ItemPlace> absent_;
  std::set<ItemPlace> erased_in_log_;
};

enum class Moment { while_opening, while_writing };

/// Lets the writer go for a while, kills it, and takes down what it said.
void kill_one(Victim& victim, int round, Moment moment, milliseconds delay) {
  KillProcess writer(COMITY_KILL_WRITER, victim.directory().c_str(), std::to_string(round).c_str());
  if (moment == Moment::while_writing) {
    writer.read_until(KillProcess::Clock::now() + std::chrono::minutes(2),
                      KillProcess::Until::first_output);
    ASSERT_FALSE(writer.text().empty()) << "the writer says nothing";
  }
  writer.read_until(KillProcess::Clock::now() + delay);
  const auto status = writer.kill();
  ASSERT_TRUE(status);
  ASSERT_TRUE(WIFSIGNALED(*status) && WTERMSIG(*status) == SIGKILL)
      << "the writer has ended by itself, status " << *status;
  victim.promise(writer.text());
}

std::uint64_t number_in(const char* variable, std::uint64_t otherwise) {
  const char* text = std::getenv(variable);
  return text == nullptr || *text == '\0' ? otherwise : std::stoull(text);
}

TEST(Kill, LosesNothingThatWasAnswered) {
  const auto kills = static_cast<int>(number_in("COMITY_CRASH_KILLS", 30));
  const std::uint64_t seed = number_in("COMITY_CRASH_SEED", std::random_device{}());
  std::cout << "COMITY_CRASH_SEED=" << seed << " COMITY_CRASH_KILLS=" << kills << std::endl;
  std::mt19937_64 dice(seed);
  std::unique_ptr<Victim> victim;
  for (int round = 0; round < kills; ++round) {
    SCOPED_TRACE(testing::Message() << "kill " << round << " of seed " << seed);
    const int turn = round % kKillsOfRegistry;
    if (turn == 0) victim = std::make_unique<Victim>();
    const auto moment = dice() % 4 == 0 ? Moment::while_opening : Moment::while_writing;
    if (dice() % 8 == 0) victim->forget_state();
    const milliseconds delay(1 + dice() % 80);
    kill_one(*victim, turn, moment, delay);
    if (::testing::Test::HasFailure()) return;
    victim->expect_one_history();
    const bool is_last = turn + 1 == kKillsOfRegistry || round + 1 == kills;
    // What a kill has left is often met by the next writer, and not repaired by us first.
    if (is_last || dice() % 2 == 0) victim->expect_kept();
    if (is_last || turn % kAuditEvery == kAuditEvery - 1) {
      victim->expect_kept();
      victim->expect_clean();
    }
    if (::testing::Test::HasFailure()) return;
    if (is_last) {
      EXPECT_GT(victim->acknowledged(), 0U);
      std::cout << victim->size() << " entries, " << victim->acknowledged() << " answered\n";
    }
  }
}

}  // namespace
}  // namespace comity::crash
