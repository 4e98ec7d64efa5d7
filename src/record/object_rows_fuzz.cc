#include <cstddef>
#include <cstdint>

#include "record/object_rows.h"

#include "tests/fuzz_target.h"

/// Any JSON object has rows, whose canonical form is deterministic CBOR.
COMITY_FUZZ_TARGET(record_object_rows_fuzz)(const std::uint8_t* data, std::size_t size) {
  using namespace comity;
  codec::JsonReader reader;
  const auto json = reader.read(std::as_bytes(std::span(data, size)));
  if (!json) return 0;
  const record::ObjectRows object(*json);
  Bytes bytes;
  codec::CborWriter writer(bytes);
  writer.write_array(object.rows().size());
  for (const record::Row& row : object.rows()) record::write_row(writer, row);
  COMITY_ASSERT(codec::check_deterministic(bytes));
  return 0;
}
