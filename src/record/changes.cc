#include "record/changes.h"

#include "codec/cbor.h"
#include "filing/hidden_content.h"

namespace comity::record {
namespace {

// What kind of entry the changes are of.
constexpr std::uint64_t kFiling = 0;
constexpr std::uint64_t kControl = 1;
constexpr std::uint64_t kVoid = 2;
// What an element of governance is.
constexpr std::uint64_t kParty = 0;
constexpr std::uint64_t kKey = 1;

}  // namespace

Result<void> ChangesWriter::write_item(codec::CborWriter& writer, const FoldedItem& item,
                                       ObjectSink* sink) {
  std::optional<codec::JsonObject> json;
  if (!item.content.empty()) {
    // What is public was read before it was admitted, so this doesn't fail.
    if (auto read = reader_.read(item.content)) json = *read;
  }
  if (!json) {
    writer.write_array(1);
    writer.write_bytes(item.digest.view());
    return {};
  }
  const ObjectRows object(*json);
  writer.write_array(6);
  writer.write_bytes(item.digest.view());
  writer.write_text(item.id);
  writer.write_int(item.version);
  writer.write_bool(item.revoked);
  writer.write_text(object.kind());
  writer.write_array(object.rows().size());
  for (const Row& row : object.rows()) write_row(writer, row);
  if (sink == nullptr) return {};
  const auto creator = json->text("created_by_ref");
  return sink->take(item, object, creator ? creator->value_or("") : "");
}

Result<Bytes> ChangesWriter::filing(UnixSeconds time, std::string_view issuer,
                                    std::span<const FoldedItem> items, ByteView governance,
                                    ObjectSink* sink) {
  Bytes bytes;
  codec::CborWriter writer(bytes);
  writer.write_array(5);
  writer.write_uint(kFiling);
  writer.write_int(count(time));
  writer.write_text(issuer);
  writer.write_array(items.size());
  for (const FoldedItem& item : items) COMITY_CHECK(write_item(writer, item, sink));
  writer.write_item(governance);
  return bytes;
}

Result<Bytes> ChangesWriter::control(UnixSeconds time, ByteView payload,
                                     const std::optional<FoldedItem>& disclosed, ObjectSink* sink) {
  Bytes bytes;
  codec::CborWriter writer(bytes);
  writer.write_array(disclosed ? 4 : 3);
  writer.write_uint(kControl);
  writer.write_int(count(time));
  writer.write_bytes(payload);
  if (!disclosed) return bytes;
  FoldedItem item = *disclosed;
  // It was read when the disclosure was admitted, so only what is erased doesn't parse.
  const auto opened = filing::parse_hidden(item.content);
  item.content = opened ? opened->object : ByteView{};
  COMITY_CHECK(write_item(writer, item, sink));
  return bytes;
}

Bytes ChangesWriter::refused(UnixSeconds time, std::string_view code) {
  Bytes bytes;
  codec::CborWriter writer(bytes);
  writer.write_array(3);
  writer.write_uint(kVoid);
  writer.write_int(count(time));
  writer.write_text(code);
  return bytes;
}

Bytes write_governance(const rules::Changes& changes) {
  Bytes bytes;
  codec::CborWriter writer(bytes);
  writer.write_array(changes.parties.size() + changes.keys.size());
  for (const rules::Party& party : changes.parties) {
    writer.write_array(7);
    writer.write_uint(kParty);
    writer.write_text(party.id);
    writer.write_text(rules::word_of(party.group));
    writer.write_text(party.country);
    writer.write_text(party.controller);
    writer.write_bool(party.suspended);
    writer.write_uint(party.admitted_at);
  }
  for (const rules::Key& key : changes.keys) {
    writer.write_array(6);
    writer.write_uint(kKey);
    writer.write_bytes(key.kid.view());
    writer.write_text(key.party);
    writer.write_bool(key.custody);
    writer.write_uint(key.added_at);
    if (key.revoked_at)
      writer.write_uint(*key.revoked_at);
    else
      writer.write_null();
  }
  return bytes;
}

}  // namespace comity::record
