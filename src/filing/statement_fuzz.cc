#include <cstddef>
#include <cstdint>
#include <span>

#include "codec/cose.h"
#include "filing/statement.h"

#include "tests/fuzz_target.h"

/// What is read is all that the bytes say: written again from the members alone it is the same.
COMITY_FUZZ_TARGET(filing_statement_fuzz)(const std::uint8_t* data, std::size_t size) {
  using namespace comity;
  const ByteView bytes = std::as_bytes(std::span(data, size));
  const auto statement = filing::parse_statement(bytes);
  if (!statement) return 0;
  const Bytes header = filing::write_header(*statement);
  COMITY_ASSERT(equal(header, statement->protected_header));
  const Bytes again =
      codec::write_sign1({header, codec::empty_map(), statement->payload, statement->signature});
  COMITY_ASSERT(equal(again, bytes));
  return 0;
}
