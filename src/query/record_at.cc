#include "query/record_at.h"

#include "codec/ordered_json.h"

namespace comity::query {

Result<RecordAt> RecordAt::open(const Snapshot& snapshot, const Files& files, std::uint64_t size) {
  COMITY_TRY(const auto contents, Contents::open(files, snapshot));
  COMITY_TRY(auto names, Names::open(snapshot, size));
  return RecordAt(snapshot, size, contents, std::move(names));
}

Result<ReadObject> RecordAt::read(Version version) const {
  ReadObject object{.version = std::move(version), .bytes = {}, .json = {}};
  COMITY_TRY(const auto bytes, contents.read(object.version));
  if (!bytes) return object;
  object.bytes = std::string(as_text(*bytes));
  object.json = codec::parse_ordered(object.bytes);
  return object;
}

Result<std::string> RecordAt::name_of(const std::string& id) {
  COMITY_TRY(auto name, names.of(id));
  if (name.empty()) return id;
  return name;
}

}  // namespace comity::query
