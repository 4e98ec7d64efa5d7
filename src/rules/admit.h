#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <variant>
#include <vector>

#include "base/error.h"
#include "codec/json.h"
#include "filing/check.h"
#include "filing/control.h"
#include "rules/state.h"

namespace comity::rules {

/// A salt and its content, to be written to a segment under an ordinal of the manifest.
struct Part {
  std::uint32_t ordinal = 0;
  ByteView salt;
  ByteView content;
};

/// An entry that the rules let into the log at `index`: the only thing that the log appends. Made
/// by `admit` and `admit_control` alone. Owns what its views point into.
class AdmittedEntry {
 public:
  AdmittedEntry(AdmittedEntry&&) = default;
  AdmittedEntry& operator=(AdmittedEntry&&) = default;
  AdmittedEntry(const AdmittedEntry&) = delete;
  AdmittedEntry& operator=(const AdmittedEntry&) = delete;
  ~AdmittedEntry() = default;

  [[nodiscard]] std::uint64_t index() const { return index_; }
  /// The filing, or null for a control statement; and the other way round.
  [[nodiscard]] const filing::CheckedFiling* filing() const {
    return std::get_if<filing::CheckedFiling>(&checked_);
  }
  [[nodiscard]] const filing::CheckedControl* control() const {
    return std::get_if<filing::CheckedControl>(&checked_);
  }
  /// The leaf.
  [[nodiscard]] ByteView entry() const;
  [[nodiscard]] const crypto::LeafHash& leaf() const;
  [[nodiscard]] ByteView manifest() const;  ///< empty for a control
  [[nodiscard]] const std::vector<Part>& public_parts() const { return public_parts_; }
  [[nodiscard]] const std::vector<Part>& hidden_parts() const { return hidden_parts_; }
  /// Set for an erasure: whose bytes the store must overwrite after the commit.
  [[nodiscard]] const std::optional<filing::ItemPlace>& erased() const { return erased_; }
  [[nodiscard]] const Changes& changes() const { return changes_; }

 private:
  friend class Admission;
  using Checked = std::variant<filing::CheckedFiling, filing::CheckedControl>;
  explicit AdmittedEntry(Checked checked) : checked_(std::move(checked)) {}

  std::uint64_t index_ = 0;
  Checked checked_;
  std::vector<Part> public_parts_;
  std::vector<Part> hidden_parts_;
  Bytes disclosed_salt_;
  Bytes disclosed_content_;
  std::optional<filing::ItemPlace> erased_;
  Changes changes_;
};

/// The same statement stands in the log already.
struct AlreadyFiled {
  std::uint64_t index = 0;
};
using Admitted = std::variant<AdmittedEntry, AlreadyFiled>;

/// Decides whether a checked filing becomes the next entry of the log that `state` describes.
/// Deterministic: the same filing on the same state is decided alike, live and in replay. The
/// reader is scratch. `docs/formats/charter.md`; codes in `docs/reference/refusals.md`.
///
/// The first that applies, in this order:
///  1. on an empty log, the founding: `founding-malformed`, `wrong-origin`, `key-proof-invalid`;
///  2. the address: `wrong-origin`;
///  3. the same statement: AlreadyFiled, or `statement-resigned` under another signature;
///  4. entry 1 is a tick: `tick-expected`;
///  5. the key: `key-unknown`, `key-not-issuers`, `party-unknown` and `key-inactive` (announced,
///  not
///     yet admitted), `key-revoked`;
///  6. the party: `party-unknown`, `party-suspended`;
///  7. its clock: `statement-from-future`;
///  8. each public item in order: `version-taken`, `object-revoked`;
///  9. each public charter, key and admission in order, later ones seeing what earlier ones did:
///  see
///     governance.h;
/// 10. `registrar-last-key`.
[[nodiscard]] Result<Admitted> admit(filing::CheckedFiling filing, const State& state,
                                     codec::JsonReader& reader);

/// What a control statement may need to see of an earlier filing's item.
struct StoredItem {
  std::string party;  ///< who filed it
  filing::ContentDigest digest;
  bool hidden = false;
  Bytes salt;  ///< empty where sealed, erased or not kept here
  Bytes content;
};
/// Reads an item from the log or from the batch before this entry, or refuses `item-unknown`.
using FindItem = std::function<Result<StoredItem>(const filing::ItemPlace&)>;

/// A disclosure may hand in the salt and content of a sealed item; without one what is stored is
/// disclosed.
struct Disclosure {
  Bytes salt;
  Bytes content;
  /// In replay only: a later entry has erased what was disclosed here, which the caller must
  /// account for. What the control says of it is taken on trust.
  bool erased_since = false;
};

/// The same for a control statement, in this order: on an empty log `founding-malformed`;
/// `wrong-origin`; AlreadyFiled or `statement-resigned`; `tick-expected`;
/// `control-not-registrars`; the key as above; `custody-limited`; then what control_effect.h says
/// of each kind; `statement-from-future` (a tick's own time counts).
[[nodiscard]] Result<Admitted> admit_control(filing::CheckedControl control, const State& state,
                                             const FindItem& find_item, codec::JsonReader& reader,
                                             std::optional<Disclosure> disclosure = std::nullopt);

/// The time that entry 0 starts the log with.
[[nodiscard]] UnixSeconds founding_time(const filing::CheckedFiling& founding);

}  // namespace comity::rules
