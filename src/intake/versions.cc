#include "intake/versions.h"

#include <algorithm>
#include <set>

#include "crypto/sha256.h"

namespace comity::intake {
namespace {

/// Where the values of an object's head stand; StixMaker writes them in this order, before any text
/// of a source.
struct Head {
  std::string_view id;
  std::string_view created;
  std::string_view modified;
};

/// The value of the member that begins with `mark` at or after `at`, which is moved behind it.
/// Nothing where the value has an escape: no id or time needs one.
std::optional<std::string_view> value(std::string_view object, std::string_view mark,
                                      std::size_t& at) {
  const std::size_t begin = object.find(mark, at);
  if (begin == object.npos) return std::nullopt;
  const std::size_t end = object.find_first_of("\"\\", begin + mark.size());
  if (end == object.npos || object[end] == '\\') return std::nullopt;
  at = end;
  return object.substr(begin + mark.size(), end - begin - mark.size());
}

std::optional<Head> read_head(std::string_view object) {
  if (!object.starts_with("{\"type\":\"")) return std::nullopt;
  std::size_t at = 0;
  const auto id = value(object, "\"spec_version\":\"2.1\",\"id\":\"", at);
  if (!id || at > 512) return std::nullopt;
  const auto creator = value(object, "\",\"created_by_ref\":\"", at);
  if (!creator || at > 1024) return std::nullopt;
  const auto created = value(object, "\",\"created\":\"", at);
  if (!created || at > 1024) return std::nullopt;
  const auto modified = value(object, "\",\"modified\":\"", at);
  if (!modified || at > 1024) return std::nullopt;
  return Head{*id, *created, *modified};
}

ContentDigest content_of(std::string_view object, const Head& head) {
  const auto offset = [object](std::string_view part) {
    return static_cast<std::size_t>(part.data() - object.data());
  };
  const std::string_view first = object.substr(0, offset(head.created));
  const std::size_t behind = offset(head.created) + head.created.size();
  const std::string_view middle = object.substr(behind, offset(head.modified) - behind);
  const std::string_view last = object.substr(offset(head.modified) + head.modified.size());
  return {crypto::sha256({as_bytes(first), as_bytes(middle), as_bytes(last)})};
}

}  // namespace

std::optional<FiledVersion> filed_version(std::string_view object) {
  const auto head = read_head(object);
  if (!head) return std::nullopt;
  const auto modified = parse_timestamp(head->modified);
  if (!modified) return std::nullopt;
  return FiledVersion{std::string(head->created), *modified, content_of(object, *head), false};
}

Result<Changes> changes(std::vector<std::string> objects, const Filed& filed) {
  Changes result;
  std::set<std::string, std::less<>> seen;
  for (std::string& object : objects) {
    const auto head = read_head(object);
    COMITY_ASSERT(head.has_value());
    if (!seen.emplace(head->id).second) continue;
    COMITY_TRY(const auto before, filed(head->id));
    if (!before) {
      ++result.added;
      result.objects.push_back(std::move(object));
      continue;
    }
    if (before->withdrawn) {
      ++result.withdrawn;
      continue;
    }
    if (content_of(object, *head) == before->content) {
      ++result.unchanged;
      continue;
    }
    COMITY_TRY(const UnixMicros now, parse_timestamp(head->modified));
    const UnixMicros later{std::max(count(now), count(before->modified) / 1000 * 1000 + 1000)};
    const auto at = static_cast<std::size_t>(head->modified.data() - object.data());
    const auto created_at = static_cast<std::size_t>(head->created.data() - object.data());
    const std::size_t size = head->modified.size();
    const std::size_t created_size = head->created.size();
    // From behind, so that the first place still holds.
    object.replace(at, size, to_rfc3339(later));
    object.replace(created_at, created_size, before->created);
    ++result.changed;
    result.objects.push_back(std::move(object));
  }
  return result;
}

}  // namespace comity::intake
