#pragma once

#include <span>
#include <string>

#include "base/bytes.h"

#include "context.h"

namespace comity::cli {

/// The first few things that an import would file, as they were understood: of incidents the name,
/// start and end with their precision, victims' countries and who is said to claim what; where
/// there are no incidents, types and names. `objects` are STIX objects.
[[nodiscard]] Json import_preview(std::span<const Bytes> objects);

/// The same for a person; empty where there is nothing to show.
[[nodiscard]] std::string import_preview_text(const Json& preview);

}  // namespace comity::cli
