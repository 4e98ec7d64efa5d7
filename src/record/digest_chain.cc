#include "record/digest_chain.h"

#include <array>

#include "crypto/sha256.h"

namespace comity::record {

RecordDigest extend(const RecordDigest& record, const ChangesDigest& changes) {
  static constexpr std::array kPrefix{std::byte{0x02}};
  return crypto::digest_of<filing::RecordTag>({ByteView(kPrefix), record.view(), changes.view()});
}

ChangesDigest digest_changes(ByteView canonical_changes) {
  return crypto::digest_of<ChangesTag>({canonical_changes});
}

}  // namespace comity::record
