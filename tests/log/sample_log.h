#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "crypto/secret_key.h"
#include "log/committer.h"

/// A log whose every byte follows from the index of the entry.
namespace comity::log::sample {

inline constexpr std::string_view kOrigin = "example.org/sample";

/// Not a secret: the seed is 32 times the byte 7.
inline crypto::SecretKey key() {
  return crypto::SecretKey::from(crypto::Algorithm::ed25519,
                                 crypto::Secret(Bytes(32, std::byte{7})))
      .value();
}

inline LogSigner signer() {
  static const crypto::SecretKey kept = key();
  return {.origin = std::string(kOrigin), .key = &kept};
}

/// `size` bytes that differ for each index and name.
inline Bytes text(std::string_view name, std::uint64_t index, std::size_t size) {
  Bytes bytes = to_bytes(std::string(name) + ' ' + std::to_string(index) + ' ');
  while (bytes.size() < size) bytes.push_back(static_cast<std::byte>('a' + bytes.size() % 26));
  bytes.resize(size);
  return bytes;
}

inline Bytes entry(std::uint64_t index) { return text("entry", index, 24 + index % 40); }
inline bool has_manifest(std::uint64_t index) { return index % 3 != 2; }
inline bool has_hidden(std::uint64_t index) { return index % 5 == 0; }
inline Bytes manifest(std::uint64_t index) { return text("manifest", index, 30 + index % 7); }

/// An entry with its manifest and parts, and the bytes that they view. Moves.
class Content {
 public:
  explicit Content(std::uint64_t index) : entry_(entry(index)) {
    bytes_.reserve(8);
    if (has_manifest(index)) {
      manifest_ = sample::manifest(index);
      for (std::uint32_t i = 0; i < index % 3; ++i) public_.push_back(part(index, i * 2));
    }
    if (has_hidden(index)) hidden_.push_back(part(index, 1));
  }
  Content(Content&&) = default;
  Content& operator=(Content&&) = default;

  [[nodiscard]] EntryContent view() const {
    return {.entry = entry_,
            .leaf = crypto::leaf_hash(entry_),
            .manifest = manifest_,
            .public_parts = public_,
            .hidden_parts = hidden_};
  }

 private:
  rules::Part part(std::uint64_t index, std::uint32_t ordinal) {
    bytes_.push_back(text("salt", index * 10 + ordinal, 16));
    bytes_.push_back(text("content", index * 10 + ordinal, 20 + index % 50));
    return {.ordinal = ordinal, .salt = bytes_[bytes_.size() - 2], .content = bytes_.back()};
  }

  Bytes entry_;
  Bytes manifest_;
  std::vector<Bytes> bytes_;
  std::vector<rules::Part> public_;
  std::vector<rules::Part> hidden_;
};

/// The contents [first, first + count).
class Batch {
 public:
  Batch(std::uint64_t first, std::uint64_t count) {
    for (std::uint64_t i = first; i < first + count; ++i) contents_.emplace_back(i);
    for (const Content& content : contents_) views_.push_back(content.view());
  }

  [[nodiscard]] std::span<const EntryContent> view() const { return views_; }

 private:
  std::vector<Content> contents_;
  std::vector<EntryContent> views_;
};

}  // namespace comity::log::sample
