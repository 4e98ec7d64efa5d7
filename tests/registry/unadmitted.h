#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "filing/envelope.h"
#include "log/committer.h"

#include "tests/filing/samples.h"

namespace comity::samples {

/// What a dishonest registrar appends past its own rules: tree, segments and checkpoint are in
/// order, and signed. Gives the index. REQUIRES: nobody has the log open.
inline std::uint64_t append_unadmitted(Files& files, ByteView entry, ByteView manifest = {},
                                       std::span<const rules::Part> parts = {}) {
  const auto signer = key(8);
  auto log = log::Committer::open(files, {std::string(kOrigin), &signer}).value();
  const std::uint64_t index = crypto::count(log.head().size);
  const log::EntryContent content{.entry = entry,
                                  .leaf = crypto::leaf_hash(entry),
                                  .manifest = manifest,
                                  .public_parts = parts,
                                  .hidden_parts = {}};
  EXPECT_TRUE(log.commit_unadmitted(std::span(&content, 1)));
  return index;
}

enum class Signature { whole, broken };

/// The same of a filing whose items are all public.
inline std::uint64_t append_unadmitted_filing(Files& files, ByteView filing,
                                              Signature signature = Signature::whole) {
  const auto envelope = filing::parse_envelope(filing).value();
  Bytes entry = envelope.entry();
  if (signature == Signature::broken) entry.back() ^= std::byte{1};
  std::vector<rules::Part> parts;
  for (const auto& part : envelope.parts)
    parts.push_back({.ordinal = static_cast<std::uint32_t>(parts.size()),
                     .salt = part.salt,
                     .content = part.content});
  return append_unadmitted(files, entry, envelope.manifest, parts);
}

}  // namespace comity::samples
