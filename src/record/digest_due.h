#pragma once

#include <cstdint>

#include "base/error.h"
#include "base/time.h"
#include "log/log_reader.h"

/// When the registrar files the digest of the record (`docs/formats/record-digest.md`).
namespace comity::record {

/// After so many entries, or so many seconds of the log's time, whichever comes first.
struct DigestPace {
  std::uint64_t entries = 1000;
  std::int64_t seconds = 86'400;
};

/// What has come into a log since a digest was filed.
struct SinceDigest {
  std::uint64_t entries = 0;  ///< that the digest does not cover, but for ticks and digests
  UnixSeconds filed{};        ///< the log's time then; of the founding where none was filed
  UnixSeconds now{};          ///< the log's time
};

/// Whether one is due: never where nothing has come but ticks and digests, so that a log at rest
/// stays as it is.
[[nodiscard]] bool is_digest_due(const SinceDigest& since, const DigestPace& pace = {});

/// Reads the log backwards, as far as the pace needs; counts no further than `pace.entries`.
/// Refuses as LogReader, and `log-empty`.
[[nodiscard]] Result<SinceDigest> since_digest(const log::LogReader& log,
                                               const DigestPace& pace = {});

}  // namespace comity::record
