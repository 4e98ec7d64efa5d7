#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <utility>

#include "base/error.h"
#include "filing/object.h"
#include "rules/state.h"

namespace comity::cli {

/// Which versions of objects a party need not file, since the log has them under its name already
/// or they were seen here before. REQUIRES that nothing is being filed; `state` must outlive it.
class FiledBefore {
 public:
  FiledBefore(const rules::State& state, std::string party)
      : state_(&state), party_(std::move(party)) {}

  /// Whether the object's version is filed, or was asked for before.
  [[nodiscard]] Result<bool> has(const filing::ObjectHead& head) {
    if (!seen_.emplace(head.id, count(head.version)).second) return true;
    COMITY_TRY(const auto filed, state_->version(party_, head.id, head.version));
    return filed.has_value();
  }

 private:
  const rules::State* state_;
  std::string party_;
  std::set<std::pair<std::string, std::int64_t>> seen_;
};

}  // namespace comity::cli
