#pragma once

#include <string>

#include "base/error.h"
#include "intake/eurepoc_claim.h"
#include "intake/eurepoc_maker.h"
#include "intake/eurepoc_names.h"

namespace comity::intake {

/// Makes the note of one attribution. `incident` is the name that its incident's id is made of.
Result<void> make_eurepoc_attribution(const EurepocMaker& with, const EurepocNames& names,
                                      const EurepocClaim& claim, const std::string& incident,
                                      bool repeated_number);

}  // namespace comity::intake
