#pragma once

#include <string>

#include "intake/case.h"

/// Who imports in tests.
namespace comity::intake {

inline const std::string kParty = "identity--0c5e3b8a-6d3f-4b52-9c1e-5d1f6a2b7c90";
inline const Importer kImporter{kParty, UnixMicros{1'750'000'000'000'000}};

}  // namespace comity::intake
