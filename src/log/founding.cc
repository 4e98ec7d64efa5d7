#include "log/founding.h"

#include <array>

#include <sodium.h>

#include "crypto/vkey.h"
#include "filing/check.h"
#include "filing/draft.h"
#include "rules/overlay.h"
#include "rules/write_notes.h"

namespace comity::log {
namespace {

/// The state of a log that has not begun.
class NoState final : public rules::State {
 public:
  Result<std::uint64_t> size() const override { return 0; }
  Result<rules::Standing> standing() const override { return rules::Standing{}; }
  Result<std::optional<rules::FiledStatement>> statement(
      const filing::StatementKey&) const override {
    return std::nullopt;
  }
  Result<std::optional<rules::Party>> party(std::string_view) const override {
    return std::nullopt;
  }
  Result<std::optional<rules::Key>> key(const codec::KeyId&) const override { return std::nullopt; }
  Result<std::vector<rules::Key>> keys_of(std::string_view) const override {
    return std::vector<rules::Key>{};
  }
  Result<std::optional<rules::AnnouncedKey>> announced_key(const codec::KeyId&) const override {
    return std::nullopt;
  }
  Result<std::vector<rules::Sponsorship>> sponsorships(std::string_view) const override {
    return std::vector<rules::Sponsorship>{};
  }
  Result<std::optional<rules::Version>> version(std::string_view, std::string_view,
                                                UnixMicros) const override {
    return std::nullopt;
  }
  Result<std::optional<rules::Version>> revocation(std::string_view,
                                                   std::string_view) const override {
    return std::nullopt;
  }
  Result<std::optional<rules::ItemMarks>> marks(const filing::ItemPlace&) const override {
    return std::nullopt;
  }
};

Result<std::vector<filing::DraftItem>> founding_objects(const FoundingPlan& plan,
                                                        const RegistryKeys& keys,
                                                        const std::string& registrar,
                                                        UnixMicros now) {
  COMITY_TRY(const auto vkey, crypto::make_vkey(plan.origin, keys.note.public_key()));
  const rules::Charter charter{.origin = plan.origin,
                               .registrar = registrar,
                               .vkey = crypto::print(vkey),
                               .receipt_key = keys.receipt.public_key(),
                               .by_sponsors = plan.by_sponsors,
                               .sponsors = plan.sponsors,
                               .groups = plan.groups,
                               .tenure_days = plan.tenure_days};
  const crypto::PublicKey& key = keys.registrar.public_key();
  const codec::KeyId kid = codec::key_id(key);
  const auto proof =
      keys.registrar.sign(as_bytes(rules::key_proof_text(plan.origin, registrar, kid)));
  const rules::KeyNote key_note{.party = registrar,
                                .action = rules::KeyAction::add,
                                .kid = kid,
                                .key = key,
                                .custody = false,
                                .proof = to_bytes(ByteView(proof))};
  const rules::AdmissionNote admission{.party = registrar,
                                       .decision = rules::Decision::admit,
                                       .group = plan.group,
                                       .country = plan.country,
                                       .controller = registrar,
                                       .kid = kid};
  const rules::PartyProfile profile{.id = registrar,
                                    .name = plan.registrar_name,
                                    .group = plan.group,
                                    .country = plan.country,
                                    .controller = {},
                                    .time = now};
  const auto by = [&] { return rules::Authorship{random_uuid(), registrar, now}; };
  std::vector<filing::DraftItem> items;
  for (Bytes& object :
       std::array{rules::write_party(profile), rules::write_charter(charter, by()),
                  rules::write_key_note(key_note, by()), rules::write_admission(admission, by())})
    items.push_back({std::move(object), filing::DraftItem::Audience::everyone, {}});
  return items;
}

Result<rules::AdmittedEntry> first_tick(const FoundingPlan& plan, const RegistryKeys& keys,
                                        const std::string& registrar, UnixSeconds now,
                                        const rules::State& state) {
  const filing::Claims claims{
      .issuer = registrar, .subject = plan.origin, .audience = {plan.origin}, .issued_at = now};
  COMITY_TRY(auto statement,
             filing::sign_statement(filing::StatementKind::control, claims,
                                    filing::write_control(filing::Tick{now}), keys.registrar));
  const auto find_key = [&](const codec::KeyId&) -> Result<crypto::PublicKey> {
    return keys.registrar.public_key();
  };
  COMITY_TRY(auto control, filing::check_control(std::move(statement), find_key));
  const auto no_item = [](const filing::ItemPlace&) -> Result<rules::StoredItem> {
    return refuse("item-unknown", "The log holds no items yet.");
  };
  codec::JsonReader reader;
  COMITY_TRY(auto admitted, rules::admit_control(std::move(control), state, no_item, reader));
  return std::move(std::get<rules::AdmittedEntry>(admitted));
}

}  // namespace

std::string random_uuid() {
  std::array<std::byte, 16> bytes{};
  randombytes_buf(bytes.data(), bytes.size());
  bytes[6] = (bytes[6] & std::byte{0x0f}) | std::byte{0x40};  // version 4
  bytes[8] = (bytes[8] & std::byte{0x3f}) | std::byte{0x80};  // RFC 9562's variant
  std::string text = to_hex(bytes);
  for (const std::size_t dash : {8U, 13U, 18U, 23U}) text.insert(dash, "-");
  return text;
}

Result<std::vector<rules::AdmittedEntry>> make_founding(const FoundingPlan& plan,
                                                        const RegistryKeys& keys, UnixMicros now) {
  const std::string registrar = "identity--" + random_uuid();
  COMITY_TRY(const auto items, founding_objects(plan, keys, registrar, now));
  // The tick must be later than the founding, and both are now.
  const UnixSeconds tick{count(now) / 1'000'000};
  const filing::Claims claims{.issuer = registrar,
                              .subject = registrar,
                              .audience = {plan.origin},
                              .issued_at = UnixSeconds{count(tick) - 1}};
  COMITY_TRY(auto signed_filing, filing::sign_filing(items, claims, keys.registrar));
  codec::JsonReader reader;
  COMITY_TRY(auto checked, filing::check_founding(std::move(signed_filing.filing), reader));
  const NoState nothing;
  rules::Overlay state(nothing);
  COMITY_TRY(auto admitted, rules::admit(std::move(checked), state, reader));
  std::vector<rules::AdmittedEntry> entries;
  entries.push_back(std::move(std::get<rules::AdmittedEntry>(admitted)));
  state.put(entries[0].changes(), 1);
  COMITY_TRY(auto first, first_tick(plan, keys, registrar, tick, state));
  entries.push_back(std::move(first));
  return entries;
}

}  // namespace comity::log
