#include "written_registry.h"

#include <cstdio>

#include "codec/cose_key.h"
#include "record/digest_due.h"

#include "record_digest.h"
#include "record_directory.h"
#include "text.h"

namespace comity::cli {
namespace {

/// Where the registrar's key was rotated it signs no more: goes on with the one in its place.
Result<void> renew_key(std::unique_ptr<OpenRegistry>& open, Context& context) {
  COMITY_TRY(const auto key, open->state().key(codec::key_id(open->registrar_key().public_key())));
  if (key && !key->revoked_at) return {};
  const std::string directory = open->directory;
  open.reset();  // its lock
  COMITY_TRY(open, open_registry(directory, context));
  return {};
}

Result<void> file_if_due(std::unique_ptr<OpenRegistry>& open, std::uint64_t before,
                         Context& context) {
  if (!open->registry->sequencer().running()) return {};  // which the verb has told
  COMITY_TRY(const std::uint64_t size, open->state().size());
  if (size == before) return {};
  COMITY_TRY(const auto read, open->read());
  COMITY_TRY(const auto since, record::since_digest(read.log_reader()));
  if (!record::is_digest_due(since)) return {};
  COMITY_CHECK(renew_key(open, context));
  COMITY_TRY(auto held, hold_record(read, context));
  COMITY_CHECK(held.catch_up(read, context));
  COMITY_CHECK(file_digest(*open, held.follower->stamp()));
  return {};
}

}  // namespace

void CloseWritten::operator()(OpenRegistry* registry) const {
  std::unique_ptr<OpenRegistry> open(registry);
  const auto filed = file_if_due(open, size, *context);
  if (!filed)
    std::fprintf(stderr, "comity: the digest of the record was not filed: %s\n",
                 printable(filed.error().sentence()).c_str());
}

Result<WrittenRegistry> open_to_write(const std::string& directory, Context& context) {
  COMITY_TRY(auto open, open_registry(directory, context));
  COMITY_TRY(const std::uint64_t size, open->state().size());
  return WrittenRegistry(open.release(), CloseWritten{.context = &context, .size = size});
}

}  // namespace comity::cli
