#pragma once

#include <cstddef>
#include <cstdint>

/// Every size that input may have. All of them are part of the rules of admission (version 1), so
/// changing one needs a new version of the rules: see `docs/formats/filing.md`.
namespace comity::limits {

/// A signed statement, the leaf of the log; C2SP tlog-tiles would allow 65,535.
inline constexpr std::size_t kStatementBytes = 8192;
/// A whole filing: statement, manifest, salts and objects.
inline constexpr std::size_t kFilingBytes = std::size_t{32} << 20;
/// The items of one manifest.
inline constexpr std::size_t kItems = 65536;
/// One STIX object.
inline constexpr std::size_t kObjectBytes = std::size_t{4} << 20;
/// Nesting of arrays and maps, in CBOR and in JSON.
inline constexpr int kDepth = 64;
/// A STIX identifier, an origin, a key name.
inline constexpr std::size_t kNameBytes = 256;
/// Registries that one statement may be addressed to.
inline constexpr std::size_t kAudiences = 16;
/// Parties that one hidden object may name as its readers.
inline constexpr std::size_t kReaders = 1024;
/// A signed note, with up to kNoteSignatures signatures.
inline constexpr std::size_t kNoteBytes = std::size_t{64} * 1024;
inline constexpr std::size_t kNoteSignatures = 64;
/// Seconds by which a statement's `iat` may be ahead of the log's time.
inline constexpr std::int64_t kSecondsAhead = 300;

}  // namespace comity::limits
