#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.h"
#include "views/message.h"

#include "query/json.h"
#include "query/readers.h"

/// What answers of the JSON API and of the feed have in common.
namespace comity::views {

/// Makes an answer that there is: what it is made of was checked and found before.
using MakeJson = std::move_only_function<Result<query::Json>()>;

/// The entity tag of whatever is told of a record: its size, the beginning of its digest, and
/// `maker`, which stands for what else an answer follows from. Whoever asks again before anything
/// was filed gets a 304. Also of an older state of the record: what is erased or put on hold since
/// is in later entries. Another record of the same size, and another program, have another tag.
[[nodiscard]] std::string entity_tag(const query::Snapshot& snapshot, std::string_view maker);

/// Refuses `media-type-unacceptable` where the Accept field does not take that type.
[[nodiscard]] Result<void> check_accept(const Request& request, std::string_view type);

/// 304 where If-None-Match has the tag or is "*" (RFC 9110 section 13.1.2, weak comparison), else
/// nothing. REQUIRES: without the condition the answer would be 200 (section 13.2.1).
[[nodiscard]] std::optional<Response> not_modified(const Request& request, const std::string& tag);

/// A response of that type and body, to be asked for again before it is used another time.
[[nodiscard]] Response tagged(std::string_view type, const std::string& tag, Body body);

/// The JSON in one line. Bytes that are not UTF-8, as nothing that was admitted has, are replaced.
[[nodiscard]] std::string text_of(const query::Json& json);

}  // namespace comity::views
