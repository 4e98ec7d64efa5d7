#pragma once

#include <optional>
#include <string>

#include "object_story.h"
#include "page.h"
#include "query/statements.h"

namespace comity::cli {

/// How many of a kind are read for a page; beyond these it is a search that is needed.
inline constexpr std::size_t kOnAPage = 1000;

/// The object as a person wants to read it: an incident with claims, replies, responses, findings
/// and sources; an actor with its names and the claims that name it; anything else with its
/// properties and what names it; and where it stands in the log.
[[nodiscard]] Result<Page> object_page(RecordAt& at, const ObjectStory& story);

/// What happened, who says what, what was done: of an object of type `incident`.
[[nodiscard]] Result<Page> incident_page(RecordAt& at, const ObjectStory& story);
/// Who uses which name for it, and which claims name it.
[[nodiscard]] Result<Page> actor_page(RecordAt& at, const ObjectStory& story);

/// A version and its object, for programs.
[[nodiscard]] Json json_of(const ReadObject& object);

/// A date as exact as it is known: "27 June 2017", "June 2017 (day not known)"; "" for none.
[[nodiscard]] std::string date_text(const Json& date);
[[nodiscard]] std::string date_text(const std::optional<query::StatedDate>& date);
/// The words of a vocabulary for a person: "supply_chain" is "supply chain".
[[nodiscard]] std::string plain_words(const std::vector<std::string>& words);

}  // namespace comity::cli
