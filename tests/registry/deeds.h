#pragma once

#include <algorithm>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "log/log_reader.h"

#include "tests/registry/filer.h"

/// Random streams of what is sent to a registry: valid, repeated, in conflict, out of order.
namespace comity::deeds {

using log::ControlRequest;
using log::LogReader;
using log::Registered;
using samples::Filer;

inline constexpr int kFirstParty = 10;
inline constexpr int kParties = 3;
inline constexpr int kNumbers = 12;

enum class Act {
  note,         ///< a version of one of few objects, perhaps taken, perhaps after its revocation
  hidden_note,  ///< the same, hidden
  again,        ///< the statement of an earlier act, with the same salts
  add_key,
  revoke_key,
  suspend,
  reinstate,
  recover,  ///< admission of an admitted party
  disclose,
  erase,
  hold,
  digest,
  tick,
};

/// One thing that somebody sends. The numbers mean what the act makes of them.
struct Deed {
  Act act = Act::note;
  int party = 0;
  int key = 0;  ///< 0: the first key of the party, Ed25519; 1: its second, ES256
  int number = 0;
  int version = 0;
  bool flag = false;
};

inline rc::Gen<Deed> any_deed() {
  // Not fewer choices for small streams.
  const auto below = [](int limit) {
    return rc::gen::resize(rc::kNominalSize, rc::gen::inRange(0, limit));
  };
  const auto act = rc::gen::weightedElement<Act>({{8, Act::note},
                                                  {4, Act::hidden_note},
                                                  {3, Act::again},
                                                  {2, Act::add_key},
                                                  {1, Act::revoke_key},
                                                  {1, Act::suspend},
                                                  {1, Act::reinstate},
                                                  {1, Act::recover},
                                                  {3, Act::disclose},
                                                  {3, Act::erase},
                                                  {2, Act::hold},
                                                  {1, Act::digest},
                                                  {1, Act::tick}});
  return rc::gen::build<Deed>(
      rc::gen::set(&Deed::act, act), rc::gen::set(&Deed::party, below(kParties)),
      rc::gen::set(&Deed::key, below(2)), rc::gen::set(&Deed::number, below(kNumbers)),
      rc::gen::set(&Deed::version, below(3)), rc::gen::set(&Deed::flag));
}

inline crypto::SecretKey key_of(int party, int key) {
  const auto number = static_cast<std::uint8_t>(kFirstParty + party + 20 * key);
  return samples::key(number, key == 0 ? crypto::Algorithm::ed25519 : crypto::Algorithm::es256);
}

inline std::string id_of(int party) { return samples::party(kFirstParty + party); }

/// Knows every key there may be: whether it is registered is for admission to say.
inline filing::FindKey find_any_key() {
  std::vector<crypto::PublicKey> keys{samples::key(1).public_key()};
  for (int party = 0; party < kParties; ++party)
    for (const int key : {0, 1}) keys.push_back(key_of(party, key).public_key());
  return samples::find_among(std::move(keys));
}

using Checked = std::variant<filing::CheckedFiling, ControlRequest>;

inline filing::StatementKey key_of(const Checked& checked) {
  if (const auto* filing = std::get_if<filing::CheckedFiling>(&checked))
    return filing->statement().key;
  return std::get<ControlRequest>(checked).control.statement().key;
}

/// What was answered to whom.
class Answers {
 public:
  void keep(const filing::StatementKey& key, const Result<Registered>& answer) {
    const std::scoped_lock lock(mutex_);
    ++count_;
    if (answer) {
      places_[key].insert(answer->index);
      if (!answer->already_filed) ++new_entries_;
    } else if (answer.error().fault() != nullptr) {
      faults_.push_back(answer.error().sentence());
    }
  }
  [[nodiscard]] std::size_t count() const {
    const std::scoped_lock lock(mutex_);
    return count_;
  }
  [[nodiscard]] std::optional<std::uint64_t> place_of(const filing::StatementKey& key) const {
    const std::scoped_lock lock(mutex_);
    const auto found = places_.find(key);
    if (found == places_.end()) return std::nullopt;
    return *found->second.begin();
  }

