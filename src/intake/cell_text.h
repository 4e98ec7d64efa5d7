#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace comity::intake {

/// Texts in the order in which they came, each once. Adding n of them takes time of the order of
/// n log n, however hostile they are.
class TextsOnce {
 public:
  /// Empty ones are left out. Whether it is new.
  bool add(std::string_view text) {
    if (text.empty() || !seen_.emplace(text).second) return false;
    list_.emplace_back(text);
    return true;
  }
  [[nodiscard]] const std::vector<std::string>& list() const { return list_; }

 private:
  std::vector<std::string> list_;
  std::set<std::string, std::less<>> seen_;
};

/// The text without the white space around it, that of Unicode too (U+00A0 and others), which
/// spreadsheets are full of. A view into the text.
[[nodiscard]] std::string_view stripped(std::string_view text);

/// The parts between the separators, each stripped; empty ones too. One empty part for "".
[[nodiscard]] std::vector<std::string_view> split(std::string_view text, char separator);

/// Lower case of A to Z; other characters as they are.
[[nodiscard]] std::string lower(std::string_view text);

/// The words of a text: runs of letters and digits, in which characters beyond ASCII count as
/// letters. Views into the text.
[[nodiscard]] std::vector<std::string_view> words(std::string_view text);

/// The strings of a Python list literal, lists inside lists flattened, None left out; nothing where
/// the text is no such literal. Numbers and True or False are taken as they are written. Linear
/// time; lists nest at most 16 deep.
[[nodiscard]] std::optional<std::vector<std::string>> python_list(std::string_view text);

}  // namespace comity::intake
