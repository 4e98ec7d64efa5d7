#include "query/moment.h"

#include <array>

#include <fmt/format.h>

#include "crypto/uuid.h"
#include "filing/stix_id.h"
#include "record/fold_name.h"

namespace comity::query {
namespace {

using log::Query;
using log::SqlValue;

constexpr std::size_t kBearers = 64;

template <class... Values>
Result<std::optional<std::int64_t>> first(const log::Database& database, std::string_view sql,
                                          const Values&... values) {
  COMITY_TRY(const auto prepared, database.prepare(sql));
  Query row(prepared, values...);
  COMITY_TRY(const bool found, row.step());
  if (!found) return std::nullopt;
  return row.integer(0);
}

}  // namespace

Result<std::vector<std::int64_t>> integers(const log::Prepared& prepared,
                                           std::span<const SqlValue> values, std::size_t limit) {
  Query row(prepared, values);
  std::vector<std::int64_t> all;
  while (all.size() < limit) {
    COMITY_TRY(const bool more, row.step());
    if (!more) break;
    all.push_back(row.integer(0));
  }
  return all;
}

Result<Moment> Moment::at(const Snapshot& snapshot, std::uint64_t size) {
  Moment moment{.database = &snapshot.database(), .size = size};
  COMITY_TRY(const auto last, first(*moment.database,
                                    "SELECT id FROM version WHERE entry < ?1 "
                                    "ORDER BY entry DESC, ordinal DESC LIMIT 1",
                                    size));
  moment.last = last.value_or(0);
  return moment;
}

Result<std::optional<std::int64_t>> Moment::word(std::string_view text) const {
  return first(*database, "SELECT id FROM word WHERE text = ?1", text);
}

Result<std::optional<std::int64_t>> Moment::object(std::string_view stix_id) const {
  if (!filing::is_stix_id(stix_id)) return std::nullopt;
  const std::size_t dashes = stix_id.rfind("--");
  const auto uuid = crypto::parse_uuid(stix_id.substr(dashes + 2));
  if (!uuid) return std::nullopt;
  return first(*database,
               "SELECT o.id FROM stix_type t JOIN object o ON o.type = t.id "
               "WHERE o.uuid = ?1 AND t.text = ?2",
               ByteView(uuid->bytes), stix_id.substr(0, dashes));
}

Result<std::string> Moment::id_of(std::int64_t object) const {
  COMITY_TRY(const auto find, database->prepare("SELECT t.text, o.uuid FROM object o JOIN "
                                                "stix_type t ON t.id = o.type WHERE o.id = ?1"));
  Query row(find, object);
  COMITY_TRY(const bool found, row.step());
  const ByteView bytes = found ? row.bytes(1) : ByteView{};
  crypto::Uuid uuid;
  if (bytes.size() != uuid.bytes.size())
    return fail("The record's database is damaged; see `comity rebuild`.");
  std::copy(bytes.begin(), bytes.end(), uuid.bytes.begin());
  return row.text(0) + "--" + crypto::to_text(uuid);
}

Result<std::string> Moment::name_of(std::int64_t object) const {
  COMITY_TRY(const auto find,
             database->prepare(fmt::format("SELECT n.text FROM version v JOIN name n ON n.version "
                                           "= v.id AND n.ordinal = 0 WHERE v.object = ?1 AND {}",
                                           kIsShown)));
  {
    Query row(find, object, size);
    COMITY_TRY(const bool found, row.step());
    if (found) return row.text(0);
  }
  return id_of(object);
}

Result<std::vector<std::int64_t>> Moment::objects_named(std::string_view name) const {
  COMITY_TRY(const auto by_id, object(name));
  if (by_id) return std::vector{*by_id};
  const std::string folded = record::fold_name(name);
  if (folded.empty()) return std::vector<std::int64_t>{};
  COMITY_TRY(const auto find,
             database->prepare(fmt::format("SELECT DISTINCT v.object FROM name n JOIN version v ON "
                                           "v.id = n.version WHERE n.folded = ?1 AND {}",
                                           kIsShown)));
  const std::array<SqlValue, 2> values{std::string_view(folded), static_cast<std::int64_t>(size)};
  return integers(find, values, kBearers);
}

}  // namespace comity::query
