#include <cstdint>

#include "http_client.h"
#include "tests/fuzz_target.h"

// The head of another server's answer, line by line: whatever stands in it, the fields are few,
// their names in lower case, their values without the end of the line; and written again they are
// read as the same.
COMITY_FUZZ_TARGET(cli_http_client_fuzz)(const std::uint8_t* data, std::size_t size) {
  using namespace comity;
  std::string_view head(reinterpret_cast<const char*>(data), size);
  cli::HttpAnswer answer;
  while (!head.empty()) {
    const std::size_t end = head.find('\n');
    const std::string_view line = head.substr(0, end == head.npos ? end : end + 1);
    answer.take_line(line);
    head.remove_prefix(line.size());
  }
  COMITY_ASSERT(answer.fields.size() <= cli::kMostFields);
  cli::HttpAnswer again;
  for (const auto& [name, value] : answer.fields) {
    COMITY_ASSERT(name.find_first_of(":ABCDEFGHIJKLMNOPQRSTUVWXYZ") == name.npos);
    COMITY_ASSERT(!value.starts_with(' ') && !value.ends_with('\r') && !value.ends_with('\n'));
    again.take_line(name + ": " + value + "\r\n");
  }
  COMITY_ASSERT(again.fields == answer.fields);
  return 0;
}
