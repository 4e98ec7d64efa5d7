#pragma once

#include <map>
#include <string>

#include "base/error.h"
#include "intake/eurepoc_maker.h"

namespace comity::intake {

/// Texts that two incidents have in common, which are perhaps one.
struct EurepocDuplicates {
  std::map<std::string, int, std::less<>> names;
  std::map<std::string, int, std::less<>> descriptions;
};

/// Makes the incident and its relationships to places.
Result<void> make_eurepoc_incident(const EurepocMaker& with, const EurepocRecord& record,
                                   const EurepocDuplicates& duplicates);

}  // namespace comity::intake
