#include "intake/stix_maker.h"

#include <fmt/format.h>

#include "base/limits.h"
#include "filing/comity_namespace.h"
#include "intake/definitions.h"

namespace comity::intake {
namespace {

constexpr std::string_view kIdentity = "identity--";

bool is_identity(std::string_view id) {
  return id.starts_with(kIdentity) && crypto::parse_uuid(id.substr(kIdentity.size())).has_value();
}

}  // namespace

Result<StixMaker> StixMaker::of(const Importer& importer) {
  if (!is_identity(importer.identity))
    return refuse("importer-malformed",
                  "Name the importing party by its STIX id: \"identity--\" and a lower-case UUID.");
  const std::int64_t micros = count(importer.created);
  const UnixMicros created{micros - micros % 1000};
  return StixMaker(importer.identity, to_rfc3339(created),
                   uuid_v5(filing::comity_namespace(), importer.identity));
}

std::string StixMaker::id(std::string_view type, std::string_view name) const {
  return fmt::format("{}--{}", type, to_text(uuid_v5(space_, name)));
}

Json StixMaker::head(std::string_view type, std::string_view name) const {
  Json object;
  object["type"] = type;
  object["spec_version"] = "2.1";
  object["id"] = id(type, name);
  object["created_by_ref"] = identity_;
  object["created"] = created_;
  object["modified"] = created_;
  return object;
}

std::string StixMaker::finish(Json object) {
  object["object_marking_refs"] = Json::array({kTlpClear});
  return object.dump();
}

std::string StixMaker::relationship(std::string_view name, std::string_view from,
                                    std::string_view type, std::string_view to) const {
  Json object = head("relationship", name);
  object["relationship_type"] = type;
  object["source_ref"] = from;
  object["target_ref"] = to;
  return finish(std::move(object));
}

Result<std::string> finish_bounded(Json object, std::string_view record) {
  std::string text = StixMaker::finish(std::move(object));
  if (text.size() > limits::kObjectBytes)
    return refuse("intake-too-large",
                  fmt::format("Record {} gives an object of {} bytes, above the {} that can be "
                              "filed. Is a quote missing in the table, or a number repeated?",
                              record, text.size(), limits::kObjectBytes));
  return text;
}

Json extension(std::string_view kind) {
  Json object;
  object["extension_type"] = "property-extension";
  object["kind"] = kind;
  return object;
}

Json to_json(const PartialDate& date) {
  Json object;
  object["date"] = date.text();
  object["precision"] = date.precision_name();
  return object;
}

}  // namespace comity::intake
