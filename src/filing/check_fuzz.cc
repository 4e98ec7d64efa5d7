#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "codec/cose_key.h"
#include "filing/audience.h"
#include "filing/check.h"

#include "tests/filing/samples.h"
#include "tests/fuzz_target.h"

namespace {

using namespace comity;

/// The keys that the seeds are signed with.
const filing::FindKey& find_key() {
  static const filing::FindKey find = samples::find_among(
      {samples::key(1).public_key(), samples::key(4, crypto::Algorithm::es256).public_key()});
  return find;
}

/// Nothing in it is more public than it may be; its parts make up the same bytes; and what a log
/// keeps of it is checked alike.
void hold(const filing::CheckedFiling& checked, ByteView bytes, codec::JsonReader& reader) {
  std::vector<filing::StoredPart> parts;
  for (const auto& item : checked.items()) {
    if (!item.item.hidden()) COMITY_ASSERT(item.head && filing::check_public(*item.head));
    parts.push_back({item.salt, item.content});
  }
  COMITY_ASSERT(equal(filing::write_envelope(checked.entry(), checked.manifest(), parts), bytes));
  COMITY_ASSERT(
      filing::check_stored(filing::OwnedStatement::parse(to_bytes(checked.entry())).value(),
                           checked.manifest(), parts, find_key(), reader));
}

}  // namespace

COMITY_FUZZ_TARGET(filing_check_fuzz)(const std::uint8_t* data, std::size_t size) {
  static codec::JsonReader reader;
  const ByteView bytes = std::as_bytes(std::span(data, size));
  const auto checked = filing::check(to_bytes(bytes), find_key(), reader);
  if (checked) hold(*checked, bytes, reader);
  const auto founding = filing::check_founding(to_bytes(bytes), reader);
  if (founding) COMITY_ASSERT(codec::key_id(founding->key()) == founding->statement().kid);
  return 0;
}
