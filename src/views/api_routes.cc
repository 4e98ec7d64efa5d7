#include "views/api_routes.h"

#include <array>
#include <cstddef>
#include <functional>
#include <memory>
#include <utility>
#include <variant>

#include <fmt/format.h>

#include "base/bytes.h"
#include "crypto/decimal.h"
#include "crypto/sha256.h"
#include "views/api_answer.h"
#include "views/api_atom.h"
#include "views/api_export.h"
#include "views/api_parameters.h"
#include "views/api_registry.h"
#include "views/api_search.h"
#include "views/embedded.h"

#include "query/object_story.h"
#include "query/record_at.h"
#include "query/search.h"
#include "query/search_json.h"
#include "query/stats_json.h"
#include "query/story_json.h"
#include "query/trends.h"
#include "query/trends_json.h"

namespace comity::views {
namespace {

using query::Json;
using query::Reader;

constexpr std::string_view kJson = "application/json";
constexpr std::string_view kAtom = "application/atom+xml";
constexpr std::string_view kOpenApi = "application/vnd.oai.openapi+json;version=3.1";

/// Of whatever is told of one state and has no filter.
constexpr std::array<ApiParameter, 2> kOfStates{{{"asof"}, {"min_size"}}};
constexpr std::array<ApiParameter, 7> kOfStats{
    {{"country"}, {"source"}, {"from"}, {"to"}, {"top"}, {"asof"}, {"min_size"}}};
constexpr std::array<ApiParameter, 8> kOfTrends{
    {{"country"}, {"source"}, {"from"}, {"to"}, {"date"}, {"by"}, {"asof"}, {"min_size"}}};
constexpr std::array<ApiParameter, 10> kOfExports{{{"kind"},
                                                   {"country"},
                                                   {"from"},
                                                   {"to"},
                                                   {"source"},
                                                   {"party"},
                                                   {"all_versions"},
                                                   {"spreadsheet"},
                                                   {"asof"},
                                                   {"min_size"}}};
constexpr std::array<std::string_view, 2> kTrendDates{"public", "start"};
constexpr std::array<std::string_view, 2> kTrendPeriods{"month", "year"};

using Make = MakeJson;

Result<query::SearchPage> search_page(Reader& reader, const query::SearchRequest& request,
                                      std::vector<std::string>& near) {
  COMITY_TRY(auto page, query::search(reader.snapshot, request));
  if (page.count == 0 && !request.words.empty()) {
    COMITY_TRY(near, query::near_words(reader.snapshot, request.kind, request.words));
  }
  return page;
}

Result<Make> search(Reader& reader, const ApiParameters& parameters) {
  COMITY_TRY(auto request, search_request(parameters));
  COMITY_CHECK(query::check_search(reader.snapshot, request));
  return Make([&reader, request = std::move(request)]() -> Result<Json> {
    std::vector<std::string> near;
    COMITY_TRY(const auto page, search_page(reader, request, near));
    return query::search_json(page, near);
  });
}

query::IncidentTexts incidents_of(const ApiParameters& parameters) {
  return {.country = parameters.text("country"),
          .source = parameters.text("source"),
          .from = parameters.text("from"),
          .to = parameters.text("to")};
}

Result<Make> stats(Reader& reader, const ApiParameters& parameters) {
  COMITY_TRY(const auto as_of, parameters.as_of());
  COMITY_TRY(const auto size, reader.snapshot.size_at(as_of));
  COMITY_TRY(const auto top, parameters.number("top"));
  const std::size_t most = top.value_or(0) == 0 ? SIZE_MAX : *top;
  auto incidents = incidents_of(parameters);
  COMITY_TRY([[maybe_unused]] const auto filter, incidents.filter());
  return Make([&reader, size, most, incidents = std::move(incidents)] {
    return query::stats_json(reader.snapshot, size, incidents, most);
  });
}

Result<Make> trends(Reader& reader, const ApiParameters& parameters) {
  auto incidents = incidents_of(parameters);
  COMITY_TRY(const auto as_of, parameters.as_of());
  COMITY_TRY(const auto size, reader.snapshot.size_at(as_of));
  COMITY_TRY(const auto date, parameters.choice("date", kTrendDates));
  COMITY_TRY(const auto by, parameters.choice("by", kTrendPeriods));
  query::TrendQuestion question;
  COMITY_TRY(question.filter, incidents.filter());
  question.date = date == 1 ? query::TrendDate::kStart : query::TrendDate::kPublic;
  question.period = by == 1 ? query::TrendPeriod::kYear : query::TrendPeriod::kMonth;
  Json head{{"size", size},
            {"filter", incidents.json()},
            {"date", kTrendDates.at(date)},
            {"by", kTrendPeriods.at(by)}};
  return Make([&reader, size, question, head = std::move(head)]() mutable -> Result<Json> {
    COMITY_TRY(const auto found, query::trends(reader.snapshot, size, question));
    head.update(query::trends_json(found));
    return std::move(head);
  });
}

/// Stands for the program and its settings in entity tags: answers follow from both.
std::string maker_of(const ApiParts& parts) {
  constexpr std::size_t kBytes = 4;
  std::string all;
  for (const std::string& part : {parts.version, parts.origin, parts.title, parts.base_url})
    all += part + '\n';
  return to_hex(ByteView(crypto::sha256(as_bytes(all))).first(kBytes));
}

class Api {
 public:
  explicit Api(ApiParts parts)
      : parts_(std::move(parts)),
        maker_(maker_of(parts_)),
        names_{.origin = parts_.origin, .registrar = parts_.registrar, .vkey = parts_.vkey} {}

