#include "intake/eurepoc_response.h"

#include <array>
#include <charconv>

#include <fmt/format.h>

#include "intake/bodies.h"
#include "intake/cell_text.h"
#include "intake/coded_date.h"
#include "intake/definitions.h"
#include "intake/eurepoc_codes.h"

namespace comity::intake {
namespace {

/// More than this is no count of responses.
constexpr std::size_t kMostResponses = 1000;
constexpr std::array<std::string_view, 4> kResponseLists{"date", "type", "type_subcode", "country"};

/// Parts at semicolons that stand in no bracket: "X (Minister; Y); Z" has two.
std::vector<std::string_view> split_outside_brackets(std::string_view text) {
  std::vector<std::string_view> parts;
  int depth = 0;
  std::size_t begin = 0;
  for (std::size_t at = 0; at <= text.size(); ++at) {
    if (at == text.size() || (text[at] == ';' && depth <= 0)) {
      parts.push_back(stripped(text.substr(begin, at - begin)));
      begin = at + 1;
    } else if (text[at] == '(') {
      ++depth;
    } else if (text[at] == ')') {
      --depth;
    }
  }
  return parts;
}

/// The parallel lists of one kind of response, those that have a place for each response.
struct ResponseLists {
  std::array<std::vector<std::string_view>, kResponseLists.size()> codes;
  std::vector<std::string_view> actors;
  bool unequal = false;
};

ResponseLists read_lists(const EurepocRecord& record, std::string_view kind, std::size_t number) {
  ResponseLists lists;
  for (std::size_t i = 0; i < kResponseLists.size(); ++i) {
    const std::string_view cell =
        record.row[fmt::format("{}_response_{}", kind, kResponseLists.at(i))];
    if (cell.empty()) continue;
    auto parts = split(cell, ';');
    if (parts.size() == number)
      lists.codes.at(i) = std::move(parts);
    else
      lists.unequal = true;
  }
  const std::string_view actors = record.row[fmt::format("{}_response_actor", kind)];
  if (actors.empty()) return lists;
  auto parts = split_outside_brackets(actors);
  if (parts.size() == number)
    lists.actors = std::move(parts);
  else
    lists.unequal = true;
  return lists;
}

/// One response: what stands at one place of the lists.
struct Response {
  std::string_view kind;
  std::size_t place;
  std::array<std::string_view, kResponseLists.size()> codes;
  std::string_view actor;

  [[nodiscard]] std::string_view date() const { return codes[0]; }
  [[nodiscard]] std::string_view type() const { return codes[1]; }
  [[nodiscard]] std::string_view subcode() const { return codes[2]; }
  [[nodiscard]] std::string_view country() const { return codes[3]; }
};

Json meaning_of(const EurepocRecord& record, const Response& response) {
  const Places& places = Places::known();
  Json meaning = extension("response");
  meaning["scope"] = "reported";
  meaning["record_basis"] = "data";
  meaning["response_kind"] = response.kind;
  const std::string type = EurepocCodes::known().response_type(response.type(), response.subcode());
  if (!type.empty()) meaning["response_type"] = type;
  if (!places.is_missing(response.actor))
    meaning["made_by"] = Bodies::known().masked(response.actor).text;
  const Place* place = places.find(response.country());
  if (place != nullptr && place->kind == Place::Kind::kCountry)
    meaning["made_by_country"] = place->code;
  else if (place != nullptr && place->kind != Place::Kind::kMissing)
    meaning["made_by_place"] = place->name;
  const CodedDate date = coded_date(response.date());
  if (date.date) meaning["taken_at"] = to_json(*date.date);
  if (!date.doubt.empty() && date.doubt != "missing")
    meaning["date_doubts"] = Json::array({date.doubt});
  Json coding = eurepoc_coding(record.record);
  coding["place"] = response.place;
  Json values = Json::object();
  for (std::size_t i = 0; i < kResponseLists.size(); ++i)
    if (!response.codes.at(i).empty()) values[kResponseLists.at(i)] = response.codes.at(i);
  if (!values.empty()) coding["values"] = std::move(values);
  meaning["coding"] = std::move(coding);
  return meaning;
}

std::string title_of(const EurepocRecord& record, const Response& response, const Json& meaning) {
  const std::string_view what = !response.subcode().empty() ? response.subcode()
                                : !response.type().empty()  ? response.type()
                                                            : "not described";
  std::string who = meaning.value("made_by", std::string(response.country()));
  if (!who.empty()) who += ": ";
  return fmt::format("{}{} ({} response {} to {} {})", who, what, response.kind, response.place,
                     kEurepocSource, record.record);
}

}  // namespace

std::size_t eurepoc_responses(const EurepocRecord& record, std::string_view kind, Doubts& doubts) {
  const std::string_view cell = stripped(record.row[fmt::format("number_of_{}_responses", kind)]);
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), number);
  if (error == std::errc() && end == cell.data() + cell.size() && number <= kMostResponses)
    return number;
  doubts.add("count_malformed", record.record);
  return 0;
}

Result<void> make_eurepoc_responses(const EurepocMaker& with, const EurepocRecord& record,
                                    std::string_view kind) {
  Doubts counted_already;
  const std::size_t number = eurepoc_responses(record, kind, counted_already);
  if (number == 0) return {};
  const ResponseLists lists = read_lists(record, kind, number);
  if (lists.unequal) with.doubts.add("response_lists_unequal", record.record);
  for (std::size_t i = 0; i < number; ++i) {
    Response response{kind, i + 1, {}, {}};
    for (std::size_t list = 0; list < kResponseLists.size(); ++list)
      if (!lists.codes.at(list).empty()) response.codes.at(list) = lists.codes.at(list)[i];
    if (!lists.actors.empty()) response.actor = lists.actors[i];
    const std::string name = fmt::format("{}/response/{}/{}", record.name, kind, i + 1);
    Json object = with.maker.head("course-of-action", name);
    Json meaning = meaning_of(record, response);
    object["name"] = title_of(record, response, meaning);
    object["external_references"] =
        Json::array({{{"source_name", kEurepocSource}, {"external_id", record.record}}});
    object["extensions"][kExtension] = std::move(meaning);
    const std::string id = with.maker.id("course-of-action", name);
    COMITY_TRY(std::string text, finish_bounded(std::move(object), record.record));
    with.objects.push_back(std::move(text));
    with.objects.push_back(with.maker.relationship(name + "/related-to", id, "related-to",
                                                   with.maker.id("incident", record.name)));
  }
  return {};
}

}  // namespace comity::intake
