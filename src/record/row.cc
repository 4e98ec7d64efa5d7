#include "record/row.h"

#include <array>

#include "base/error.h"

namespace comity::record {
namespace {

constexpr std::array<std::string_view, kTables> kTableNames{
    "incident", "fact",    "name", "relation", "about",       "claim",
    "response", "finding", "norm", "opinion",  "publication", "source"};

struct Writer {
  codec::CborWriter& to;

  void operator()(std::monostate /*nothing*/) const { to.write_null(); }
  void operator()(std::int64_t value) const { to.write_int(value); }
  void operator()(std::string_view text) const { to.write_text(text); }
  void operator()(Word word) const { to.write_text(word.text); }
  void operator()(Ref ref) const { to.write_text(ref.id); }
};

}  // namespace

std::string_view name_of(Table table) {
  const auto place = static_cast<std::size_t>(table) - 1;
  COMITY_ASSERT(place < kTableNames.size());
  return kTableNames[place];
}

void write_row(codec::CborWriter& writer, const Row& row) {
  writer.write_array(1 + row.values.size());
  writer.write_uint(static_cast<std::uint64_t>(row.table));
  for (const Value& value : row.values) std::visit(Writer{writer}, value);
}

}  // namespace comity::record
