#pragma once

#include <string>

#include "object_story.h"

namespace comity::cli {

/// The object as a person wants to read it: an incident with claims, responses, replies and
/// sources; anything else with its properties; and where it stands in the log.
[[nodiscard]] std::string object_text(const ObjectStory& story, const ReadRegistry& registry);
/// The same for programs: versions, and what names the object.
[[nodiscard]] Json object_json(const ObjectStory& story);

/// What happened, who says what, what was done: of an object of type `incident`.
[[nodiscard]] std::string incident_text(const ObjectStory& story);

/// A date as exact as it is known: "27 June 2017", "June 2017 (day not known)"; "" for none.
[[nodiscard]] std::string date_text(const Json& date);
/// The words of a vocabulary for a person: "supply_chain" is "supply chain".
[[nodiscard]] std::string plain_words(const std::vector<std::string>& words);

}  // namespace comity::cli
