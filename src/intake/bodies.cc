#include "intake/bodies.h"

#include <algorithm>
#include <utility>

#include "intake/cell_text.h"
#include "intake/embedded.h"
#include "intake/fields.h"
#include "intake/places.h"

namespace comity::intake {
namespace {

/// A text in the place of a name that is longer is none, and is left out.
constexpr std::size_t kLongestName = 2000;

/// The place of the first of the marks between a name and its supposed superior.
std::size_t superior_mark(std::string_view cell) {
  return std::min(cell.find("-->"), cell.find('<'));
}

bool is_digits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

bool is_capital(char c) { return c >= 'A' && c <= 'Z'; }

/// FBI, MSS, HR/VP: an abbreviation as it stands in brackets after a name.
bool is_abbreviation(std::string_view text) {
  return text.size() >= 2 && text.size() <= 12 && std::ranges::all_of(text, [](char c) {
           return is_capital(c) || (c >= '0' && c <= '9') || c == '/' || c == '-';
         });
}

/// What of several aliases is not known to be a body's, though another is, may still be a person's.
bool may_be_a_persons(std::string_view alias) {
  const bool ascii =
      std::ranges::all_of(alias, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  return words(alias).size() > 1 || !ascii;
}

/// "Jane Doe (X (Y)) tail": what stands before the bracket that the last ")" closes, and inside.
std::pair<std::string_view, std::string_view> parts_of(std::string_view cell) {
  if (!cell.ends_with(')')) return {cell, {}};
  int depth = 0;
  for (std::size_t at = cell.size(); at-- > 0;) {
    if (cell[at] == ')') ++depth;
    if (cell[at] == '(' && --depth == 0)
      return {stripped(cell.substr(0, at)), cell.substr(at + 1, cell.size() - at - 2)};
  }
  return {cell, {}};
}

}  // namespace

Result<Bodies> Bodies::read(ByteView json) {
  COMITY_TRY(const Json data, read_data(json));
  const Fields file(data, "");
  COMITY_CHECK(file.only({"words", "pairs", "offices", "designations", "metals", "names"}));
  Bodies bodies;
  for (const auto& [name, list] :
       {std::pair{"words", &bodies.words_}, std::pair{"pairs", &bodies.pairs_},
        std::pair{"offices", &bodies.offices_}, std::pair{"designations", &bodies.designations_},
        std::pair{"metals", &bodies.metals_}, std::pair{"names", &bodies.names_}}) {
    COMITY_TRY(const auto texts, file.texts(name));
    for (const std::string& text : texts) list->insert(list == &bodies.names_ ? lower(text) : text);
  }
  return bodies;
}

const Bodies& Bodies::known() {
  static const Result<Bodies> table = read(bodies_json());
  COMITY_ASSERT(table.has_value());
  return *table;
}

bool Bodies::is_designation(std::string_view name) const {
  name = stripped(name);
  const std::size_t end = name.find_last_not_of("0123456789");
  if (end == name.npos || end + 1 == name.size()) return false;
  std::string_view prefix = stripped(name.substr(0, end + 1));
  if (!is_digits(name.substr(end + 1))) return false;
  if (prefix == "G") return name.size() == 5;
  return designations_.contains(prefix) ||
         (prefix.ends_with('-') && designations_.contains(prefix.substr(0, prefix.size() - 1)));
}

bool Bodies::is_one_body(std::string_view name) const {
  name = stripped(name);
  if (names_.contains(lower(name)) || is_designation(name)) return true;
  const auto all = words(name);
  if (all.empty()) return false;
  for (const std::string_view word : all)
    if (words_.contains(lower(word))) return true;
  if (all.size() == 2 && metals_.contains(all.front()))
    return std::ranges::all_of(all.back(), is_capital);
  return all.size() >= 2 && pairs_.contains(lower(all.back()));
}

Bodies::Aliases Bodies::aliases(std::string_view name) const {
  if (names_.contains(lower(name))) return {.carried = {name}};
  const auto all = split(name, '/');
  const auto is_one = [this](std::string_view alias) { return is_one_body(alias); };
  const bool any_body = std::ranges::any_of(all, is_one);
  Aliases found;
  for (const std::string_view alias : all) {
    if (alias.empty()) continue;
    const bool body = is_one(alias) || (any_body && !may_be_a_persons(alias));
    (body ? found.carried : found.withheld).push_back(alias);
  }
  return found;
}

bool Bodies::is_body(std::string_view name) const {
  const Aliases found = aliases(name);
  return !found.carried.empty() && found.withheld.empty();
}

/// A name that is not a body's as a whole. The bodies of it come first, so that what begins with
/// kWithheld names nobody.
void Bodies::mask_head(std::string_view head, MaskedName& name) const {
  const Aliases found = aliases(head);
  name.person = head.contains("aka ");
  name.text.clear();
  for (const std::string_view alias : found.carried) name.text += std::string(alias) + "/";
  name.text += kWithheld;
  name.withheld = found.carried.empty() ? head : "";
  if (found.carried.empty()) return;
  for (const std::string_view alias : found.withheld)
    name.withheld += (name.withheld.empty() ? "" : "/") + std::string(alias);
}

/// What of a bracket may be carried, with its brackets: after a body's name also an abbreviation;
/// after a person's only the words of an office, never the text around them.
std::string Bodies::bracket(std::string_view content, bool body, MaskedName& name) const {
  std::string kept;
  const auto keep = [&kept](std::string_view text) {
    kept += (kept.empty() ? "" : ", ") + std::string(text);
  };
  std::vector<std::string_view> parts;
  for (const std::string_view by_semicolon : split(content, ';'))
    for (const std::string_view part : split(by_semicolon, ',')) parts.push_back(part);
  for (const std::string_view part : parts) {
    std::string office;
    for (const std::string_view word : words(part))
      if (offices_.contains(lower(word))) office += (office.empty() ? "" : " ") + lower(word);
    const Place* place = Places::known().find(part);
    const bool is_place = place != nullptr && place->kind != Place::Kind::kMissing;
    if (!office.empty()) {
      name.person = name.person || !body;
      keep(office);
    } else if (is_place || is_body(part) || (body && is_abbreviation(part))) {
      keep(part);
    }
  }
  return kept.empty() ? kept : " (" + kept + ")";
}

MaskedName Bodies::masked(std::string_view cell) const {
  cell = stripped(cell);
  if (cell.size() > kLongestName) return {.text = std::string(kWithheld)};
  if (cell.empty() || names_.contains(lower(cell)))
    return {.text = std::string(cell), .withheld = {}};
  const std::size_t mark = superior_mark(cell);
  const auto [head, content] = parts_of(stripped(cell.substr(0, mark)));
  const bool body = is_body(head);
  MaskedName name;
  name.text = head;
  if (!body) mask_head(head, name);
  name.text += bracket(content, body, name);
  if (mark == cell.npos) return name;
  const std::string_view rest = cell.substr(mark);
  const std::string_view sign = rest.substr(0, rest.starts_with('<') ? 1 : 3);
  // A second sign is no superior's superior that anybody wrote: it is read as part of the name.
  const auto [superior, superior_content] = parts_of(stripped(rest.substr(sign.size())));
  if (superior_mark(superior) == superior.npos && is_body(superior))
    name.text += " " + std::string(sign) + " " + std::string(superior) +
                 bracket(superior_content, true, name);
  return name;
}

}  // namespace comity::intake
