#include "query/word_texts.h"

namespace comity::query {

Result<std::string> WordTexts::of(std::int64_t word, std::string_view none) {
  if (word == 0) return std::string(none);
  if (const auto found = texts_.find(word); found != texts_.end()) return found->second;
  COMITY_TRY(auto text, facts_->text(word));
  return texts_.emplace(word, std::move(text)).first->second;
}

}  // namespace comity::query
