#pragma once

#include <optional>
#include <string>

#include "query/object_story.h"
#include "query/statements.h"
#include "query/story_json.h"
#include "record_at.h"

namespace comity::cli {

using query::ObjectStory;

/// The object as a person wants to read it: an incident with claims, replies, responses, findings
/// and sources; an actor with its names and the claims that name it; anything else with its
/// properties and what names it; and where it stands in the log.
[[nodiscard]] Result<std::string> object_text(RecordAt& at, const ObjectStory& story);

/// What happened, who says what, what was done: of an object of type `incident`.
[[nodiscard]] Result<std::string> incident_text(RecordAt& at, const ObjectStory& story);
/// Who uses which name for it, and which claims name it.
[[nodiscard]] Result<std::string> actor_text(RecordAt& at, const ObjectStory& story);

/// A date as exact as it is known: "27 June 2017", "June 2017 (day not known)"; "" for none.
[[nodiscard]] std::string date_text(const Json& date);
[[nodiscard]] std::string date_text(const std::optional<query::StatedDate>& date);
/// The words of a vocabulary for a person: "supply_chain" is "supply chain".
[[nodiscard]] std::string plain_words(const std::vector<std::string>& words);

}  // namespace comity::cli
