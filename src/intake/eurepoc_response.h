#pragma once

#include <string_view>

#include "base/error.h"
#include "intake/eurepoc_maker.h"

namespace comity::intake {

/// How many responses of that kind ("political" or "legal") the data set counts; marks a number
/// that doesn't read and takes it for none.
[[nodiscard]] std::size_t eurepoc_responses(const EurepocRecord& record, std::string_view kind,
                                            Doubts& doubts);
/// Makes the responses that the data set counts.
Result<void> make_eurepoc_responses(const EurepocMaker& with, const EurepocRecord& record,
                                    std::string_view kind);

}  // namespace comity::intake
