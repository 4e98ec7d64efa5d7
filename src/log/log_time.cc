#include "log/log_time.h"

#include "filing/control.h"
#include "filing/statement.h"

namespace comity::log {

Result<UnixSeconds> log_time(const LogReader& log) {
  for (std::uint64_t index = log.size(); index-- > 0;) {
    COMITY_TRY(const Bytes entry, log.entry(crypto::LeafIndex{index}));
    COMITY_TRY(const auto statement, filing::parse_statement(entry));
    if (index == 0) return statement.issued_at;
    if (statement.kind != filing::StatementKind::control) continue;
    COMITY_TRY(const auto control, filing::parse_control(statement.payload));
    if (const auto* tick = std::get_if<filing::Tick>(&control)) return tick->time;
  }
  return refuse("log-empty", "The log holds no entry yet, so it has no time.");
}

}  // namespace comity::log
