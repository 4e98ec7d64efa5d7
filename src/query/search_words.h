#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace comity::query {

/// A word that is sought. All that FTS5 would take for its own language is gone from it.
struct SoughtWord {
  std::string text;     ///< characters that are written without spaces stand apart
  bool begins = false;  ///< words that begin so are meant too: "ransom*"
};

/// Where words are sought: wherever they stand, or among names alone.
enum class WordPlace : std::uint8_t { anywhere, in_names };

/// The words of what a person typed.
[[nodiscard]] std::vector<SoughtWord> sought_words(std::string_view typed);

/// What an FTS5 table is asked for: each word in any of its forms (`forms[i]` those of the i-th; a
/// form of several words is a phrase), or as if neighbours were one word ("not petya": notpetya),
/// or one of `phrases`.
[[nodiscard]] std::string match_expression(const std::vector<std::vector<std::string>>& forms,
                                           const std::vector<std::string>& phrases,
                                           WordPlace place = WordPlace::anywhere);

/// The forms of a word without looking for longer ones: itself, and its parts as a phrase
/// ("APT28": apt 28).
[[nodiscard]] std::vector<std::string> forms_of(const SoughtWord& word);

/// A name as a phrase; empty where it has no word.
[[nodiscard]] std::string phrase_of(std::string_view name);

}  // namespace comity::query
