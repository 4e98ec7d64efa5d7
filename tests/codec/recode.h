#pragma once

#include "codec/cbor.h"

namespace comity::codec {

/// Copies one item from the reader to the writer, head by head: for deterministic CBOR the bytes
/// must come out the same. For tests; recursion is as deep as the item nests.
inline Result<void> recode(CborReader& from, CborWriter& to) {
  COMITY_TRY(const auto kind, from.peek());
  switch (kind) {
    case CborKind::kUnsigned: {
      COMITY_TRY(const auto value, from.read_uint());
      to.write_uint(value);
      return {};
    }
    case CborKind::kNegative: {
      CborReader ahead = from;
      COMITY_TRY(const auto item, from.read_item());
      if (const auto value = ahead.read_int()) {
        to.write_int(*value);
      } else {
        to.write_item(item);  // below -2^63
      }
      return {};
    }
    case CborKind::kBytes: {
      COMITY_TRY(const auto bytes, from.read_bytes());
      to.write_bytes(bytes);
      return {};
    }
    case CborKind::kText: {
      COMITY_TRY(const auto text, from.read_text());
      to.write_text(text);
      return {};
    }
    case CborKind::kArray: {
      COMITY_TRY(const auto items, from.read_array());
      to.write_array(items);
      for (std::size_t i = 0; i < items; ++i) COMITY_CHECK(recode(from, to));
      return {};
    }
    case CborKind::kMap: {
      COMITY_TRY(const auto pairs, from.read_map());
      to.write_map(pairs);
      for (std::size_t i = 0; i < 2 * pairs; ++i) COMITY_CHECK(recode(from, to));
      return {};
    }
    case CborKind::kTag: {
      COMITY_CHECK(from.read_tag(kSign1Tag));
      to.write_tag(kSign1Tag);
      return recode(from, to);
    }
    case CborKind::kBool: {
      COMITY_TRY(const bool value, from.read_bool());
      to.write_bool(value);
      return {};
    }
    case CborKind::kNull:
      COMITY_CHECK(from.read_null());
      to.write_null();
      return {};
  }
  return {};
}

}  // namespace comity::codec
