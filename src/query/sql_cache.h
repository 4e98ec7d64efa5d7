#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.h"
#include "log/sqlite.h"

#include "query/snapshot.h"

namespace comity::query {

/// Statements that are asked again and again, each prepared once. One thread; the snapshot must
/// outlive it and may be refreshed.
class SqlCache {
 public:
  explicit SqlCache(const Snapshot& snapshot) : snapshot_(&snapshot) {}

  /// The statement of that text; it is there until the next one is asked for.
  [[nodiscard]] Result<const log::Prepared*> prepared(std::string_view sql) {
    const auto found = statements_.find(sql);
    if (found != statements_.end()) return &found->second;
    if (statements_.size() >= kStatements) statements_.clear();
    COMITY_TRY(auto statement, snapshot_->database().prepare(sql));
    return &statements_.emplace(sql, std::move(statement)).first->second;
  }

  /// The first column of the first row; nothing where there is none or it is NULL.
  template <class... Values>
  [[nodiscard]] Result<std::optional<std::int64_t>> number(std::string_view sql,
                                                           const Values&... values) {
    COMITY_TRY(const auto* statement, prepared(sql));
    log::Query row(*statement, values...);
    COMITY_TRY(const bool found, row.step());
    if (!found || row.is_null(0)) return std::nullopt;
    return row.integer(0);
  }

  [[nodiscard]] const Snapshot& snapshot() const { return *snapshot_; }

 private:
  /// Statements are made of a few parts; more texts than this are of filters that come once.
  static constexpr std::size_t kStatements = 64;

  const Snapshot* snapshot_;
  std::map<std::string, log::Prepared, std::less<>> statements_;
};

}  // namespace comity::query
