#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/error.h"

namespace comity::intake {

/// What stands where the name of an individual stood.
inline constexpr std::string_view kWithheld = "[name withheld]";

/// A cell that may name somebody, without the names of individuals.
struct MaskedName {
  /// What may be carried: the cell itself, or kWithheld with the bodies and offices that were
  /// beside the name; after the bodies that are its aliases, "APT1/[name withheld]".
  std::string text = {};
  /// The name that was taken out; empty where none was.
  std::string withheld = {};
  /// For certain a person: an office or "aka" stands beside the name. Otherwise it is only not
  /// known to be a body.
  bool person = false;
};

/// Tells bodies (organizations, groups, clusters) from individuals, by data/bodies.json. What is
/// not known to be a body is taken for an individual.
class Bodies {
 public:
  /// The table that is compiled in.
  [[nodiscard]] static const Bodies& known();

  /// A cell such as "Agency of X", "Cluster/APT1 (Unit 1)", "Jane Doe (Minister, X)",
  /// "Jane Doe --> Cluster".
  [[nodiscard]] MaskedName masked(std::string_view cell) const;
  /// Whether a plain name is a body's: one of its aliases parted by "/" is, and no other may be a
  /// person's. Beside a body's name one that is a single word in ASCII is taken for an alias of it.
  [[nodiscard]] bool is_body(std::string_view name) const;
  /// Whether it is a cluster's designation by those who track it: APT28, UNC2452, G0007.
  [[nodiscard]] bool is_designation(std::string_view name) const;

 private:
  static Result<Bodies> read(ByteView json);
  struct Aliases {
    std::vector<std::string_view> carried = {};
    std::vector<std::string_view> withheld = {};
  };
  [[nodiscard]] bool is_one_body(std::string_view name) const;
  [[nodiscard]] Aliases aliases(std::string_view name) const;
  void mask_head(std::string_view head, MaskedName& name) const;
  [[nodiscard]] std::string bracket(std::string_view content, bool body, MaskedName& name) const;

  using Names = std::set<std::string, std::less<>>;
  Names words_;
  Names pairs_;
  Names offices_;
  Names designations_;
  Names metals_;
  Names names_;
};

}  // namespace comity::intake
