#pragma once

#include <cstddef>

#include "base/error.h"

#include "query/json.h"
#include "query/object_story.h"
#include "query/record_at.h"

namespace comity::query {

/// How many of a kind are told of one object; beyond these it is a search that is needed.
inline constexpr std::size_t kTold = 1000;
inline constexpr std::size_t kNamesakesTold = 50;
inline constexpr std::size_t kRelationsTold = 50;

/// What the text and the JSON of an object are about.
enum class StoryKind : std::uint8_t { withheld, incident, actor, other };
[[nodiscard]] StoryKind kind_of(const ObjectStory& story);
/// "incident" of "incident--...".
[[nodiscard]] std::string type_of(const ObjectStory& story);

/// A version and its object.
[[nodiscard]] Json json_of(const ReadObject& object);

/// The object for programs: all its versions, and what the record says about it: of an incident
/// claims, replies, responses, findings and opinions; of an actor its names, who else has them, the
/// claims that name it and its relationships; of anything else findings about it, claims made by it
/// and what names it.
[[nodiscard]] Result<Json> story_json(RecordAt& at, const ObjectStory& story);

}  // namespace comity::query
