#pragma once

#include <map>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "filing/control.h"
#include "rules/admit.h"
#include "rules/write_notes.h"

#include "tests/filing/samples.h"
#include "tests/memory_state.h"

namespace comity::rules {

/// What a statement says and who signs it, where that is not as usual.
struct Signing {
  int signer = 0;  ///< key number; 0 = the party's own
  std::string origin{samples::kOrigin};
  std::int64_t issued = 0;  ///< 0 = the log's time
};

/// A registry in a test, without a log: parties with keys file, and a state is kept.
///
/// A party's key number is its own number; further keys are named in the calls. Key numbers of log
/// and receipts are 8 and 9.
class Scenario {
 public:
  static constexpr int kRegistrar = 1;
  static constexpr std::int64_t kStart = 1'767'323'045;

  explicit Scenario(Charter charter = usual_charter()) : charter_(std::move(charter)) {}

  static Charter usual_charter() {
    return {.origin = std::string(samples::kOrigin),
            .registrar = samples::party(kRegistrar),
            .vkey = crypto::print(
                crypto::make_vkey(samples::kOrigin, samples::key(8).public_key()).value()),
            .receipt_key = samples::key(9).public_key()};
  }
  static Charter sponsors_charter(int sponsors, int groups) {
    Charter charter = usual_charter();
    charter.by_sponsors = true;
    charter.sponsors = sponsors;
    charter.groups = groups;
    return charter;
  }

  // Objects. Each note has a new id and the next millisecond as its version.

  Authorship author(int party) {
    ++objects_;
    return {samples::uuid(1000 + objects_), samples::party(party), next_version()};
  }
  static KeyNote add_note(int party, int key, std::string_view origin = samples::kOrigin) {
    const auto secret = samples::key(static_cast<std::uint8_t>(key));
    KeyNote note{.party = samples::party(party),
                 .kid = samples::kid(secret),
                 .key = secret.public_key(),
                 .proof = {}};
    note.proof = to_bytes(secret.sign(as_bytes(key_proof_text(origin, note.party, note.kid))));
    return note;
  }
  Bytes add_key(int party, int key) { return write_key_note(add_note(party, key), author(party)); }
  Bytes add_custody_key(int party, int key) {
    KeyNote note = add_note(party, key);
    note.custody = true;
    return write_key_note(note, author(party));
  }
  Bytes revoke_key(int party, int key) {
    return write_key_note({.party = samples::party(party),
                           .action = KeyAction::revoke,
                           .kid = kid(key),
                           .key = std::nullopt,
                           .proof = {}},
                          author(party));
  }
  static AdmissionNote admission(int party, int key, Group group = Group::research,
                                 int controller = 0) {
    return {.party = samples::party(party),
            .group = group,
            .country = "CH",
            .controller = samples::party(controller > 0 ? controller : party),
            .kid = kid(key)};
  }
  Bytes admit_party(int party, int key, Group group = Group::research, int controller = 0) {
    return write_admission(admission(party, key, group, controller), author(kRegistrar));
  }
  Bytes suspend(int party) { return decide(party, Decision::suspend); }
  Bytes reinstate(int party) { return decide(party, Decision::reinstate); }
  Bytes plain(int number, int version = 0, bool revoked = false) const {
    const std::string modified = to_rfc3339(UnixMicros{(kStart + 1'000'000 + version) * 1'000'000});
    return to_bytes(samples::note(number, revoked ? R"(,"revoked":true)" : "", modified));
  }
  Bytes charter_note(const Charter& charter, int version) const {
    return write_charter(charter, {samples::uuid(1), samples::party(kRegistrar),
                                   UnixMicros{(kStart + version) * 1'000'000}});
  }

  // Statements, checked.

  filing::CheckedFiling filing(int party, const std::vector<filing::DraftItem>& items,
                               const Signing& signing) {
    const auto signer = secret(signing.signer > 0 ? signing.signer : party);
    const filing::Claims claims{
        .issuer = samples::party(party),
        .subject = samples::party(party),
        .audience = {signing.origin},
        .issued_at = UnixSeconds{signing.issued > 0 ? signing.issued : time()}};
    auto salts = [this] { return next_salt(); };
    auto draft = filing::sign_filing(items, claims, signer, salts).value();
    kept = std::move(draft.kept);
    filings[state.size().value()] = draft.filing;
    sent = draft.filing;
    return filing::check(std::move(draft.filing), samples::find_among({signer.public_key()}),
                         reader)
        .value();
  }
  filing::CheckedFiling filing(int party, const std::vector<Bytes>& objects,
                               const Signing& signing) {
    return filing(party, drafts(objects), signing);
  }
  filing::CheckedControl control(const filing::Control& body, const Signing& signing = {},
                                 int party = kRegistrar) {
    const auto signer = secret(signing.signer > 0 ? signing.signer : party);
    const filing::Claims claims{
        .issuer = samples::party(party),
        .subject = signing.origin,
        .audience = {signing.origin},
        .issued_at = UnixSeconds{signing.issued > 0 ? signing.issued : time()}};
    auto bytes = filing::sign_statement(filing::StatementKind::control, claims,
                                        filing::write_control(body), signer)
                     .value();
    sent = bytes;
    return filing::check_control(std::move(bytes), samples::find_among({signer.public_key()}))
        .value();
  }

