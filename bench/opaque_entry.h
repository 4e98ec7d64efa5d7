#pragma once

#include "log/committer.h"

#include "tests/log/sample_log.h"

/// Entries that mean nothing, for what is asked of the storage alone.
namespace comity::bench {

/// The view of an entry of these bytes, with its leaf hash and nothing in the segments.
inline log::EntryContent opaque(ByteView entry) {
  return {.entry = entry,
          .leaf = crypto::leaf_hash(entry),
          .manifest = {},
          .public_parts = {},
          .hidden_parts = {}};
}

inline log::LogSigner sample_signer() {
  static const crypto::SecretKey key = log::sample::key();
  return {.origin = std::string(log::sample::kOrigin), .key = &key};
}

}  // namespace comity::bench
