#pragma once

#include <memory>
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

/// The registry, the party and the key as a command line names them. Without a key the registry's
/// own registrar; without a party whoever the key is registered for.
struct FilerChoice {
  const std::string& directory;
  const std::string& party;
  const std::string& key;
};

/// A registry open for writing, and who files there.
struct FilerAt {
  std::unique_ptr<OpenRegistry> registry;
  std::string party;
  std::optional<crypto::SecretKey> loaded;  ///< else the registrar's, of the registry

  /// Lives as long as this.
  [[nodiscard]] Filer filer() const {
    return {party, loaded ? &*loaded : &registry->registrar_key()};
  }
};

/// Opens it. Refuses as open_registry and load_key; `key-unknown` where the key is nobody's.
[[nodiscard]] Result<FilerAt> open_for_filing(const FilerChoice& choice, Context& context);

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
/// A control statement signed by the registrar, to be submitted.
[[nodiscard]] Result<log::ControlRequest> sign_control(
    OpenRegistry& registry, const filing::Control& control,
    std::optional<rules::Disclosure> disclosure = std::nullopt);
/// The same, submitted.
[[nodiscard]] Result<log::Registered> submit_control(
    OpenRegistry& registry, const filing::Control& control,
    std::optional<rules::Disclosure> disclosure = std::nullopt);

/// Writes <prefix>.receipt, .tlog-proof and .statement, replacing what is there. The COSE receipt
/// is left out where it is empty.
Result<void> write_receipt_files(const std::string& prefix, const log::Receipt& receipt,
                                 ByteView statement);

}  // namespace comity::cli