  /// Every statement has one place, and the log holds there what was filed.
  void expect_in(const LogReader& log, std::uint64_t first) const {
    EXPECT_EQ(faults_, std::vector<std::string>{});
    EXPECT_EQ(new_entries_, places_.size());
    std::map<filing::StatementKey, std::uint64_t> found;
    for (std::uint64_t i = first; i < log.size(); ++i) {
      const Bytes entry = log.entry(crypto::LeafIndex{i}).value();
      const auto statement = filing::parse_statement(entry).value();
      if (places_.contains(statement.key)) {
        found[statement.key] = i;
        continue;
      }
      // The sequencer's own ticks, and nothing that was refused.
      EXPECT_EQ(statement.kind, filing::StatementKind::control) << i;
      EXPECT_TRUE(
          std::holds_alternative<filing::Tick>(filing::parse_control(statement.payload).value()))
          << i;
    }
    for (const auto& [key, indices] : places_) {
      EXPECT_EQ(indices.size(), 1U);
      EXPECT_EQ(found.at(key), *indices.begin());
    }
  }

 private:
  mutable std::mutex mutex_;
  std::size_t count_ = 0;
  std::size_t new_entries_ = 0;
  std::map<filing::StatementKey, std::set<std::uint64_t>> places_;
  std::vector<std::string> faults_;
};

/// Makes of deeds what is sent to the sequencer.
class Sender {
 public:
  Sender(log::Registry& registry, const Clock& clock)
      : filer_(registry, clock),
        registrar_(registry.state().standing()->charter->registrar),
        time_(filer_.claims_of(registrar_).issued_at) {}

  /// Takes note of what has been answered, for controls over it.
  void learn(const Answers& answers) {
    for (Sent& sent : sent_) sent.index = answers.place_of(sent.key);
  }

  /// Nothing for a deed that comes to nothing (a repetition before anything was filed).
  std::optional<Checked> make(const Deed& deed) {
    switch (deed.act) {
      case Act::note:
      case Act::hidden_note:
        return filing({note(deed)}, id_of(deed.party), signer(deed), deed);
      case Act::again:
        return repeat(deed);
      case Act::add_key:
        return filing({Filer::add_key(id_of(deed.party), key_of(deed.party, 1),
                                      filer_.by(id_of(deed.party)))},
                      id_of(deed.party), key_of(deed.party, 0), deed);
      case Act::revoke_key:
        return filing(
            {Filer::revoke_key(id_of(deed.party), signer(deed), filer_.by(id_of(deed.party)))},
            id_of(deed.party), key_of(deed.party, deed.flag ? 0 : 1), deed);
      case Act::suspend:
        return decide(rules::Decision::suspend, deed);
      case Act::reinstate:
        return decide(rules::Decision::reinstate, deed);
      case Act::recover:
        return decide(rules::Decision::admit, deed);
      default:
        return command(deed);
    }
  }

 private:
  static crypto::SecretKey signer(const Deed& deed) { return key_of(deed.party, deed.key); }

  /// By whichever party it is filed, its number says who created it.
  static filing::DraftItem note(const Deed& deed) {
    const std::string modified = to_rfc3339(version_of(deed));
    const int creator = kFirstParty + deed.number % kParties;
    std::string more = is_revoked(deed) ? R"(,"revoked":true)" : "";
    if (deed.act == Act::note)
      return samples::open_to_all(samples::note(deed.number, more, modified, creator));
    more += samples::marked(samples::kRed);
    return samples::for_readers(samples::note(deed.number, more, modified, creator), {id_of(0)});
  }

