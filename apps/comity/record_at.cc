#include "record_at.h"

#include <utility>

#include "filing/object.h"

namespace comity::cli {

Result<RecordAt> RecordAt::open(const std::string& directory, const query::AsOf& as_of,
                                const Context& context) {
  COMITY_TRY(auto registry, read_registry(directory));
  COMITY_TRY(auto record, read_record(registry, context));
  COMITY_TRY(const std::uint64_t size, record.snapshot.size_at(as_of));
  COMITY_TRY(const auto contents, query::Contents::open(*registry.files, record.snapshot));
  COMITY_TRY(auto names, query::Names::open(record.snapshot, size));
  return RecordAt{.registry = std::move(registry),
                  .record = std::move(record),
                  .size = size,
                  .contents = contents,
                  .names = std::move(names)};
}

Result<ReadObject> RecordAt::read(query::Version version) const {
  ReadObject object{.version = std::move(version), .bytes = {}, .json = {}};
  COMITY_TRY(const auto bytes, contents.read(object.version));
  if (!bytes) return object;
  object.bytes = std::string(as_text(*bytes));
  object.json = Json::parse(object.bytes, nullptr, false);
  return object;
}

Result<std::string> RecordAt::name_of(const std::string& id) {
  COMITY_TRY(auto name, names.of(id));
  if (name.empty()) return id;
  return name;
}

const Json& member(const Json& object, const char* name) {
  static const Json nothing;
  if (!object.is_object()) return nothing;
  const auto found = object.find(name);
  return found == object.end() ? nothing : *found;
}

std::string text_at(const Json& object, const char* name) {
  const Json& found = member(object, name);
  return found.is_string() ? found.get<std::string>() : std::string{};
}

std::vector<std::string> texts_at(const Json& object, const char* name) {
  std::vector<std::string> texts;
  const Json& found = member(object, name);
  if (found.is_array())
    for (const auto& it : found)
      if (it.is_string()) texts.push_back(it.get<std::string>());
  return texts;
}

const Json& extension_of(const Json& object) {
  return member(member(object, "extensions"), std::string(filing::kExtensionId).c_str());
}

}  // namespace comity::cli
