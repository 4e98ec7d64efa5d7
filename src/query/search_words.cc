#include "query/search_words.h"

#include <algorithm>

#include "record/text_forms.h"

namespace comity::query {
namespace {

/// Above so many words no neighbours are joined: nobody parts that many.
constexpr std::size_t kJoined = 6;

void add(std::string& expression, std::string_view by, const std::string& more) {
  if (!expression.empty()) expression += by;
  expression += more;
}

/// Writes the parts of an expression in FTS5's language.
class Expression {
 public:
  explicit Expression(WordPlace place) : place_(place) {}

  [[nodiscard]] std::string quoted(const std::string& form) const {
    const bool in_names = place_ == WordPlace::in_names;
    return "\"" + (in_names ? record::marked_as_name(form) : form) + "\"";
  }

  /// All words, those at `joined` and behind it as one; with `joined` their number, each for
  /// itself.
  [[nodiscard]] std::string all_of(const std::vector<std::vector<std::string>>& forms,
                                   std::size_t joined) const {
    std::string all;
    for (std::size_t i = 0; i < forms.size(); ++i) {
      if (i == joined) {
        add(all, " AND ", quoted(forms[i].front() + forms[i + 1].front()));
        ++i;
      } else {
        add(all, " AND ", any_of(forms[i]));
      }
    }
    return "(" + all + ")";
  }

 private:
  [[nodiscard]] std::string any_of(const std::vector<std::string>& forms) const {
    std::string any = "(";
    for (const std::string& form : forms) any += (any.size() > 1 ? " OR " : "") + quoted(form);
    return any + ")";
  }

  WordPlace place_;
};

}  // namespace

std::vector<SoughtWord> sought_words(std::string_view typed) {
  std::vector<SoughtWord> words;
  while (!typed.empty()) {
    const std::size_t space = typed.find_first_of(" \t\r\n");
    const std::string_view piece = typed.substr(0, space);
    typed.remove_prefix(space == std::string_view::npos ? typed.size() : space + 1);
    for (std::string& word : record::words_of(piece)) words.push_back({std::move(word), false});
    if (piece.size() > 1 && piece.ends_with('*') && !words.empty()) words.back().begins = true;
  }
  return words;
}

std::string match_expression(const std::vector<std::vector<std::string>>& forms,
                             const std::vector<std::string>& phrases, WordPlace place) {
  const Expression expression(place);
  std::string any;
  const bool has_all =
      std::ranges::none_of(forms, [](const auto& of_word) { return of_word.empty(); });
  if (has_all && !forms.empty()) {
    any = expression.all_of(forms, forms.size());
    for (std::size_t i = 0; i + 1 < forms.size() && forms.size() <= kJoined; ++i)
      add(any, " OR ", expression.all_of(forms, i));
  }
  for (const std::string& phrase : phrases)
    if (!phrase.empty()) add(any, " OR ", expression.quoted(phrase));
  return any;
}

std::vector<std::string> forms_of(const SoughtWord& word) {
  std::vector<std::string> forms{word.text};
  std::string parts;
  for (const std::string_view part : record::parts_of(word.text))
    (parts += parts.empty() ? "" : " ") += part;
  if (parts != word.text && !word.text.contains(' ')) forms.push_back(parts);
  return forms;
}

std::string phrase_of(std::string_view name) {
  std::string phrase;
  for (const std::string& word : record::words_of(name))
    (phrase += phrase.empty() ? "" : " ") += word;
  return phrase;
}

}  // namespace comity::query
