#include "object_input.h"

#include <utility>

#include <fmt/format.h>

#include "codec/json_slices.h"

#include "disk_file.h"
#include "text.h"

namespace comity::cli {
namespace {

std::unexpected<Error> refused_at(const std::string& place, const Error& error) {
  return std::unexpected<Error>(at_place(place, error));
}

/// Adds the object, or those of a bundle.
Result<void> add_object(ByteView bytes, const std::string& place, codec::JsonReader& reader,
                        std::vector<InputObject>& objects) {
  auto head = filing::read_object(bytes, reader);
  if (head) {
    objects.push_back({bytes, std::move(*head)});
    return {};
  }
  const std::string code = head.error().code();
  // A bundle may be larger than any object.
  if (code != "object-is-bundle" && code != "json-too-large")
    return refused_at(place, head.error());
  const auto elements = codec::json_elements(bytes, "objects");
  if (!elements) return refused_at(place, elements.error());
  if (elements->empty() && code == "json-too-large") return refused_at(place, head.error());
  for (std::size_t i = 0; i < elements->size(); ++i) {
    auto inner = filing::read_object((*elements)[i], reader);
    if (!inner)
      return refused_at(fmt::format("{}, object {} of the bundle", place, i + 1), inner.error());
    objects.push_back({(*elements)[i], std::move(*inner)});
  }
  return {};
}

}  // namespace

Result<ObjectInput> read_objects(const std::vector<std::string>& paths) {
  ObjectInput input;
  codec::JsonReader reader;
  for (const auto& path : paths) {
    COMITY_TRY(input.files.emplace_back(), read_file(path, kInputBytes));
    const auto texts = codec::json_objects(input.files.back());
    if (!texts) return refused_at(path, texts.error());
    for (std::size_t i = 0; i < texts->size(); ++i) {
      const std::string place =
          texts->size() == 1 ? path : fmt::format("{}, object {}", path, i + 1);
      COMITY_CHECK(add_object((*texts)[i], place, reader, input.objects));
    }
  }
  if (input.objects.empty())
    return refuse("input-empty", "There is no object to file; name a file that holds some.");
  return input;
}

}  // namespace comity::cli
