#pragma once

#include <optional>
#include <vector>

#include "base/bytes.h"
#include "codec/json.h"
#include "stix/finding.h"
#include "stix/object_checker.h"

namespace comity::stix {

/// Holds objects and bundles against STIX 2.1. One per thread; it keeps its buffers, so that an
/// object without findings allocates nothing. Pure: the same object has the same findings for ever,
/// whatever the clock, the locale or other objects say.
///
/// Takes time linear in the text, but for sorting (object_checker.h). What only other objects could
/// tell (whether a reference resolves, whether a version is the latest) is not looked at.
class Validator {
 public:
  /// All findings on a STIX object, or on a bundle with what is in it, in the order of the walk; at
  /// most Report::kMost errors and as many warnings. The object may come from `JsonReader::parse`.
  [[nodiscard]] std::vector<Finding> validate(const codec::JsonObject& object);

  /// Of a bundle what cannot be told of its objects one by one: its own properties, and what the
  /// objects break together. An object that is no bundle is judged as by `validate`.
  [[nodiscard]] std::vector<Finding> validate_frame(const codec::JsonObject& bundle);

  /// The first error, or nothing: then all MUSTs hold. Warnings are not looked for.
  [[nodiscard]] std::optional<Finding> first_error(const codec::JsonObject& object);

 private:
  void run(const codec::JsonObject& object, Effort effort, Extent extent);

  Scratch scratch_;
  std::vector<Finding> findings_;
};

/// What a JSON reader's refusal is as a finding on the whole text; a fault is none.
[[nodiscard]] std::optional<Finding> as_finding(const Error& error);

}  // namespace comity::stix
