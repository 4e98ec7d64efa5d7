#pragma once

#include <string>
#include <string_view>
#include <vector>

/// Texts as the full-text index has them. Case and accents are its own matter; what stands here is
/// what it can't know: scripts that are written without spaces, and the many ways to write a name.
namespace comity::record {

/// The words of a text, without what parts them: white space, punctuation, symbols, bytes that are
/// no UTF-8. A run of characters that are written without spaces (Chinese, Japanese) is one word,
/// with a space between its characters, to be sought as a phrase.
[[nodiscard]] std::vector<std::string> words_of(std::string_view text);

/// The parts of a word that its own writing tells: "NotPetya", "APT28".
[[nodiscard]] std::vector<std::string_view> parts_of(std::string_view word);

/// The text with characters that are written without spaces set apart, each a word of its own.
[[nodiscard]] std::string set_apart(std::string_view text);

/// A name as it can be sought: itself, the parts of its words ("NotPetya": not, petya; "APT28":
/// apt, 28), neighbours joined ("Fancy Bear": fancybear), and the whole joined. Of a name longer
/// than any sensible one only the beginning has forms.
[[nodiscard]] std::string name_forms(std::string_view name);

/// Words that are parted by spaces, each behind a mark (U+E000, which no text of the world's
/// languages has). The words of names stand in the index a second time so: what stands in names is
/// then found without walking the list of each word's every occurrence.
[[nodiscard]] std::string marked_as_name(std::string_view words);

}  // namespace comity::record
