#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "filing/draft.h"
#include "log/registry.h"
#include "rules/write_notes.h"

#include "tests/filing/samples.h"

namespace comity::samples {

/// What people send to a registry, signed with sample keys, one thing after another. Any thread has
/// its own; the registry and the clock outlive it.
class Filer {
 public:
  Filer(log::Registry& registry, const Clock& clock) : registry_(&registry), clock_(&clock) {}

  /// The claims of a filer of today.
  [[nodiscard]] filing::Claims claims_of(const std::string& filer) const {
    return {filer, filer, {std::string(kOrigin)}, UnixSeconds{count(clock_->now()) / 1'000'000}};
  }

  Result<log::Registered> file(const std::vector<filing::DraftItem>& items,
                               const std::string& filer, const crypto::SecretKey& signer) {
    COMITY_TRY(auto filing, filing::sign_filing(items, claims_of(filer), signer));
    return send(std::move(filing.filing));
  }
  Result<log::Registered> send(Bytes filing) {
    codec::JsonReader reader;
    COMITY_TRY(auto checked, filing::check(std::move(filing), registry_->find_key(), reader));
    return registry_->sequencer().file(std::move(checked));
  }

  /// A control statement by the registrar.
  Result<log::Registered> control(const filing::Control& control, const std::string& registrar,
                                  std::optional<rules::Disclosure> disclosure = std::nullopt) {
    filing::Claims claims = claims_of(registrar);
    claims.subject = std::string(kOrigin);
    COMITY_TRY(auto statement, filing::sign_statement(filing::StatementKind::control, claims,
                                                      filing::write_control(control), key(1)));
    COMITY_TRY(auto checked, filing::check_control(std::move(statement), registry_->find_key()));
    return registry_->sequencer().file(
        log::ControlRequest{std::move(checked), std::move(disclosure)});
  }

  /// Admits party(number), whose key is key(number), by the registrar. Numbers from 10 on.
  Result<log::Registered> admit(int number, const std::string& registrar,
                                rules::Group group = rules::Group::industry) {
    const auto signer = key(static_cast<std::uint8_t>(number));
    return file({add_key(party(number), signer, by(registrar)),
                 admission({.party = party(number),
                            .decision = rules::Decision::admit,
                            .group = group,
                            .country = "FR",
                            .controller = party(number),
                            .kid = kid(signer)},
                           by(registrar))},
                registrar, key(1));
  }

  /// A new object by that party.
  [[nodiscard]] rules::Authorship by(const std::string& author) const {
    return {log::random_uuid(), author, clock_->now()};
  }
  static filing::DraftItem admission(const rules::AdmissionNote& note,
                                     const rules::Authorship& author) {
    return open_to_all(as_text(rules::write_admission(note, author)));
  }
  static filing::DraftItem add_key(const std::string& id, const crypto::SecretKey& signer,
                                   const rules::Authorship& author) {
    const auto proof = signer.sign(as_bytes(rules::key_proof_text(kOrigin, id, kid(signer))));
    return open_to_all(as_text(rules::write_key_note({.party = id,
                                                      .action = rules::KeyAction::add,
                                                      .kid = kid(signer),
                                                      .key = signer.public_key(),
                                                      .custody = false,
                                                      .proof = to_bytes(ByteView(proof))},
                                                     author)));
  }
  static filing::DraftItem revoke_key(const std::string& id, const crypto::SecretKey& signer,
                                      const rules::Authorship& author) {
    return open_to_all(as_text(rules::write_key_note({.party = id,
                                                      .action = rules::KeyAction::revoke,
                                                      .kid = kid(signer),
                                                      .key = std::nullopt,
                                                      .custody = false,
                                                      .proof = {}},
                                                     author)));
  }

 private:
  log::Registry* registry_;
  const Clock* clock_;
};

}  // namespace comity::samples
