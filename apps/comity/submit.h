#pragma once

#include <optional>
#include <string>
#include <vector>

#include "filing/control.h"
#include "filing/draft.h"
#include "log/registry.h"

#include "registry_directory.h"

namespace comity::cli {

/// Who signs.
struct Filer {
  std::string party;
  const crypto::SecretKey* key = nullptr;
};

/// A key that the command line named, and its party.
struct OwnFiler {
  std::string party;
  std::optional<crypto::SecretKey> loaded;  ///< else the registrar's, of the open registry

  /// Lives as long as this and the registry.
  [[nodiscard]] Filer filer(const OpenRegistry& registry) const {
    return {party, loaded ? &*loaded : &registry.registrar_key()};
  }
};

/// The party that a command line names by --party and --key. Without --key the registry's own
/// registrar; without --party whoever the key is registered for. Refuses `key-unknown` where that
/// is nobody.
[[nodiscard]] Result<OwnFiler> find_filer(const OpenRegistry& registry, const std::string& party,
                                          const std::string& key_path, Context& context);

/// A public object to be filed.
[[nodiscard]] filing::DraftItem public_item(Bytes object);

/// Signs the items as of now. `about` is the statement's subject; "" = the object where there is
/// one public object, else the party.
[[nodiscard]] Result<filing::SignedFiling> sign_items(const std::string& origin, const Filer& filer,
                                                      const std::vector<filing::DraftItem>& items,
                                                      std::string about, UnixMicros now);

/// Checks a filing and has the sequencer admit and commit it.
[[nodiscard]] Result<log::Registered> submit(OpenRegistry& registry, Bytes filing);
/// Signs and submits.
[[nodiscard]] Result<log::Registered> submit_items(OpenRegistry& registry, const Filer& filer,
                                                   const std::vector<filing::DraftItem>& items,
                                                   const std::string& about = {});
/// Signs a control statement as the registrar, and submits it.
[[nodiscard]] Result<log::Registered> submit_control(
    OpenRegistry& registry, const filing::Control& control,
    std::optional<rules::Disclosure> disclosure = std::nullopt);

/// Writes <prefix>.receipt, .tlog-proof and .statement, replacing what is there. The COSE receipt
/// is left out where it is empty.
Result<void> write_receipt_files(const std::string& prefix, const log::Receipt& receipt,
                                 ByteView statement);

}  // namespace comity::cli