  /// Waits for what `min_size` asks, before any reader is taken. What the log has not got either is
  /// not waited for: only another filing brings it.
  [[nodiscard]] Result<void> wait(const ApiParameters& parameters) const {
    COMITY_TRY(const auto min_size, parameters.min_size());
    if (min_size && parts_.wait_for && *min_size <= log_size()) parts_.wait_for(*min_size);
    return {};
  }

  /// Refuses `record-behind` where the record has less than `min_size`, and where the log has the
  /// state that is asked for, and the record will: whoever has a receipt may ask for the state with
  /// it.
  [[nodiscard]] Result<void> check_folded(const Reader& reader,
                                          const ApiParameters& parameters) const {
    COMITY_TRY(const auto as_of, parameters.as_of());
    COMITY_TRY(const auto min_size, parameters.min_size());
    const auto* at = std::get_if<query::AtSize>(&as_of);
    const std::uint64_t folded = reader.snapshot.stamp().size;
    const bool is_coming = at != nullptr && at->size > folded && at->size <= log_size();
    if (!is_coming && min_size.value_or(0) <= folded) return {};
    return record_behind(folded);
  }

  /// A handler of JSON. `ask` checks what is asked and finds it, which costs little; whether the
  /// client has the answer already is seen before it is made.
  template <class Ask>
  static Handler answering(std::shared_ptr<const Api> api, std::span<const ApiParameter> known,
                           Ask ask) {
    return [api = std::move(api), known, ask](const Call& call) -> Result<Response> {
      COMITY_CHECK(check_accept(call.request, kJson));
      COMITY_TRY(const auto parameters, ApiParameters::parse(call.target, known));
      COMITY_CHECK(api->wait(parameters));
      COMITY_TRY(const auto reader, api->parts_.readers.take());
      COMITY_CHECK(api->check_folded(*reader, parameters));
      COMITY_TRY(Make make, ask(*api, *reader, call, parameters));
      const std::string tag = entity_tag(reader->snapshot, api->maker_);
      if (auto same = not_modified(call.request, tag)) return std::move(*same);
      COMITY_TRY(const Json json, make());
      return tagged(kJson, tag, text_of(json));
    };
  }

