#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>

#include "query/snapshot.h"

namespace comity::query {

/// What is counted of something that does not say it.
inline constexpr std::string_view kNotStated = "not_stated";

/// The stakeholder groups of claimants: of a party the one under which it was admitted, of another
/// identity the one that its object states, else kNotStated. Each read once; one thread.
class Groups {
 public:
  [[nodiscard]] static Result<Groups> open(const Snapshot& snapshot, std::uint64_t size);

  /// `object` 0: nobody is named, or several are.
  [[nodiscard]] Result<std::string> of(std::int64_t object);

 private:
  [[nodiscard]] Result<std::string> find(std::int64_t object) const;

  std::uint64_t size_ = 0;
  log::Prepared party_, identity_;
  std::unordered_map<std::int64_t, std::string> groups_;
};

}  // namespace comity::query
