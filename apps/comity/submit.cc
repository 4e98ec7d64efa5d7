#include "submit.h"

#include <utility>

#include "filing/check.h"
#include "filing/envelope.h"
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

Result<Bytes> sign_statement(const Trust& trust, const crypto::SecretKey& registrar,
                             const filing::Control& control) {
  const filing::Claims claims{.issuer = trust.registrar,
                              .subject = trust.origin,
                              .audience = {trust.origin},
                              .issued_at = in_seconds(SystemClock().now())};
  return filing::sign_statement(filing::StatementKind::control, claims,
                                filing::write_control(control), registrar);
}

/// Whose key it is a server doesn't say, but for the registrar's own in its directory.
Result<void> check_filer(const FilerChoice& choice) {
  const bool named = !choice.party.empty() && !choice.key.empty();
  if (named || (choice.key.empty() && is_there(registrar_key_path(choice.directory)))) return {};
  return refuse("party-missing",
                "Signing away from the registry needs both --party ID (--as ID for decisions about "
                "parties) and --key FILE; give them.");
}

}  // namespace

Result<Destination> open_destination(const std::string& directory, const std::string* to,
                                     Context& context) {
  Destination destination;
  if (to != nullptr && !to->empty()) {
    COMITY_TRY(destination.trust, read_own_trust(directory));
    COMITY_TRY(destination.server, RemoteRegistry::open(*to, destination.trust));
    return destination;
  }
  auto registry = open_to_write(directory, context);
  if (!registry && to != nullptr && registry.error().code() == "registry-locked")
    return refuse("registry-locked",
                  directory +
                      " is being served, or another process writes to it; send to the server with "
                      "--to URL, or wait until that process has ended.");
  COMITY_TRY(destination.registry, std::move(registry));
  destination.trust = destination.registry->trust;
  return destination;
}

Result<FilerAt> open_for_filing(const FilerChoice& choice, Context& context) {
  COMITY_TRY(auto destination, open_destination(choice.directory, choice.to, context));
  FilerAt at{std::move(destination), choice.party, std::nullopt};
  if (at.server) COMITY_CHECK(check_filer(choice));
  if (!choice.key.empty() || at.server) {
    COMITY_TRY(auto key,
               load_key(choice.key.empty() ? registrar_key_path(choice.directory) : choice.key,
                        context.passphrases));
    at.loaded = std::move(key);
  }
  if (at.server && at.party.empty()) at.party = at.trust.registrar;
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

Result<log::Registered> submit_items(FilerAt& at, const std::vector<filing::DraftItem>& items,
                                     const std::string& about) {
  COMITY_TRY(auto made, sign_items(at.trust.origin, at.filer(), items, about, SystemClock().now()));
  if (at.server) {
    COMITY_TRY(const auto envelope, filing::parse_envelope(made.filing));
    COMITY_TRY(auto filed, at.server->file(made.filing, envelope.entry()));
    return std::move(filed.registered);
  }
  log::Registry& registry = *at.registry->registry;
  codec::JsonReader reader;
  COMITY_TRY(auto checked, filing::check(std::move(made.filing), registry.find_key(), reader));
  return registry.sequencer().file(std::move(checked));
}

Result<log::ControlRequest> sign_control(OpenRegistry& registry, const filing::Control& control,
                                         std::optional<rules::Disclosure> disclosure) {
  COMITY_TRY(auto statement, sign_statement(registry.trust, registry.registrar_key(), control));
  COMITY_TRY(auto checked,
             filing::check_control(std::move(statement), registry.registry->find_key()));
  return log::ControlRequest{std::move(checked), std::move(disclosure)};
}

Result<log::Registered> submit_control(OpenRegistry& registry, const filing::Control& control,
                                       std::optional<rules::Disclosure> disclosure) {
  COMITY_TRY(auto request, sign_control(registry, control, std::move(disclosure)));
  return registry.registry->sequencer().file(std::move(request));
}

Result<log::Registered> submit_control(FilerAt& registrar, const filing::Control& control,
                                       std::optional<rules::Disclosure> disclosure) {
  if (registrar.registry)
    return submit_control(*registrar.registry, control, std::move(disclosure));
  COMITY_ASSERT(!disclosure);
  COMITY_TRY(const Bytes statement,
             sign_statement(registrar.trust, *registrar.filer().key, control));
  COMITY_TRY(auto filed, registrar.server->file(statement, statement));
  return std::move(filed.registered);
}

Result<void> write_receipt_files(const std::string& prefix, const log::Receipt& receipt,
                                 ByteView statement) {
  COMITY_CHECK(put_file(prefix + ".statement", statement, Readers::everybody));
  COMITY_CHECK(put_file(prefix + ".tlog-proof", as_bytes(receipt.tlog_proof), Readers::everybody));
  if (receipt.cose.empty()) return {};
  return put_file(prefix + ".receipt", receipt.cose, Readers::everybody);
}

}  // namespace comity::cli
