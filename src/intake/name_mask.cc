#include "intake/name_mask.h"

#include <algorithm>

#include "intake/cell_text.h"

namespace comity::intake {
namespace {

/// Shorter pseudonyms would blank out ordinary words.
constexpr std::size_t kShortest = 4;
/// How many names with one first word are looked at, so that a hostile file costs no more.
constexpr std::size_t kTried = 256;

/// Whether a name before this text is a whole: it ends with a sign, or no letter follows.
bool ends_before(std::string_view name, std::string_view rest) {
  return words(name.substr(name.size() - 1)).empty() || words(rest.substr(0, 1)).empty();
}

/// The longest name of the set that stands at the start of the text as whole words; 0 where there
/// is none. With `runs_on`, one of two words counts though a space is missing behind it.
std::size_t longest(const std::set<std::string, std::less<>>& names, std::string_view text,
                    std::string_view first_word, bool runs_on) {
  std::size_t found = 0;
  std::size_t tried = 0;
  for (auto at = names.lower_bound(first_word);
       at != names.end() && at->starts_with(first_word) && tried < kTried; ++at, ++tried) {
    if (at->size() <= found || !text.starts_with(*at)) continue;
    if (ends_before(*at, text.substr(at->size())) || (runs_on && words(*at).size() > 1))
      found = at->size();
  }
  return found;
}

/// The names in "A/B, aka C".
std::vector<std::string_view> names_in(std::string_view withheld) {
  static constexpr std::string_view kAlias = " aka ";
  std::vector<std::string_view> all;
  for (std::string_view alias : split(withheld, '/')) {
    for (auto end = alias.find(kAlias); end != alias.npos; end = alias.find(kAlias)) {
      const std::string_view before = alias.substr(0, end);
      all.push_back(stripped(before.ends_with(',') ? before.substr(0, end - 1) : before));
      alias = stripped(alias.substr(end + kAlias.size()));
    }
    all.push_back(alias);
  }
  return all;
}

}  // namespace

void NameMask::add(std::string_view record, const MaskedName& name) {
  for (const std::string_view alias : names_in(name.withheld)) {
    const auto parts = words(alias);
    if (alias.size() < kShortest || parts.empty() || alias.data() != parts.front().data()) continue;
    if (name.person && parts.size() > 1)
      everywhere_.emplace(alias);
    else
      in_record_[std::string(record)].emplace(alias);
  }
}

std::string NameMask::masked(std::string_view record, std::string_view text) const {
  static const Names none;
  const auto found = in_record_.find(record);
  const Names& own = found == in_record_.end() ? none : found->second;
  if (own.empty() && everywhere_.empty()) return std::string(text);
  std::string result;
  std::size_t copied = 0;
  for (const std::string_view word : words(text)) {
    const auto at = static_cast<std::size_t>(word.data() - text.data());
    if (at < copied) continue;
    const std::string_view rest = text.substr(at);
    const std::size_t size =
        std::max(longest(own, rest, word, true), longest(everywhere_, rest, word, false));
    if (size == 0) continue;
    result += text.substr(copied, at - copied);
    result += kWithheld;
    copied = at + size;
  }
  result += text.substr(copied);
  return result;
}

}  // namespace comity::intake
