#include "intake/name_mask.h"

#include <algorithm>

#include "intake/cell_text.h"

namespace comity::intake {
namespace {

/// Shorter pseudonyms would blank out ordinary words.
constexpr std::size_t kShortest = 4;
/// How many names with one first word are looked at, so that a hostile file costs no more.
constexpr std::size_t kTried = 256;

/// The longest name of the set that stands at the start of the text and ends with a word; 0 where
/// there is none.
std::size_t longest(const std::set<std::string, std::less<>>& names, std::string_view text,
                    std::string_view first_word) {
  std::size_t found = 0;
  std::size_t tried = 0;
  for (auto at = names.lower_bound(first_word);
       at != names.end() && at->starts_with(first_word) && tried < kTried; ++at, ++tried) {
    const bool ends = words(text.substr(std::min(at->size(), text.size()), 1)).empty();
    if (at->size() > found && text.starts_with(*at) && ends) found = at->size();
  }
  return found;
}

}  // namespace

void NameMask::add(std::string_view record, const MaskedName& name) {
  std::vector<std::string_view> aliases = split(name.withheld, '/');
  for (const std::string_view alias : aliases) {
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
    const std::size_t size = std::max(longest(own, rest, word), longest(everywhere_, rest, word));
    if (size == 0) continue;
    result += text.substr(copied, at - copied);
    result += kWithheld;
    copied = at + size;
  }
  result += text.substr(copied);
  return result;
}

}  // namespace comity::intake
