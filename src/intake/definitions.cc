#include "intake/definitions.h"

#include "filing/comity_namespace.h"
#include "intake/fields.h"
#include "intake/stix_maker.h"

namespace comity::intake {
namespace {

/// The first version of what Comity itself publishes; the same in every registry.
constexpr std::string_view kPublished = "2025-01-01T00:00:00.000Z";

constexpr std::string_view kExtensionText =
    "What Comity's record says of a STIX object beyond STIX 2.1. The required string \"kind\" "
    "names "
    "what the object is (party, claimant, incident, attribution, reply, response, norm, rulebook "
    "and others) and thereby which further properties it has; docs/mapping.md of the project "
    "defines them. A consumer that does not know a kind ignores the extension. Claims stand under "
    "the name of who made them; none is a finding of the project.";

constexpr std::string_view kIncidentText =
    "Properties of an incident under the names that threat-intelligence platforms read: first_seen "
    "and last_seen (timestamp: begin and end of the interval that is known, to the precision "
    "stated in the property-extension), incident_type and objective (string). All are optional.";

std::string author() {
  return "identity--" + to_text(uuid_v5(filing::comity_namespace(), "comity"));
}

Json head(std::string_view type, std::string_view id) {
  Json object;
  object["type"] = type;
  object["spec_version"] = "2.1";
  object["id"] = id;
  object["created_by_ref"] = author();
  object["created"] = kPublished;
  object["modified"] = kPublished;
  return object;
}

struct Definition {
  std::string_view name;
  std::string_view description;
  std::string_view schema;
};

Json definition(std::string_view id, const Definition& text) {
  Json object = head("extension-definition", id);
  object["name"] = text.name;
  object["description"] = text.description;
  object["schema"] = text.schema;
  object["version"] = "1.0.0";
  return object;
}

}  // namespace

std::vector<std::string> definitions() {
  Json identity = head("identity", author());
  identity["name"] = "Comity";
  identity["description"] = "The open-source project; author of its STIX extension definitions.";
  identity["identity_class"] = "organization";

  Json properties = definition(
      kExtension, {"Comity record", "Meaning that STIX 2.1 has no property for.", kExtensionText});
  properties["extension_types"] = Json::array({"property-extension"});

  Json incident = definition(
      kIncidentExtension,
      {"Comity incident times", "When an incident was seen, and of what type.", kIncidentText});
  incident["extension_types"] = Json::array({"toplevel-property-extension"});
  incident["extension_properties"] =
      Json::array({"first_seen", "last_seen", "incident_type", "objective"});

  return {StixMaker::finish(std::move(identity)), StixMaker::finish(std::move(properties)),
          StixMaker::finish(std::move(incident))};
}

}  // namespace comity::intake