  /// As `comity show` has it. `type`: what it must be, or "".
  [[nodiscard]] Result<Make> object(Reader& reader, const std::string& what,
                                    const ApiParameters& parameters, std::string_view type) const {
    COMITY_TRY(const auto as_of, parameters.as_of());
    COMITY_TRY(const auto size, reader.snapshot.size_at(as_of));
    COMITY_TRY(auto at, query::RecordAt::open(reader.snapshot, parts_.files, size));
    COMITY_TRY(auto story, query::find_story(at, what));
    if (!type.empty() && query::type_of(story) != type)
      return refuse("object-unknown",
                    "What has that id or name is no incident; ask for it under "
                    "/api/v1/objects/.");
    return Make([at = std::move(at), story = std::move(story)]() mutable {
      return query::story_json(at, story);
    });
  }

  /// The state of the registry that is asked for.
  [[nodiscard]] Result<RegistryAt> registry_at(Reader& reader,
                                               const ApiParameters& parameters) const {
    COMITY_TRY(const auto as_of, parameters.as_of());
    COMITY_TRY(const auto size, reader.snapshot.size_at(as_of));
    return RegistryAt{.reader = reader,
                      .files = parts_.files,
                      .head = parts_.head(),
                      .names = names_,
                      .size = size};
  }

  /// Refuses `record-behind` where the log has that entry already, as whoever filed it knows.
  [[nodiscard]] Result<Make> entry(Reader& reader, const std::string& index,
                                   const ApiParameters& parameters) const {
    COMITY_TRY(const auto at, registry_at(reader, parameters));
    auto make = registry_entry(at, index);
    const std::uint64_t folded = reader.snapshot.stamp().size;
    const auto number = crypto::parse_decimal(index);
    if (make || at.size < folded || !number || *number < folded) return make;
    if (*number >= log_size()) return make;
    return record_behind(folded);
  }

  [[nodiscard]] Result<Response> exported(const Call& call) const {
    COMITY_TRY(const auto parameters, ApiParameters::parse(call.target, kOfExports));
    query::ExportTexts texts{.format = call.captures.front(),
                             .kind = parameters.text("kind"),
                             .country = parameters.text("country"),
                             .from = parameters.text("from"),
                             .to = parameters.text("to"),
                             .source = parameters.text("source"),
                             .party = parameters.text("party")};
    COMITY_TRY(texts.all_versions, parameters.flag("all_versions"));
    COMITY_TRY(texts.spreadsheet, parameters.flag("spreadsheet"));
    COMITY_TRY(const auto request, texts.request());
    COMITY_CHECK(check_accept(call.request, export_type(request.format)));
    COMITY_TRY(const auto as_of, parameters.as_of());
    COMITY_CHECK(wait(parameters));
    COMITY_TRY(auto reader, parts_.readers.take_for_export(call.request.client));
    COMITY_CHECK(check_folded(*reader, parameters));
    COMITY_TRY(const auto size, reader->snapshot.size_at(as_of));
    const std::string tag = entity_tag(reader->snapshot, maker_);
    if (auto same = not_modified(call.request, tag)) return std::move(*same);
    COMITY_TRY(auto body,
               export_body(std::move(reader), parts_.files, parts_.origin, request, size));
    return tagged(export_type(request.format), tag, std::move(body));
  }

  [[nodiscard]] Result<Response> feed(const Call& call) const {
    COMITY_CHECK(check_accept(call.request, kAtom));
    COMITY_TRY(const auto parameters, ApiParameters::parse(call.target, search_parameters()));
    COMITY_TRY(auto request, search_request(parameters));
    if (!call.target.find("sort")) request.order = query::SearchOrder::filed;
    COMITY_CHECK(wait(parameters));
    COMITY_TRY(const auto reader, parts_.readers.take());
    COMITY_CHECK(check_folded(*reader, parameters));
    COMITY_CHECK(query::check_search(reader->snapshot, request));
    const std::string tag = entity_tag(reader->snapshot, maker_);
    if (auto same = not_modified(call.request, tag)) return std::move(*same);
    COMITY_TRY(const auto page, query::search(reader->snapshot, request));
    return tagged(kAtom, tag,
                  atom_feed({.origin = parts_.origin,
                             .title = parts_.title,
                             .base_url = parts_.base_url,
                             .target = call.request.target,
                             .updated = reader->snapshot.stamp().time},
                            page));
  }

