#include <cstddef>
#include <cstdint>
#include <span>

#include "filing/object.h"
#include "filing/stix_id.h"

#include "tests/fuzz_target.h"

/// A head that is read holds what its comment promises, and a used reader reads alike.
COMITY_FUZZ_TARGET(filing_object_fuzz)(const std::uint8_t* data, std::size_t size) {
  using namespace comity;
  static codec::JsonReader used;
  const ByteView bytes = std::as_bytes(std::span(data, size));
  const auto head = filing::read_object(bytes, used);
  codec::JsonReader fresh;
  COMITY_ASSERT(filing::read_object(bytes, fresh) == head);
  if (!head) return 0;
  COMITY_ASSERT(filing::is_stix_id(head->id, head->type));
  COMITY_ASSERT(head->creator.empty() || filing::is_party_id(head->creator));
  COMITY_ASSERT(count(head->version) >= 0);
  return 0;
}
