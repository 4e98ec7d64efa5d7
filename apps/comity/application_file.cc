#include "application_file.h"

#include <string_view>

#include "codec/json_slices.h"
#include "filing/object.h"

#include "disk_file.h"
#include "text.h"

namespace comity::cli {
namespace {

/// The identity and the key note.
constexpr std::size_t kObjects = 2;

/// What Comity's extension of an object says, or "".
std::string extension_text(const codec::JsonObject& object, std::string_view name) {
  const auto extensions = object.object("extensions");
  if (!extensions || !*extensions) return {};
  const auto extension = (*extensions)->object(filing::kExtensionId);
  if (!extension || !*extension) return {};
  const auto text = (*extension)->text(name);
  return text && *text ? std::string(**text) : std::string{};
}

}  // namespace

std::string print(const Application& application, const std::string& uuid) {
  return R"({"type":"bundle","id":"bundle--)" + uuid + "\",\"objects\":[\n" +
         std::string(as_text(application.identity)) + ",\n" +
         std::string(as_text(application.key_note)) + "\n]}\n";
}

Result<Application> parse_application(ByteView bytes, const std::string& path) {
  const auto malformed = [&](const std::string& what) {
    return refuse("application-malformed",
                  path + " " + what + "; `comity party apply` writes an application.");
  };
  const auto objects = codec::json_elements(bytes, "objects");
  if (!objects) return std::unexpected<Error>(at_place(path, objects.error()));
  Application application;
  codec::JsonReader reader;
  if (objects->size() == kObjects)
    for (const ByteView object : *objects) {
      COMITY_TRY(const auto head, filing::read_object(object, reader));
      if (head.kind == filing::Kind::party) application.identity = to_bytes(object);
      if (head.kind == filing::Kind::key) application.key_note = to_bytes(object);
    }
  if (application.identity.empty() || application.key_note.empty())
    return malformed("is not a bundle of one party's identity and one key note");
  COMITY_TRY(const auto key, rules::parse_key_note(application.key_note, reader));
  COMITY_TRY(const auto identity, reader.read(application.identity));
  COMITY_TRY(const auto head, filing::read_head(identity));
  if (key.action != rules::KeyAction::add || key.party != head.id)
    return malformed("adds no key of the party that it names");
  const auto group = rules::group_of(extension_text(identity, "group"));
  if (!group) return malformed("names no group of parties");
  auto& note = application.admission;
  note.party = head.id;
  note.decision = rules::Decision::admit;
  note.group = *group;
  note.country = extension_text(identity, "country");
  note.controller = extension_text(identity, "controller");
  note.kid = key.kid;
  return application;
}

Result<Application> read_application(const std::string& path) {
  COMITY_TRY(const Bytes bytes, read_file(path, kSmallFileBytes));
  return parse_application(bytes, path);
}

}  // namespace comity::cli
