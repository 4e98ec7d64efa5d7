#include "filing/object.h"

#include <algorithm>
#include <optional>

#include "filing/stix_id.h"

namespace comity::filing {
namespace {

std::unexpected<Error> malformed_object(std::string sentence) {
  return refuse("object-malformed", std::move(sentence));
}

Result<void> read_names(const codec::JsonObject& object, ObjectHead& head) {
  COMITY_TRY(const auto type, object.text("type"));
  if (!type || !is_stix_type(*type))
    return malformed_object(
        "The object has no `type` that STIX 2.1 allows: 3 to 250 of a-z, 0-9 and '-'.");
  if (*type == "bundle")
    return refuse("object-is-bundle",
                  "A STIX bundle is only a wrapping; file the objects inside it one by one.");
  COMITY_TRY(const auto id, object.text("id"));
  if (!id || !is_stix_id(*id, *type))
    return malformed_object(
        "The object's `id` must be its type, two hyphens and a UUID in lower case, 256 bytes at "
        "most.");
  head.type = *type;
  head.id = *id;
  return {};
}

Result<void> read_version(const codec::JsonObject& object, ObjectHead& head) {
  COMITY_TRY(const auto spec_version, object.text("spec_version"));
  COMITY_TRY(const auto created, object.text("created"));
  COMITY_TRY(const auto modified, object.text("modified"));
  if (spec_version ? *spec_version == "2.0" : created || modified)
    return refuse("object-stix-20",
                  "The object is STIX 2.0, which has no `spec_version`; convert it to STIX 2.1 "
                  "(the OASIS tool stix2-elevator does) and file that.");
  if (spec_version && *spec_version != "2.1")
    return malformed_object("The object's `spec_version` must be \"2.1\".");
  if (created) {
    COMITY_TRY(head.version, parse_timestamp(*created));
  }
  if (modified) {
    COMITY_TRY(head.version, parse_timestamp(*modified));
  }
  COMITY_TRY(const auto revoked, object.boolean("revoked"));
  head.revoked = revoked.value_or(false);
  return {};
}

/// A marking must be named exactly as STIX writes it, so that a TLP marking can't slip through in
/// another spelling.
Result<Tlp> read_marking(std::string_view marking) {
  if (!is_stix_id(marking, "marking-definition"))
    return malformed_object(
        "A marking of the object must be `marking-definition--` and a UUID in lower case.");
  return tlp_of(marking);
}

Result<void> read_markings(const codec::JsonObject& object, ObjectHead& head) {
  COMITY_TRY(const auto markings, object.texts("object_marking_refs"));
  for (const auto marking : markings) {
    COMITY_TRY(const Tlp tlp, read_marking(marking));
    head.tlp = std::max(head.tlp, tlp);
  }
  COMITY_TRY(const auto granular, object.objects("granular_markings"));
  for (const auto& part : granular) {
    COMITY_TRY(const auto marking, part.text("marking_ref"));
    if (!marking) continue;  // It marks a language.
    COMITY_TRY(const Tlp tlp, read_marking(*marking));
    head.tlp = std::max(head.tlp, tlp);
  }
  return {};
}

Kind kind_of(std::string_view word) {
  if (word == "party") return Kind::party;
  if (word == "charter") return Kind::charter;
  if (word == "key") return Kind::key;
  return word == "admission" ? Kind::admission : Kind::other;
}

Result<Kind> read_kind(const codec::JsonObject& object) {
  COMITY_TRY(const auto extensions, object.object("extensions"));
  if (!extensions) return Kind::other;
  COMITY_TRY(const auto extension, extensions->object(kExtensionId));
  if (!extension) return Kind::other;
  COMITY_TRY(const auto kind, extension->text("kind"));
  return kind_of(kind.value_or(""));
}

}  // namespace

Result<ObjectHead> read_object(ByteView object, codec::JsonReader& reader) {
  COMITY_TRY(const auto json, reader.read(object));
  return read_head(json);
}

Result<ObjectHead> read_head(const codec::JsonObject& json) {
  ObjectHead head;
  COMITY_CHECK(read_names(json, head));
  COMITY_CHECK(read_version(json, head));
  COMITY_TRY(const auto creator, json.text("created_by_ref"));
  if (creator && !is_party_id(*creator))
    return malformed_object(
        "The object's `created_by_ref` must be `identity--` and a UUID in lower case.");
  head.creator = creator.value_or("");
  COMITY_CHECK(read_markings(json, head));
  COMITY_TRY(head.kind, read_kind(json));
  return head;
}

}  // namespace comity::filing
