#pragma once

#include <string>
#include <string_view>

#include "tests/filing/samples.h"
#include "tests/query/sample_record.h"

/// Objects of all shelves of the record, by a creator that is told.
namespace comity::samples {

inline std::string time_at(int second) {
  const std::string digits = std::to_string(second);
  return "2026-01-02T00:00:" + std::string(digits.size() == 1 ? "0" : "") + digits + ".000Z";
}

/// Version `second` of an object, created at second 0.
inline std::string made(std::string_view type, int number, int creator, int second,
                        std::string_view more) {
  return R"({"type":")" + std::string(type) + R"(","spec_version":"2.1","id":")" +
         std::string(type) + "--" + uuid(number) + R"(","created":")" + time_at(0) +
         R"(","modified":")" + time_at(second) + R"(","created_by_ref":")" + party(creator) + '"' +
         std::string(more) + "}";
}

inline std::string made_note(int number, int second = 0, int creator = SampleRecord::kParty,
                             std::string_view more = "") {
  return made("note", number, creator, second,
              R"(,"content":"n","object_refs":[")" + party(1) + R"("])" + std::string(more));
}
inline std::string made_incident(int number, int second = 0, int creator = SampleRecord::kParty) {
  return made("incident", number, creator, second,
              R"(,"name":"incident )" + std::to_string(number) + '"' +
                  extension("incident", R"(,"effects":["data_theft"])"));
}
inline std::string made_norm(int number, std::string_view kind = "norm", int second = 0) {
  return made("note", number, SampleRecord::kParty, second,
              R"(,"content":"A norm.","object_refs":[")" + party(1) + R"("])" +
                  extension(kind, R"(,"rulebook":"un-norms","ref":"13a")"));
}

}  // namespace comity::samples
