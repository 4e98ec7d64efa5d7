#include "views/taxii_routes.h"

#include <array>
#include <memory>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "views/taxii_cases.h"
#include "views/taxii_collections.h"
#include "views/taxii_filters.h"
#include "views/taxii_media.h"
#include "views/taxii_objects.h"

namespace comity::views {
namespace {

using Json = nlohmann::ordered_json;
using MatchFields = std::span<const std::string_view>;

constexpr const char* kRoot = "/taxii2/public/";
constexpr std::array<std::string_view, 4> kFieldsOfMany{"id", "spec_version", "type", "version"};
constexpr std::array<std::string_view, 2> kFieldsOfOne{"spec_version", "version"};
constexpr std::array<std::string_view, 1> kFieldsOfVersions{"spec_version"};

/// What stands after the collections' URL in patterns.
std::string under(std::string_view rest) {
  return kRoot + std::string("collections/{collection}/") + std::string(rest);
}

/// What is made of a page: of a shelf, and of cases.
struct Resource {
  Result<Response> (*of_shelf)(query::Reader& reader, const TaxiiFilters& filters);
  Result<Response> (CaseReports::*of_cases)(query::Reader& reader,
                                            const TaxiiFilters& filters) const;
  bool all_versions = false;
};
constexpr Resource kObjects{taxii_objects, &CaseReports::objects};
constexpr Resource kManifest{taxii_manifest, &CaseReports::manifest};
constexpr Resource kVersions{taxii_versions, &CaseReports::versions, true};

class Taxii {
 public:
  explicit Taxii(const TaxiiParts& parts)
      : parts_(parts),
        collections_(taxii_collections(parts.origin)),
        cases_(parts.origin, parts.registrar) {}

  /// Section 4.1.1.
  [[nodiscard]] Json discovery() const {
    Json json{{"title", parts_.title},
              {"description", "The public record of " + parts_.origin +
                                  ", kept by Comity: signed statements about what happens in "
                                  "cyberspace, as their parties filed them."}};
    if (!parts_.contact.empty()) json["contact"] = parts_.contact;
    json["default"] = kRoot;
    json["api_roots"] = {kRoot};
    return json;
  }

  /// Section 4.2.1.
  [[nodiscard]] Json api_root() const {
    return {{"title", parts_.title},
            {"description", "What everybody may read. Nothing can be added or deleted here."},
            {"versions", {kTaxiiType}},
            {"max_content_length", parts_.max_content_length}};
  }

  /// Section 5.1.1: left out where there are none, which is never so.
  [[nodiscard]] Json collections() const {
    Json list = Json::array();
    for (const TaxiiCollection& it : collections_) list.push_back(json_of(it));
    return {{"collections", std::move(list)}};
  }

  /// Section 5.2.1.
  [[nodiscard]] static Json json_of(const TaxiiCollection& collection) {
    return {{"id", collection.id},
            {"title", collection.title},
            {"description", collection.description},
            {"alias", collection.alias},
            {"can_read", true},
            {"can_write", false},
            {"media_types", {"application/stix+json;version=2.1"}}};
  }

  /// Refuses `collection-unknown`.
  [[nodiscard]] Result<const TaxiiCollection*> collection(const Call& call) const {
    const auto* found = find_collection(collections_, call.captures.front());
    if (found != nullptr) return found;
    return refuse("collection-unknown",
                  "There is no such collection; /taxii2/public/collections/ lists those that there "
                  "are.");
  }

  /// A page of what a collection holds, or of one object of it. Refuses `object-unknown`.
  [[nodiscard]] Result<Response> read(const Call& call, MatchFields fields,
                                      const Resource& resource) const {
    COMITY_CHECK(check_taxii_accept(call.request));
    COMITY_TRY(const auto* found, collection(call));
    COMITY_TRY(auto filters, parse_taxii_filters(call.target, fields));
    COMITY_TRY(const auto reader, parts_.readers.take());
    if (found->shelf) filters.published.shelf = *found->shelf;
    if (call.captures.size() > 1) {
      const std::string& id = call.captures.at(1);
      COMITY_TRY(const bool known,
                 found->shelf ? reader->published.has(*found->shelf, id) : cases_.has(*reader, id));
      if (!known)
        return refuse("object-unknown", "The collection holds no object of that id that is shown.");
      filters.published.ids = std::vector<std::string>{id};
    }
    if (resource.all_versions) filters.published.versions = {.all = true};
    return found->shelf ? resource.of_shelf(*reader, filters)
                        : (cases_.*resource.of_cases)(*reader, filters);
  }

  /// Sections 5.5 and 5.7, of collections that say `can_write` false.
  [[nodiscard]] Result<Response> refuse_to_write(const Call& call) const {
    COMITY_CHECK(check_taxii_accept(call.request));
    COMITY_TRY([[maybe_unused]] const auto* found, collection(call));
    if (call.request.method == Method::post) COMITY_CHECK(check_taxii_content(call.request));
    return refuse("collection-read-only",
                  "This collection can be read alone. Statements are filed with a signature, "
                  "which TAXII doesn't have: docs/reference/api.md.");
  }

 private:
  TaxiiParts parts_;
  std::vector<TaxiiCollection> collections_;
  CaseReports cases_;
};

using Shared = std::shared_ptr<const Taxii>;

/// Answers with a resource that the record doesn't change.
void add_fixed(Router& router, const std::string& pattern, const Json& json) {
  router.add(Method::get, pattern, [text = json.dump()](const Call& call) -> Result<Response> {
    COMITY_CHECK(check_taxii_accept(call.request));
    return taxii_response(text);
  });
}

void add_reading(Router& router, const Shared& taxii) {
  const auto add = [&](std::string_view rest, MatchFields fields, const Resource& resource) {
    router.add(Method::get, under(rest), [taxii, fields, made = &resource](const Call& call) {
      return taxii->read(call, fields, *made);
    });
  };
  add("manifest/", kFieldsOfMany, kManifest);
  add("objects/", kFieldsOfMany, kObjects);
  add("objects/{object}/", kFieldsOfOne, kObjects);
  add("objects/{object}/versions/", kFieldsOfVersions, kVersions);
}

}  // namespace

void add_taxii(Router& router, const TaxiiParts& parts) {
  const auto taxii = std::make_shared<const Taxii>(parts);
  router.errors_under("/taxii2/", taxii_error);
  add_fixed(router, "/taxii2/", taxii->discovery());
  add_fixed(router, kRoot, taxii->api_root());
  add_fixed(router, kRoot + std::string("collections/"), taxii->collections());
  router.add(Method::get, under(""), [taxii](const Call& call) -> Result<Response> {
    COMITY_CHECK(check_taxii_accept(call.request));
    COMITY_TRY(const auto* found, taxii->collection(call));
    return taxii_response(Taxii::json_of(*found).dump());
  });
  add_reading(router, taxii);
  // Section 4.3: nothing is ever written, so there is no status to ask for.
  router.add(Method::get, kRoot + std::string("status/{status}/"),
             [](const Call& call) -> Result<Response> {
               COMITY_CHECK(check_taxii_accept(call.request));
               return refuse("status-unknown",
                             "No request to add objects has this id; none is accepted here.");
             });
  router.add(Method::post, under("objects/"),
             [taxii](const Call& call) { return taxii->refuse_to_write(call); });
  router.add(Method::remove, under("objects/{object}/"),
             [taxii](const Call& call) { return taxii->refuse_to_write(call); });
}

}  // namespace comity::views