 private:
  [[nodiscard]] std::uint64_t log_size() const { return crypto::count(parts_.head().size); }
  [[nodiscard]] static std::unexpected<Error> record_behind(std::uint64_t folded) {
    return refuse("record-behind",
                  fmt::format("Of the log {} entries are folded into the record, fewer than were "
                              "asked for. Ask again after a pause.",
                              folded));
  }

  ApiParts parts_;
  std::string maker_;
  query::RegistryNames names_;
};

Result<Response> openapi(const Call& call) {
  COMITY_TRY([[maybe_unused]] const auto parameters, ApiParameters::parse(call.target, {}));
  Response response{.status = 200, .fields = {}, .body = std::string(as_text(openapi_json()))};
  response.fields.add("content-type", std::string(kOpenApi));
  return response;
}

}  // namespace

void add_api(Router& router, const ApiParts& parts) {
  const auto api = std::make_shared<const Api>(parts);
  const auto add = [&](std::string_view pattern, std::span<const ApiParameter> known, auto make) {
    router.add(Method::get, pattern, Api::answering(api, known, make));
  };
  add("/api/v1/search", search_parameters(),
      [](const Api&, Reader& reader, const Call&, const ApiParameters& parameters) {
        return search(reader, parameters);
      });
  add("/api/v1/objects/{+object}", kOfStates,
      [](const Api& of, Reader& reader, const Call& call, const ApiParameters& parameters) {
        return of.object(reader, call.captures.front(), parameters, "");
      });
  add("/api/v1/incidents/{+object}", kOfStates,
      [](const Api& of, Reader& reader, const Call& call, const ApiParameters& parameters) {
        return of.object(reader, call.captures.front(), parameters, "incident");
      });
  add("/api/v1/stats", kOfStats,
      [](const Api&, Reader& reader, const Call&, const ApiParameters& parameters) {
        return stats(reader, parameters);
      });
  add("/api/v1/stats/trends", kOfTrends,
      [](const Api&, Reader& reader, const Call&, const ApiParameters& parameters) {
        return trends(reader, parameters);
      });
  add("/api/v1/registry", kOfStates,
      [](const Api& of, Reader& reader, const Call&,
         const ApiParameters& parameters) -> Result<Make> {
        COMITY_TRY(const auto at, of.registry_at(reader, parameters));
        return registry_summary(at);
      });
  add("/api/v1/entries/{entry}", kOfStates,
      [](const Api& of, Reader& reader, const Call& call, const ApiParameters& parameters) {
        return of.entry(reader, call.captures.front(), parameters);
      });
  add("/api/v1/parties", kOfStates,
      [](const Api& of, Reader& reader, const Call&,
         const ApiParameters& parameters) -> Result<Make> {
        COMITY_TRY(const auto at, of.registry_at(reader, parameters));
        return registry_parties(at);
      });
  add("/api/v1/parties/{party}", kOfStates,
      [](const Api& of, Reader& reader, const Call& call,
         const ApiParameters& parameters) -> Result<Make> {
        COMITY_TRY(const auto at, of.registry_at(reader, parameters));
        return registry_party(at, call.captures.front());
      });
  router.add(Method::get, "/api/v1/export/{format}",
             [api](const Call& call) { return api->exported(call); });
  router.add(Method::get, "/feed.atom", [api](const Call& call) { return api->feed(call); });
  router.add(Method::get, "/openapi.json", openapi);
}

}  // namespace comity::views
