#include "submit.h"

#include <utility>

#include "filing/check.h"
#include "filing/object.h"

#include "disk_file.h"
#include "keys.h"

namespace comity::cli {
namespace {

UnixSeconds in_seconds(UnixMicros time) { return UnixSeconds{count(time) / 1'000'000}; }

std::string subject_of(const Filer& filer, const std::vector<filing::DraftItem>& items) {
  if (items.size() != 1 || items[0].audience != filing::DraftItem::Audience::everyone)
    return filer.party;
  codec::JsonReader reader;
  const auto head = filing::read_object(items[0].object, reader);
  return head ? head->id : filer.party;
}

}  // namespace

Result<FilerAt> open_for_filing(const FilerChoice& choice, Context& context) {
  FilerAt at;
  at.party = choice.party;
  COMITY_TRY(at.registry, open_registry(choice.directory, context));
  if (!choice.key.empty()) {
    COMITY_TRY(auto key, load_key(choice.key, context.passphrases));
    at.loaded = std::move(key);
  }
  if (at.party.empty()) {
    const codec::KeyId kid = codec::key_id(at.filer().key->public_key());
    COMITY_TRY(const auto known, at.registry->state().key(kid));
    if (!known)
      return refuse("key-unknown", "The key " + choice.key +
                                       " is not registered here; have its party admitted "
                                       "(`comity party admit`), or name the party's key.");
    at.party = known->party;
  }
  return at;
}

filing::DraftItem public_item(Bytes object) {
  return {std::move(object), filing::DraftItem::Audience::everyone, {}};
}

Result<filing::SignedFiling> sign_items(const std::string& origin, const Filer& filer,
                                        const std::vector<filing::DraftItem>& items,
                                        std::string about, UnixMicros now) {
  if (about.empty()) about = subject_of(filer, items);
  const filing::Claims claims{.issuer = filer.party,
                              .subject = std::move(about),
                              .audience = {origin},
                              .issued_at = in_seconds(now)};
  return filing::sign_filing(items, claims, *filer.key);
}

Result<log::Registered> submit(OpenRegistry& registry, Bytes filing) {
  codec::JsonReader reader;
  COMITY_TRY(auto checked, filing::check(std::move(filing), registry.registry->find_key(), reader));
  return registry.registry->sequencer().file(std::move(checked));
}

Result<log::Registered> submit_items(OpenRegistry& registry, const Filer& filer,
                                     const std::vector<filing::DraftItem>& items,
                                     const std::string& about) {
  COMITY_TRY(auto made,
             sign_items(registry.trust.origin, filer, items, about, registry.clock.now()));
  return submit(registry, std::move(made.filing));
}

Result<log::ControlRequest> sign_control(OpenRegistry& registry, const filing::Control& control,
                                         std::optional<rules::Disclosure> disclosure) {
  const std::string& origin = registry.trust.origin;
  const filing::Claims claims{.issuer = registry.trust.registrar,
                              .subject = origin,
                              .audience = {origin},
                              .issued_at = in_seconds(registry.clock.now())};
  COMITY_TRY(auto statement,
             filing::sign_statement(filing::StatementKind::control, claims,
                                    filing::write_control(control), registry.registrar_key()));
  COMITY_TRY(auto checked,
             filing::check_control(std::move(statement), registry.registry->find_key()));
  return log::ControlRequest{std::move(checked), std::move(disclosure)};
}

Result<log::Registered> submit_control(OpenRegistry& registry, const filing::Control& control,
                                       std::optional<rules::Disclosure> disclosure) {
  COMITY_TRY(auto request, sign_control(registry, control, std::move(disclosure)));
  return registry.registry->sequencer().file(std::move(request));
}

Result<void> write_receipt_files(const std::string& prefix, const log::Receipt& receipt,
                                 ByteView statement) {
  COMITY_CHECK(put_file(prefix + ".statement", statement, Readers::everybody));
  COMITY_CHECK(put_file(prefix + ".tlog-proof", as_bytes(receipt.tlog_proof), Readers::everybody));
  if (receipt.cose.empty()) return {};
  return put_file(prefix + ".receipt", receipt.cose, Readers::everybody);
}

}  // namespace comity::cli