  // What the rules say to them. "ok", "already" or the code of the refusal; an admitted one takes
  // effect.

  std::string submit(filing::CheckedFiling filing) {
    return take(admit(std::move(filing), state, reader));
  }
  std::string file(int party, const std::vector<Bytes>& objects, const Signing& signing = {}) {
    return submit(filing(party, objects, signing));
  }
  std::string command(const filing::Control& body, const Signing& signing = {},
                      std::optional<Disclosure> disclosure = std::nullopt) {
    return take(
        admit_control(control(body, signing), state, find_item(), reader, std::move(disclosure)));
  }
  std::string take(Result<Admitted> result) {
    if (!result) {
      sentence = result.error().sentence();
      return result.error().code();
    }
    if (auto* already = std::get_if<AlreadyFiled>(&*result)) {
      index = already->index;
      return "already";
    }
    admitted = std::move(std::get<AdmittedEntry>(*result));
    index = admitted->index();
    state.apply(admitted->changes(), index + 1);
    return "ok";
  }

  std::vector<Bytes> founding_objects() {
    const std::string registrar = samples::party(kRegistrar);
    return {write_party({.id = registrar,
                         .name = "Registrar",
                         .group = Group::civil_society,
                         .country = {},
                         .controller = {},
                         .time = next_version()}),
            charter_note(charter_, 0), add_key(kRegistrar, kRegistrar),
            write_admission(admission(kRegistrar, kRegistrar, Group::civil_society),
                            author(kRegistrar))};
  }
  /// Founding and first tick.
  void found() {
    COMITY_ASSERT(file(kRegistrar, founding_objects(), {.issued = kStart}) == "ok");
    COMITY_ASSERT(tick(1) == "ok");
  }
  std::string tick(std::int64_t seconds) {
    return command(filing::Tick{UnixSeconds{time() + seconds}});
  }
  /// Admission by the registrar, under a charter that lets it.
  void admit_by_registrar(int party, Group group = Group::research) {
    COMITY_ASSERT(file(kRegistrar, {add_key(party, party), admit_party(party, party, group)}) ==
                  "ok");
  }

  [[nodiscard]] std::int64_t time() const {
    const auto now = count(state.standing().value().time);
    return now > 0 ? now : kStart;
  }
  static codec::KeyId kid(int key) { return samples::kid(secret(key)); }
  static crypto::SecretKey secret(int key) { return samples::key(static_cast<std::uint8_t>(key)); }
  static std::vector<filing::DraftItem> drafts(const std::vector<Bytes>& objects) {
    std::vector<filing::DraftItem> items;
    for (const Bytes& object : objects) items.push_back({object, {}, {}});
    return items;
  }

  /// Finds items in `filings`, and none that `gone` names.
  FindItem find_item() {
    return [this](const filing::ItemPlace& place) -> Result<StoredItem> {
      const auto found = filings.find(place.entry);
      if (found == filings.end()) return refuse("item-unknown", "No filing.");
      const auto envelope = filing::parse_envelope(found->second).value();
      const auto items = filing::parse_manifest(envelope.manifest).value();
      if (place.ordinal >= items.size()) return refuse("item-unknown", "No such item.");
      const auto entry = envelope.entry();
      StoredItem item;
      item.party = filing::parse_statement(entry).value().issuer;
      item.digest = items[place.ordinal].digest;
      item.hidden = items[place.ordinal].hidden();
      item.salt = to_bytes(envelope.parts[place.ordinal].salt);
      item.content = to_bytes(envelope.parts[place.ordinal].content);
      return item;
    };
  }

  MemoryState state;
  codec::JsonReader reader;
  std::map<std::uint64_t, Bytes> filings;        ///< as sent, by the index that they were meant for
  Bytes sent;                                    ///< the last statement that was made
  std::vector<filing::SignedFiling::Kept> kept;  ///< of the last filing
  std::optional<AdmittedEntry> admitted;         ///< the last
  std::uint64_t index = 0;                       ///< of the last, or where it had been
  std::string sentence;                          ///< of the last refusal

 private:
  UnixMicros next_version() {
    ++versions_;
    return UnixMicros{(kStart * 1000 + versions_) * 1000};
  }
  filing::Salt next_salt() {
    ++salts_;
    filing::Salt salt{};
    for (std::size_t i = 0; i < sizeof salts_; ++i) salt[i] = std::byte(salts_ >> (8 * i));
    salt.back() = std::byte{1};
    return salt;
  }
  Bytes decide(int party, Decision decision) {
    return write_admission({.party = samples::party(party),
                            .decision = decision,
                            .country = {},
                            .controller = {},
                            .kid = {}},
                           author(kRegistrar));
  }

  Charter charter_;
  int objects_ = 0;
  std::int64_t versions_ = 0;
  std::uint64_t salts_ = 0;
};

}  // namespace comity::rules
