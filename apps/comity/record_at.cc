#include "record_at.h"

namespace comity::cli {

Result<RecordAt> RecordAt::open(const std::string& directory, const query::AsOf& as_of,
                                const Context& context) {
  COMITY_TRY(auto registry, read_registry(directory));
  COMITY_TRY(auto opened, read_record(registry, context));
  auto record = std::make_unique<ReadRecord>(std::move(opened));
  COMITY_TRY(const std::uint64_t size, record->snapshot.size_at(as_of));
  COMITY_TRY(auto at, query::RecordAt::open(record->snapshot, *registry.files, size));
  return RecordAt(std::move(at), std::move(registry), std::move(record));
}

}  // namespace comity::cli
