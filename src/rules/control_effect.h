#pragma once

#include <cstdint>
#include <optional>

#include "base/error.h"
#include "codec/json.h"
#include "filing/control.h"
#include "rules/admit.h"
#include "rules/state.h"

namespace comity::rules {

/// The versions of the rules that this software can judge by: 1 to this.
inline constexpr std::uint64_t kKnownRules = 1;

/// What a control statement does besides standing in the log.
struct ControlEffect {
  Changes changes;
  std::optional<filing::ItemPlace> erased;
  std::optional<Disclosure> disclosed;  ///< salt and content for the public segment, if any
};

/// What a control may look at.
struct ControlView {
  const State& state;
  std::uint64_t index = 0;
  const FindItem& find_item;
  codec::JsonReader& reader;
  std::uint64_t known_rules = kKnownRules;
};

/// The effect of a control at entry `view.index`: `docs/formats/control.md`. Who signed it has been
/// seen to. Pure but for `find_item`. Refuses
///   tick: `tick-not-later`;
///   disclose: `item-unknown`, `item-not-hidden`, `item-erased`, `item-disclosed`,
///     `disclosure-missing`, `disclosure-mismatch`, what the reader of hidden contents and objects
///     refuses, `version-taken`, `object-revoked`;
///   erase: `item-unknown`, `item-protected`, `item-erased`, `item-held`;
///   hold: `item-unknown`, `item-protected`, `item-erased`, `hold-unchanged`;
///   rules: `rules-version-unknown`;
///   digest: `digest-size-ahead`.
[[nodiscard]] Result<ControlEffect> apply_control(const filing::Control& control,
                                                  const ControlView& view,
                                                  std::optional<Disclosure> disclosure);

}  // namespace comity::rules
