#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

/// COMITY_FUZZ_TARGET(codec_json_fuzz)(const std::uint8_t* data, std::size_t size) { ... return 0;
/// }
///
/// A fuzz target, which ends the program where something does not hold. In the preset `fuzz` it is
/// libFuzzer's entry point; elsewhere one of the targets that tests/fuzz_replay.cc finds by name.
#ifdef COMITY_FUZZ
#define COMITY_FUZZ_TARGET(name) extern "C" int LLVMFuzzerTestOneInput
#else
#define COMITY_FUZZ_TARGET(name)                                     \
  static int name(const std::uint8_t* data, std::size_t size);       \
  static const comity::fuzz::FuzzTarget name##_target(#name, &name); \
  static int name
#endif

namespace comity::fuzz {

/// One that is known by its name from its making on, which is before main().
class FuzzTarget {
 public:
  using Run = int (*)(const std::uint8_t* data, std::size_t size);

  FuzzTarget(std::string_view name, Run run);
};

}  // namespace comity::fuzz
