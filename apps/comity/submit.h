#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "filing/control.h"
#include "filing/draft.h"
#include "log/registry.h"

#include "remote_registry.h"
#include "written_registry.h"

namespace comity::cli {

/// Who signs.
struct Filer {
  std::string party;
  const crypto::SecretKey* key = nullptr;
};

/// Where filings go: a registry that is open for writing here, or one that a server has open.
struct Destination {
  Trust trust;
  WrittenRegistry registry;  ///< nothing where there is a server
  std::optional<RemoteRegistry> server;
};

/// Opens the registry in the directory or, where `to` is the URL of a server, nothing but its
/// trust.json, by which the server is believed. `to` is nullptr for a verb that can't send to one.
/// Refuses as open_registry; one that is locked says so of `to`.
[[nodiscard]] Result<Destination> open_destination(const std::string& directory,
                                                   const std::string* to, Context& context);

/// The registry, the party and the key as a command line names them, and `to` as in
/// open_destination. Without a key the registrar, whose key lies in the directory; without a party
/// whoever the key is registered for.
struct FilerChoice {
  const std::string& directory;
  const std::string& party;
  const std::string& key;
  const std::string* to = nullptr;
};

/// Where filings go, and who files there.
struct FilerAt : Destination {
  std::string party;
  std::optional<crypto::SecretKey> loaded;  ///< else the registrar's, of the registry

  /// Lives as long as this.
  [[nodiscard]] Filer filer() const {
    return {party, loaded ? &*loaded : &registry->registrar_key()};
  }
};

/// Opens it. Refuses as open_destination and load_key; `key-unknown` where the key is nobody's,
/// `party-missing` where a server would have to be asked whose it is.
[[nodiscard]] Result<FilerAt> open_for_filing(const FilerChoice& choice, Context& context);

/// A public object to be filed.
[[nodiscard]] filing::DraftItem public_item(Bytes object);

/// Signs the items as of now. `about` is the statement's subject; "" = the object where there is
/// one public object, else the party.
[[nodiscard]] Result<filing::SignedFiling> sign_items(const std::string& origin, const Filer& filer,
                                                      const std::vector<filing::DraftItem>& items,
                                                      std::string about, UnixMicros now);

/// Signs, files and waits for the commit.
[[nodiscard]] Result<log::Registered> submit_items(FilerAt& at,
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
/// The same wherever the registrar files. REQUIRES: no disclosure where that is a server.
[[nodiscard]] Result<log::Registered> submit_control(
    FilerAt& registrar, const filing::Control& control,
    std::optional<rules::Disclosure> disclosure = std::nullopt);

/// Writes <prefix>.receipt, .tlog-proof and .statement, replacing what is there. The COSE receipt
/// is left out where it is empty.
Result<void> write_receipt_files(const std::string& prefix, const log::Receipt& receipt,
                                 ByteView statement);

}  // namespace comity::cli
