#include "record_digest.h"

#include "submit.h"

namespace comity::cli {

Result<log::Registered> file_digest(OpenRegistry& registry, const record::Stamp& stamp) {
  return submit_control(registry, filing::FileDigest{.size = stamp.size, .digest = stamp.digest});
}

Result<void> submit_digest(OpenRegistry& registry, const record::Stamp& stamp,
                           log::Sequencer::Answer answer) {
  COMITY_TRY(auto request, sign_control(registry, filing::FileDigest{.size = stamp.size,
                                                                     .digest = stamp.digest}));
  return registry.registry->sequencer().submit(std::move(request), std::move(answer));
}

}  // namespace comity::cli
