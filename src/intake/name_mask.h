#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "intake/bodies.h"

namespace comity::intake {

/// Takes names of individuals out of running text: those that a data set's own columns name.
class NameMask {
 public:
  /// Names found for the text of that record: the name withheld there is masked in it. One that is
  /// certainly a person's is masked in the texts of all records, if it has two words at least.
  void add(std::string_view record, const MaskedName& name);

  /// The text with each such name, where it stands as whole words, replaced by kWithheld; one of
  /// several words in the text of its own record also where a space is missing behind it, as in
  /// "Dark Roehacks a ministry". Linear in the text for a bounded number of names with one first
  /// word.
  [[nodiscard]] std::string masked(std::string_view record, std::string_view text) const;

 private:
  using Names = std::set<std::string, std::less<>>;
  Names everywhere_;
  std::map<std::string, Names, std::less<>> in_record_;
};

}  // namespace comity::intake
