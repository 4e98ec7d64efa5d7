#pragma once

#include "log/sqlite.h"
#include "log/state_tables.h"
#include "rules/state.h"

/// The facts of admission as rows of the state's tables, both ways. A row that can't be read back
/// is a fault: the file is damaged.
namespace comity::log {

/// The standing, and the size that it is stamped with.
struct StampedStanding {
  rules::Standing standing;
  std::uint64_t size = 0;
};
/// Nothing in a file that has just been made.
[[nodiscard]] Result<std::optional<StampedStanding>> read_standing(const Statements& sql);
[[nodiscard]] Result<void> write_standing(const Statements& sql, const StampedStanding& stamped);

/// Columns: kid, key, party, custody, added_at, revoked_at.
[[nodiscard]] Result<rules::Key> read_key(const Query& row);
[[nodiscard]] Result<void> write_key(const Statements& sql, const rules::Key& key);

[[nodiscard]] Result<std::optional<rules::AnnouncedKey>> read_announced_key(
    const Statements& sql, const codec::KeyId& kid);
[[nodiscard]] Result<void> write_announced_key(const Statements& sql,
                                               const rules::AnnouncedKey& key);

[[nodiscard]] Result<std::optional<rules::Party>> read_party(const Statements& sql,
                                                             std::string_view id);
[[nodiscard]] Result<void> write_party(const Statements& sql, const rules::Party& party);

[[nodiscard]] Result<std::vector<rules::Sponsorship>> read_sponsorships(const Statements& sql,
                                                                        std::string_view party);
[[nodiscard]] Result<void> write_sponsorship(const Statements& sql, const rules::Sponsorship& word);

[[nodiscard]] Result<std::optional<rules::ItemMarks>> read_marks(const Statements& sql,
                                                                 const filing::ItemPlace& place);
[[nodiscard]] Result<void> write_marks(const Statements& sql, const rules::ItemMarks& marks);

}  // namespace comity::log
