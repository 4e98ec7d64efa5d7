#pragma once

#include <array>
#include <functional>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/error.h"
#include "crypto/secret_key.h"
#include "filing/manifest.h"
#include "filing/statement.h"

namespace comity::filing {

using Salt = std::array<std::byte, kSaltBytes>;

/// Fills a salt: from the system's random source in use, from a seed in golden files.
using MakeSalt = std::function<Salt()>;
[[nodiscard]] Salt random_salt();

/// One object of a filing to be.
struct DraftItem {
  enum class Audience {
    everyone,  ///< public
    readers,   ///< hidden, for `readers` (none named = every admitted party)
    nobody,    ///< hidden and kept back: only its digest is filed
  };
  Bytes object;
  Audience audience = Audience::everyone;
  std::vector<std::string> readers;
};

/// A signed filing, and for sealed items the salts and contents that the filer must keep to
/// disclose them (one element per item; empty salt and content where not sealed).
struct SignedFiling {
  struct Kept {
    Bytes salt;
    Bytes content;
  };
  Bytes filing;
  std::vector<Kept> kept;
};

/// Reads the objects' heads, salts and digests them, and signs. An object that may not be public is
/// refused here already, as `check` would.
[[nodiscard]] Result<SignedFiling> sign_filing(const std::vector<DraftItem>& items,
                                               const Claims& claims, const crypto::SecretKey& key,
                                               const MakeSalt& make_salt = random_salt);

}  // namespace comity::filing
