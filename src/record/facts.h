#pragma once

#include "codec/json_value.h"
#include "record/row.h"
#include "record/texts.h"

namespace comity::record {

/// The codes in Comity's extension, as rows [field, line, ordinal, value] of the table `fact`.
///
/// `field` is the path of member names, such as "effects", "victims.countries" or
/// "coding.values.incident_type"; `ordinal` the place in a list of values, from 0; `line`, where
/// the path leads through a list of objects, the place there from 1, else 0. A list of objects has
/// besides a row with an empty value for each of its objects, so that one without members counts.
/// Integers and truth values stand as texts. What is no code is left out: running text (wording,
/// reasons), a norm's rule, keys; and where a name holds a dot, or nothing, so that two paths are
/// one text, all but the first value of a place. Pure and total. docs/formats/record-rows.md tells
/// it all.
void add_facts(const codec::JsonValue& extension, Texts& texts, Rows& rows);

}  // namespace comity::record
