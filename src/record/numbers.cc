#include "record/numbers.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace comity::record {
namespace {

using log::Prepared;
using log::Query;

/// Numbers kept in memory; the maps are emptied when full, for they fill again in no time.
constexpr std::size_t kKnown = 65'536;

Result<std::optional<std::int64_t>> found(Query query) {
  COMITY_TRY(const bool is_there, query.step());
  if (!is_there) return std::nullopt;
  return query.integer(0);
}

Result<std::int64_t> next_after(const Prepared& last) {
  Query query(last);
  COMITY_TRY([[maybe_unused]] const bool row, query.step());
  return query.integer(0) + 1;
}

}  // namespace

Result<Numbers> Numbers::of(const log::Database& database) {
  Numbers numbers;
  const auto make = [&database](Prepared& to, std::string_view sql) -> Result<void> {
    COMITY_TRY(to, database.prepare(sql));
    return {};
  };
  COMITY_CHECK(make(numbers.find_word_, "SELECT id FROM word WHERE text = ?1"));
  COMITY_CHECK(make(numbers.insert_word_, "INSERT INTO word VALUES (?1, ?2)"));
  COMITY_CHECK(make(numbers.last_word_, "SELECT max(id) FROM word"));
  COMITY_CHECK(make(numbers.find_type_, "SELECT id FROM stix_type WHERE text = ?1"));
  COMITY_CHECK(make(numbers.insert_type_, "INSERT INTO stix_type VALUES (?1, ?2)"));
  COMITY_CHECK(make(numbers.last_type_, "SELECT max(id) FROM stix_type"));
  COMITY_CHECK(make(numbers.find_object_, "SELECT id FROM object WHERE uuid = ?1 AND type = ?2"));
  COMITY_CHECK(make(numbers.insert_object_, "INSERT INTO object VALUES (?1, ?2, ?3)"));
  COMITY_CHECK(make(numbers.last_object_, "SELECT max(id) FROM object"));
  COMITY_CHECK(numbers.forget());
  return numbers;
}

Result<void> Numbers::forget() {
  words_.clear();
  types_.clear();
  objects_.clear();
  waiting_.clear();
  COMITY_TRY(next_word_, next_after(last_word_));
  COMITY_TRY(next_type_, next_after(last_type_));
  COMITY_TRY(next_object_, next_after(last_object_));
  return {};
}

Result<std::int64_t> Numbers::text(Texts& known, const Prepared& find, const Prepared& insert,
                                   std::int64_t& next, std::string_view text) {
  if (const auto at = known.find(text); at != known.end()) return at->second;
  COMITY_TRY(auto number, found(Query(find, text)));
  if (!number) {
    number = next++;
    COMITY_CHECK(Query(insert, *number, text).run());
  }
  if (known.size() >= kKnown) known.clear();
  known.emplace(text, *number);
  return *number;
}

Result<std::int64_t> Numbers::word(std::string_view text) {
  return this->text(words_, find_word_, insert_word_, next_word_, text);
}

Result<std::int64_t> Numbers::object(std::string_view stix_id) {
  const std::size_t dashes = stix_id.rfind("--");
  COMITY_ASSERT(dashes != stix_id.npos);
  const auto uuid = crypto::parse_uuid(stix_id.substr(dashes + 2));
  COMITY_ASSERT(uuid.has_value());
  ObjectKey key{.uuid = *uuid};
  COMITY_TRY(key.type,
             text(types_, find_type_, insert_type_, next_type_, stix_id.substr(0, dashes)));
  if (const auto at = objects_.find(key); at != objects_.end()) return at->second;
  if (objects_.size() >= kKnown) {
    COMITY_CHECK(write());
    objects_.clear();
  }
  COMITY_TRY(auto number, found(Query(find_object_, ByteView(key.uuid.bytes), key.type)));
  if (!number) {
    number = next_object_++;
    waiting_.push_back({key, *number});
  }
  objects_.emplace(key, *number);
  return *number;
}

Result<void> Numbers::write() {
  std::ranges::sort(waiting_, [](const NewObject& a, const NewObject& b) {
    return std::pair(a.key.uuid.bytes, a.key.type) < std::pair(b.key.uuid.bytes, b.key.type);
  });
  for (const NewObject& it : waiting_)
    COMITY_CHECK(Query(insert_object_, it.number, ByteView(it.key.uuid.bytes), it.key.type).run());
  waiting_.clear();
  return {};
}

}  // namespace comity::record
