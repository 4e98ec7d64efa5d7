#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <variant>

#include "base/bytes.h"
#include "base/error.h"
#include "base/time.h"
#include "filing/check.h"
#include "filing/statement.h"

namespace comity::filing {

/// An item of an earlier filing: the index of its entry, its place in the manifest from 0.
struct ItemPlace {
  std::uint64_t entry = 0;
  std::uint64_t ordinal = 0;

  auto operator<=>(const ItemPlace&) const = default;
};

struct RecordTag;
/// The digest of the record of the first n entries: `docs/formats/record-digest.md`.
using RecordDigest = Digest<RecordTag>;

// The bodies of control statements: `docs/formats/control.md`.
struct Tick {
  UnixSeconds time{};

  bool operator==(const Tick&) const = default;
};
struct Disclose {
  ItemPlace item;
  // Those of the object inside the item, as a manifest has them of a public one.
  std::string id{};
  UnixMicros version{};
  bool revoked = false;

  bool operator==(const Disclose&) const = default;
};
struct Erase {
  ItemPlace item;
  std::string ground;
  std::string authority;

  bool operator==(const Erase&) const = default;
};
struct Hold {
  ItemPlace item;
  bool on = false;
  std::string ground;
  std::string authority;

  bool operator==(const Hold&) const = default;
};
struct ActivateRules {
  std::uint64_t version = 0;

  bool operator==(const ActivateRules&) const = default;
};
struct FileDigest {
  std::uint64_t size = 0;
  RecordDigest digest;

  bool operator==(const FileDigest&) const = default;
};
using Control = std::variant<Tick, Disclose, Erase, Hold, ActivateRules, FileDigest>;

/// Refuses `control-malformed`.
[[nodiscard]] Result<Control> parse_control(ByteView payload);
/// The inverse. REQUIRES: the texts are UTF-8. What comes from a person is read back with
/// `parse_control`, which bounds it.
[[nodiscard]] Bytes write_control(const Control& control);

/// A control statement whose form and signature are proved; whether its signer is the registrar and
/// the rules allow it is for admission. Only `check_control` makes one.
class CheckedControl {
 public:
  CheckedControl(CheckedControl&&) = default;
  CheckedControl& operator=(CheckedControl&&) = default;
  CheckedControl(const CheckedControl&) = delete;
  CheckedControl& operator=(const CheckedControl&) = delete;
  ~CheckedControl() = default;

  [[nodiscard]] ByteView entry() const { return statement_.bytes(); }
  [[nodiscard]] const crypto::LeafHash& leaf() const { return statement_.leaf(); }
  [[nodiscard]] const Statement& statement() const { return *statement_; }
  [[nodiscard]] const Control& control() const { return control_; }

 private:
  friend Result<CheckedControl> check_control(OwnedStatement statement, const FindKey& find_key);
  CheckedControl() = default;

  OwnedStatement statement_;
  Control control_;
};

/// Pure, any thread. Refuses as `parse_statement`, `parse_control` and `verify_statement`, and
/// `statement-not-control` for a filing's statement.
[[nodiscard]] Result<CheckedControl> check_control(OwnedStatement statement,
                                                   const FindKey& find_key);
[[nodiscard]] Result<CheckedControl> check_control(Bytes statement, const FindKey& find_key);

}  // namespace comity::filing
