#include "record/digest_due.h"

#include <optional>

#include "filing/control.h"
#include "filing/statement.h"
#include "log/log_time.h"

namespace comity::record {
namespace {

/// What an entry is to this question.
struct Glance {
  std::optional<UnixSeconds> tick;
  std::optional<std::uint64_t> digest_of_size;

  [[nodiscard]] bool counts() const { return !tick && !digest_of_size; }
};

Result<Glance> glance_at(const log::LogReader& log, std::uint64_t index) {
  COMITY_TRY(const Bytes entry, log.entry(crypto::LeafIndex{index}));
  COMITY_TRY(const auto statement, filing::parse_statement(entry));
  if (statement.kind != filing::StatementKind::control) return Glance{};
  COMITY_TRY(const auto control, filing::parse_control(statement.payload));
  if (const auto* tick = std::get_if<filing::Tick>(&control)) return Glance{tick->time, {}};
  if (const auto* digest = std::get_if<filing::FileDigest>(&control))
    return Glance{{}, digest->size};
  return Glance{};
}

Result<UnixSeconds> founding_time(const log::LogReader& log) {
  COMITY_TRY(const Bytes entry, log.entry(crypto::LeafIndex{0}));
  COMITY_TRY(const auto statement, filing::parse_statement(entry));
  return statement.issued_at;
}

}  // namespace

bool is_digest_due(const SinceDigest& since, const DigestPace& pace) {
  if (since.entries == 0) return false;
  return since.entries >= pace.entries || count(since.now) - count(since.filed) >= pace.seconds;
}

Result<SinceDigest> since_digest(const log::LogReader& log, const DigestPace& pace) {
  SinceDigest since;
  COMITY_TRY(since.now, log::log_time(log));
  COMITY_TRY(since.filed, founding_time(log));
  std::optional<std::uint64_t> covered;  // by the last digest
  bool is_dated = false;
  for (std::uint64_t index = log.size(); index-- > 0;) {
    COMITY_TRY(const auto entry, glance_at(log, index));
    if (covered && entry.tick && !is_dated) {
      since.filed = *entry.tick;
      is_dated = true;
    }
    if (!covered) covered = entry.digest_of_size;
    if (covered && is_dated && index < *covered) return since;
    if (!entry.counts() || (covered && index < *covered)) continue;
    if (++since.entries >= pace.entries) return since;
  }
  return since;
}

}  // namespace comity::record
