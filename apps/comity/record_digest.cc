#include "record_digest.h"

#include <cstdio>

#include "record/digest_due.h"

#include "record_directory.h"
#include "submit.h"
#include "text.h"

namespace comity::cli {
namespace {

Result<void> file_if_due(OpenRegistry& registry, const Context& context) {
  COMITY_TRY(const auto read, registry.read());
  COMITY_TRY(const auto since, record::since_digest(read.log_reader()));
  if (!record::is_digest_due(since)) return {};
  COMITY_TRY(auto held, hold_record(read, context));
  COMITY_CHECK(held.catch_up(read, context));
  COMITY_CHECK(file_digest(registry, held.follower->stamp()));
  return {};
}

}  // namespace

Result<log::Registered> file_digest(OpenRegistry& registry, const record::Stamp& stamp) {
  return submit_control(registry, filing::FileDigest{.size = stamp.size, .digest = stamp.digest});
}

Result<void> submit_digest(OpenRegistry& registry, const record::Stamp& stamp,
                           log::Sequencer::Answer answer) {
  COMITY_TRY(auto request, sign_control(registry, filing::FileDigest{.size = stamp.size,
                                                                     .digest = stamp.digest}));
  return registry.registry->sequencer().submit(std::move(request), std::move(answer));
}

void file_digest_when_due(OpenRegistry& registry, const Context& context) {
  const auto filed = file_if_due(registry, context);
  if (!filed)
    std::fprintf(stderr, "comity: the digest of the record was not filed: %s\n",
                 printable(filed.error().sentence()).c_str());
}

}  // namespace comity::cli
