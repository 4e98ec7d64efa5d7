#include "record/erasure.h"

#include <algorithm>

namespace comity::record {
namespace {

/// What could be read when it was admitted and can't any more is a fault of the disk.
template <class T>
Result<T> still(Result<T> result) {
  if (result || result.error().refusal() == nullptr) return result;
  return fail(result.error().refusal()->sentence);
}

}  // namespace

Result<EntryAgain> EntryAgain::of(const log::StoredEntry& stored) {
  EntryAgain again(stored);
  COMITY_TRY(again.statement_, still(filing::parse_statement(stored.entry)));
  if (again.statement_.kind == filing::StatementKind::control) {
    COMITY_TRY(again.control_, still(filing::parse_control(again.statement_.payload)));
    return again;
  }
  if (!stored.visible) return fail("The segments have no record of a filing any more");
  COMITY_TRY(again.items_, still(filing::parse_manifest(stored.visible->record.manifest)));
  return again;
}

std::string EntryAgain::id_of(std::uint64_t ordinal) const {
  if (const auto* disclose = std::get_if<filing::Disclose>(&control_)) return disclose->id;
  return ordinal < items_.size() ? std::string(items_[ordinal].id) : std::string();
}

filing::ContentDigest EntryAgain::digest_of(std::uint64_t ordinal) const {
  COMITY_ASSERT(ordinal < items_.size());
  return items_[ordinal].digest;
}

ByteView EntryAgain::content_of(std::uint64_t ordinal,
                                std::span<const std::uint64_t> erased) const {
  if (!stored_->visible || std::ranges::find(erased, ordinal) != erased.end()) return {};
  for (const rules::Part& part : stored_->visible->record.parts)
    if (part.ordinal == ordinal && !log::is_erased(part)) return part.content;
  return {};
}

Result<Bytes> EntryAgain::changes(ChangesWriter& writer, UnixSeconds time, ByteView governance,
                                  std::span<const std::uint64_t> erased,
                                  const ReadEntry& read) const {
  if (statement_.kind == filing::StatementKind::control) {
    std::optional<FoldedItem> disclosed;
    if (const auto* disclose = std::get_if<filing::Disclose>(&control_)) {
      COMITY_TRY(const auto found, disclosed_item(*disclose, read));
      disclosed = found.item;
      disclosed->content = content_of(disclose->item.ordinal, erased);
    }
    return writer.control(time, statement_.payload, disclosed, nullptr);
  }
  std::vector<FoldedItem> items;
  items.reserve(items_.size());
  for (const filing::Item& item : items_) {
    const std::uint64_t ordinal = items.size();
    items.push_back({.ordinal = ordinal,
                     .digest = item.digest,
                     .id = item.id,
                     .version = count(item.version),
                     .revoked = item.revoked,
                     .content = item.hidden() ? ByteView{} : content_of(ordinal, erased)});
  }
  return writer.filing(time, statement_.issuer, items, governance, nullptr);
}

Result<DisclosedItem> disclosed_item(const filing::Disclose& disclose, const ReadEntry& read) {
  COMITY_TRY(const auto stored, read(disclose.item.entry));
  COMITY_TRY(const auto again, EntryAgain::of(stored));
  return DisclosedItem{.party = std::string(again.issuer()),
                       .item = {.ordinal = disclose.item.ordinal,
                                .digest = again.digest_of(disclose.item.ordinal),
                                .id = disclose.id,
                                .version = count(disclose.version),
                                .revoked = disclose.revoked,
                                .content = {}}};
}

}  // namespace comity::record