  Checked filing(const std::vector<filing::DraftItem>& items, const std::string& party,
                 const crypto::SecretKey& key, const Deed& deed) {
    filing::Claims claims{party, party, {std::string(samples::kOrigin)}, time_};
    if (deed.number == kNumbers - 1) claims.issued_at = UnixSeconds{count(time_) + 100'000};
    Sent sent{items, claims, deed, {}, std::nullopt};
    auto checked =
        check(filing::sign_filing(items, claims, key, salts(sent_.size())).value().filing);
    sent.key = checked.statement().key;
    sent_.push_back(std::move(sent));
    return checked;
  }
  static filing::MakeSalt salts(std::size_t number) {
    return [number] {
      const auto hash = crypto::sha256(as_bytes("filing " + std::to_string(number)));
      filing::Salt salt;
      std::copy_n(hash.begin(), salt.size(), salt.begin());
      return salt;
    };
  }
  filing::CheckedFiling check(Bytes bytes) {
    return filing::check(std::move(bytes), find_any_key(), reader_).value();
  }

  /// The same statement; by an ES256 key under another signature.
  std::optional<Checked> repeat(const Deed& deed) {
    if (sent_.empty()) return std::nullopt;
    const std::size_t number = sent_.size() - 1 - some(deed, sent_.size());
    const Sent& earlier = sent_[number];
    if (!is_note(earlier.deed)) return std::nullopt;
    return check(
        filing::sign_filing(earlier.items, earlier.claims, signer(earlier.deed), salts(number))
            .value()
            .filing);
  }

  Checked decide(rules::Decision decision, const Deed& deed) {
    rules::AdmissionNote note{.party = id_of(deed.party),
                              .decision = decision,
                              .country = {},
                              .controller = {},
                              .kid = {}};
    if (decision == rules::Decision::admit) {
      note.group = rules::Group::media;
      note.controller = id_of(deed.number % kParties);
      note.kid = samples::kid(signer(deed));
    }
    return filing({Filer::admission(note, filer_.by(registrar_))}, registrar_, samples::key(1),
                  deed);
  }

  Checked command(const Deed& deed) {
    const Deed* about = nullptr;
    const filing::ItemPlace place = some_item(deed, about);
    filing::Control control = filing::Tick{UnixSeconds{count(time_) + 40 * deed.number}};
    if (deed.act == Act::erase) control = filing::Erase{place, "privacy", "court"};
    if (deed.act == Act::hold) control = filing::Hold{place, deed.flag, "order", "court"};
    if (deed.act == Act::digest)
      control = filing::FileDigest{static_cast<std::uint64_t>(4 * deed.number), {}};
    if (deed.act == Act::disclose) control = disclosure(about == nullptr ? deed : *about, place);
    filing::Claims claims{
        registrar_, std::string(samples::kOrigin), {std::string(samples::kOrigin)}, time_};
    auto statement = filing::sign_statement(filing::StatementKind::control, claims,
                                            filing::write_control(control), samples::key(1));
    return ControlRequest{
        filing::check_control(std::move(statement).value(), find_any_key()).value(), std::nullopt};
  }
  static filing::Disclose disclosure(const Deed& about, const filing::ItemPlace& place) {
    return {place, "note--" + samples::uuid(about.number), version_of(about), is_revoked(about)};
  }

  /// The item of an earlier note (hidden, for a disclosure), or a place with something else or
  /// nothing.
  filing::ItemPlace some_item(const Deed& deed, const Deed*& about) const {
    std::vector<const Sent*> found;
    for (const Sent& sent : sent_)
      if (sent.index && (sent.deed.act == Act::hidden_note ||
                         (sent.deed.act == Act::note && deed.act != Act::disclose)))
        found.push_back(&sent);
    if (found.empty() || deed.number == 0)
      return {static_cast<std::uint64_t>(deed.version), static_cast<std::uint64_t>(deed.party)};
    const Sent& chosen = *found[some(deed, found.size())];
    about = &chosen.deed;
    return {*chosen.index, 0};
  }

  static std::size_t some(const Deed& deed, std::size_t limit) {
    return static_cast<std::size_t>(deed.number + kNumbers * deed.version) % limit;
  }
  static bool is_note(const Deed& deed) {
    return deed.act == Act::note || deed.act == Act::hidden_note;
  }
  static bool is_revoked(const Deed& deed) { return deed.flag && deed.version == 2; }
  static UnixMicros version_of(const Deed& deed) {
    return UnixMicros{(count(samples::kIssued) + 1000 + deed.version) * 1'000'000};
  }

  struct Sent {
    std::vector<filing::DraftItem> items;
    filing::Claims claims;
    Deed deed;
    filing::StatementKey key;
    std::optional<std::uint64_t> index;  ///< where it was admitted, as far as is known
  };
  Filer filer_;
  std::string registrar_;
  UnixSeconds time_;
  codec::JsonReader reader_;
  std::vector<Sent> sent_;
};

}  // namespace comity::deeds
