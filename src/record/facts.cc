#include "record/facts.h"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

#include "record/members.h"

namespace comity::record {
namespace {

/// Members of the extension that state no code; most have a column of their own.
constexpr std::array<std::string_view, 20> kNoCodes{
    "custodian", "date",    "detail",      "end",     "evidence",    "extension_type", "key",
    "kid",       "kind",    "legal_basis", "made_by", "made_by_ref", "organ",          "proof",
    "quotation", "reasons", "rule",        "start",   "taken_at",    "wording"};
/// Objects in one another, the extension itself not counted.
constexpr int kLevels = 4;

/// A list of codes or of objects is walked; so is an object of them.
class Walk {
 public:
  Walk(Texts& texts, Rows& rows) : texts_(&texts), rows_(&rows) {}

  void members(const JsonValue& object, std::string_view path, std::int64_t line, int level) {
    for (const auto member : object.members()) {
      if (level == 0 && std::ranges::binary_search(kNoCodes, member.key)) continue;
      if (member.key.empty() || member.key.contains('.')) expect_repeats();
      value(JsonValue(member.value), field_of(path, member.key), line, level);
    }
  }

 private:
  std::string_view field_of(std::string_view path, std::string_view name) {
    if (path.empty()) return name;
    const std::string_view dotted = texts_->keep(path, ".");
    return texts_->keep(dotted, name);
  }

  void value(const JsonValue& value, std::string_view field, std::int64_t line, int level) {
    if (value.is_object()) {
      if (level < kLevels) members(value, field, line, level + 1);
    } else if (value.is_array()) {
      list(value, field, line, level);
    } else {
      code(value, field, line, 0);
    }
  }

  void list(const JsonValue& list, std::string_view field, std::int64_t line, int level) {
    std::int64_t place = 0;
    for (const auto element : list.elements()) {
      const JsonValue value(element);
      // A list of objects within a list of objects has no lines of its own.
      if (value.is_object() && level < kLevels && line == 0) {
        fact(field, place + 1, 0, {});
        members(value, field, place + 1, level + 1);
      } else {
        code(value, field, line, place);
      }
      ++place;
    }
  }

  void code(const JsonValue& value, std::string_view field, std::int64_t line,
            std::int64_t ordinal) {
    std::string_view text = value.text();
    if (const auto integer = value.integer()) text = texts_->keep(std::to_string(*integer));
    if (value.is_bool()) text = value.boolean() ? "true" : "false";
    if (is_word(text) || (value.is_string() && text.empty())) fact(field, line, ordinal, text);
  }

  void fact(std::string_view field, std::int64_t line, std::int64_t ordinal,
            std::string_view text) {
    if (!is_word(field)) return;
    if (may_repeat_ && !taken_.emplace(field, line, ordinal).second) return;
    rows_->add(Table::fact, {Word{field}, line, ordinal, Word{text}});
  }

  /// A name that holds a dot, or nothing, may make two paths one text. From now on each place is
  /// taken once.
  void expect_repeats() {
    if (std::exchange(may_repeat_, true)) return;
    for (const Row& row : *rows_)
      if (row.table == Table::fact)
        taken_.emplace(std::get<Word>(row.values[0]).text, std::get<std::int64_t>(row.values[1]),
                       std::get<std::int64_t>(row.values[2]));
  }

  Texts* texts_;
  Rows* rows_;
  bool may_repeat_ = false;
  std::set<std::tuple<std::string_view, std::int64_t, std::int64_t>> taken_;
};

}  // namespace

void add_facts(const codec::JsonValue& extension, Texts& texts, Rows& rows) {
  Walk(texts, rows).members(extension, {}, 0, 0);
}

}  // namespace comity::record
