#pragma once

#include <string>

#include "base/bytes.h"
#include "base/error.h"
#include "rules/charter.h"

namespace comity::cli {

/// A party's application, a STIX bundle of its identity and of the note that adds its key, each as
/// it was written.
struct Application {
  Bytes identity;
  Bytes key_note;
  /// What it asks to be vouched for, as it says itself. Its group is one; country and controller
  /// may be empty, and are not judged before the note is filed.
  rules::AdmissionNote admission{};
};

/// The bundle, whose id has that UUID.
[[nodiscard]] std::string print(const Application& application, const std::string& uuid);
/// Refuses `application-malformed`, and as codec::json_elements, filing::read_object and
/// rules::parse_key_note do; `path` names the file in the sentence. The key's proof is not
/// verified, for that needs the origin.
[[nodiscard]] Result<Application> parse_application(ByteView bytes, const std::string& path);
/// Refuses as above, and as read_file.
[[nodiscard]] Result<Application> read_application(const std::string& path);

}  // namespace comity::cli
