#include "rules/versions.h"

#include <string>
#include <string_view>
#include <unordered_set>

namespace comity::rules {
namespace {

std::unexpected<Error> refuse_revoked(std::string_view id, std::uint64_t entry) {
  return refuse("object-revoked", std::string(id) + " was revoked by its filer in entry " +
                                      std::to_string(entry) +
                                      "; a revocation is final, so file a new object.");
}

}  // namespace

Result<void> check_version(const Version& version, const State& state) {
  COMITY_TRY(const auto taken, state.version(version.party, version.id, version.version));
  if (taken)
    return refuse("version-taken", "This version of " + version.id +
                                       " is filed already, in entry " +
                                       std::to_string(taken->place.entry) +
                                       "; give a changed object a later `modified`.");
  COMITY_TRY(const auto revocation, state.revocation(version.party, version.id));
  if (revocation) return refuse_revoked(version.id, revocation->place.entry);
  return {};
}

Result<std::vector<Version>> take_versions(const filing::CheckedFiling& filing, const State& state,
                                           std::uint64_t index) {
  std::vector<Version> versions;
  std::unordered_set<std::string_view> revoked_here;
  const auto items = filing.items();
  for (std::size_t ordinal = 0; ordinal < items.size(); ++ordinal) {
    const filing::Item& item = items[ordinal].item;
    if (item.hidden()) continue;
    Version version{.party = std::string(filing.statement().issuer),
                    .id = std::string(item.id),
                    .version = item.version,
                    .place = {.entry = index, .ordinal = ordinal},
                    .revoked = item.revoked};
    COMITY_CHECK(check_version(version, state));
    if (revoked_here.contains(item.id)) return refuse_revoked(item.id, index);
    if (item.revoked) revoked_here.insert(item.id);
    versions.push_back(std::move(version));
  }
  return versions;
}

}  // namespace comity::rules
