#include "log/state_rows.h"

#include <utility>

namespace comity::log {
namespace {

std::unexpected<Error> damaged() {
  return fail_unfit(
      "The admission state is damaged; remove its file, and it is rebuilt from the log.");
}

Result<codec::KeyId> key_id_in(const Query& row, int column) {
  const ByteView bytes = row.bytes(column);
  if (bytes.size() != codec::KeyId::kSize) return damaged();
  return codec::KeyId::from(bytes);
}

Result<crypto::PublicKey> public_key_in(const Query& row, int column) {
  auto key = codec::parse_cose_key(row.bytes(column));
  if (!key) return damaged();
  return key;
}

/// An enumerator that was written as its number.
template <class Enum>
Result<Enum> word_in(const Query& row, int column, Enum last) {
  const std::int64_t number = row.integer(column);
  if (number < 0 || number > static_cast<std::int64_t>(last)) return damaged();
  return static_cast<Enum>(number);
}

Result<rules::Group> group_in(const Query& row, int column) {
  return word_in(row, column, rules::Group::media);
}

}  // namespace

Result<std::optional<StampedStanding>> read_standing(const Statements& sql) {
  Query row(sql[Sql::read_standing]);
  COMITY_TRY(const bool is_there, row.step());
  if (!is_there) return std::nullopt;
  StampedStanding stamped;
  stamped.size = row.count(0);
  stamped.standing.time = UnixSeconds{row.integer(1)};
  stamped.standing.rules_version = row.count(2);
  stamped.standing.charter_id = row.text(3);
  stamped.standing.charter_version = UnixMicros{row.integer(4)};
  if (row.integer(5) == 0) return stamped;
  COMITY_TRY(const auto receipt_key, public_key_in(row, 9));
  stamped.standing.charter = rules::Charter{.origin = row.text(6),
                                            .registrar = row.text(7),
                                            .vkey = row.text(8),
                                            .receipt_key = receipt_key,
                                            .by_sponsors = row.integer(10) != 0,
                                            .sponsors = static_cast<int>(row.integer(11)),
                                            .groups = static_cast<int>(row.integer(12)),
                                            .tenure_days = static_cast<int>(row.integer(13))};
  return stamped;
}

Result<void> write_standing(const Statements& sql, const StampedStanding& stamped) {
  const rules::Standing& standing = stamped.standing;
  const auto& charter = standing.charter;
  const Bytes receipt_key = charter ? codec::write_cose_key(charter->receipt_key) : Bytes{};
  const std::string none;
  return Query(sql[Sql::write_standing], stamped.size, count(standing.time), standing.rules_version,
               standing.charter_id, count(standing.charter_version), charter.has_value(),
               charter ? charter->origin : none, charter ? charter->registrar : none,
               charter ? charter->vkey : none, ByteView(receipt_key),
               charter && charter->by_sponsors, charter ? charter->sponsors : 0,
               charter ? charter->groups : 0, charter ? charter->tenure_days : 0)
      .run();
}

Result<rules::Key> read_key(const Query& row) {
  COMITY_TRY(const auto kid, key_id_in(row, 0));
  COMITY_TRY(const auto key, public_key_in(row, 1));
  std::optional<std::uint64_t> revoked_at;
  if (!row.is_null(5)) revoked_at = row.count(5);
  return rules::Key{.kid = kid,
                    .key = key,
                    .party = row.text(2),
                    .custody = row.integer(3) != 0,
                    .added_at = row.count(4),
                    .revoked_at = revoked_at};
}

Result<void> write_key(const Statements& sql, const rules::Key& key) {
  const Bytes cose_key = codec::write_cose_key(key.key);
  return Query(sql[Sql::write_key], key.kid.view(), ByteView(cose_key), key.party, key.custody,
               key.added_at, key.revoked_at)
      .run();
}

Result<std::optional<rules::AnnouncedKey>> read_announced_key(const Statements& sql,
                                                              const codec::KeyId& kid) {
  const ByteView bytes = kid.view();
  Query row(sql[Sql::read_announced_key], bytes);
  COMITY_TRY(const bool is_there, row.step());
  if (!is_there) return std::nullopt;
  COMITY_TRY(const auto key, public_key_in(row, 0));
  rules::AnnouncedKey announced;
  announced.note.party = row.text(1);
  announced.note.kid = kid;
  announced.note.key = key;
  announced.note.proof = to_bytes(row.bytes(2));
  announced.entry = row.count(3);
  return announced;
}

Result<void> write_announced_key(const Statements& sql, const rules::AnnouncedKey& key) {
  COMITY_ASSERT(key.note.key.has_value());
  const Bytes cose_key = codec::write_cose_key(*key.note.key);
  return Query(sql[Sql::write_announced_key], key.note.kid.view(), ByteView(cose_key),
               key.note.party, ByteView(key.note.proof), key.entry)
      .run();
}

Result<std::optional<rules::Party>> read_party(const Statements& sql, std::string_view id) {
  Query row(sql[Sql::read_party], id);
  COMITY_TRY(const bool is_there, row.step());
  if (!is_there) return std::nullopt;
  COMITY_TRY(const auto group, group_in(row, 0));
  return rules::Party{.id = std::string(id),
                      .group = group,
                      .country = row.text(1),
                      .controller = row.text(2),
                      .suspended = row.integer(3) != 0,
                      .admitted_at = row.count(4),
                      .admitted_time = UnixSeconds{row.integer(5)},
                      .standing_since = row.count(6)};
}

Result<void> write_party(const Statements& sql, const rules::Party& party) {
  return Query(sql[Sql::write_party], party.id, static_cast<int>(party.group), party.country,
               party.controller, party.suspended, party.admitted_at, count(party.admitted_time),
               party.standing_since)
      .run();
}

Result<std::vector<rules::Sponsorship>> read_sponsorships(const Statements& sql,
                                                          std::string_view party) {
  std::vector<rules::Sponsorship> words;
  Query row(sql[Sql::read_sponsorships], party);
  while (true) {
    COMITY_TRY(const bool is_there, row.step());
    if (!is_there) return words;
    rules::Sponsorship word;
    word.sponsor = row.text(0);
    word.note.party = party;
    COMITY_TRY(word.note.decision, word_in(row, 1, rules::Decision::reinstate));
    COMITY_TRY(word.note.group, group_in(row, 2));
    word.note.country = row.text(3);
    word.note.controller = row.text(4);
    COMITY_TRY(word.note.kid, key_id_in(row, 5));
    word.entry = row.count(6);
    words.push_back(std::move(word));
  }
}

Result<void> write_sponsorship(const Statements& sql, const rules::Sponsorship& word) {
  const rules::AdmissionNote& note = word.note;
  return Query(sql[Sql::write_sponsorship], note.party, word.sponsor,
               static_cast<int>(note.decision), static_cast<int>(note.group), note.country,
               note.controller, note.kid.view(), word.entry)
      .run();
}

Result<std::optional<rules::ItemMarks>> read_marks(const Statements& sql,
                                                   const filing::ItemPlace& place) {
  Query row(sql[Sql::read_marks], place.entry, place.ordinal);
  COMITY_TRY(const bool is_there, row.step());
  if (!is_there) return std::nullopt;
  return rules::ItemMarks{.place = place,
                          .disclosed = row.integer(0) != 0,
                          .erased = row.integer(1) != 0,
                          .held = row.integer(2) != 0,
                          .disclosed_at = row.count(3)};
}

Result<void> write_marks(const Statements& sql, const rules::ItemMarks& marks) {
  return Query(sql[Sql::write_marks], marks.place.entry, marks.place.ordinal, marks.disclosed,
               marks.erased, marks.held, marks.disclosed_at)
      .run();
}

}  // namespace comity::log
