#include "filing/tlp.h"

#include <array>
#include <cstddef>
#include <utility>

namespace comity::filing {

Tlp tlp_of(std::string_view marking_id) {
  constexpr std::string_view kPrefix = "marking-definition--";
  static constexpr std::array<std::pair<std::string_view, Tlp>, 9> kMarkings{{
      {"94868c89-83c2-464b-929b-a1a8aa3c8487", Tlp::clear},
      {"bab4a63c-aed9-4cf5-a766-dfca5abac2bb", Tlp::green},
      {"55d920b0-5e8b-4f79-9ee9-91f868d9b421", Tlp::amber},
      {"939a9414-2ddd-4d32-a0cd-375ea402b003", Tlp::amber_strict},
      {"e828b379-4e03-4974-9ac4-e53a884c97c1", Tlp::red},
      {"613f2e26-407d-48c7-9eca-b8e91df99dc9", Tlp::clear},
      {"34098fce-860f-48ae-8e50-ebd3cc5e41da", Tlp::green},
      {"f88d31f6-486f-44da-b317-01333bde0b82", Tlp::amber},
      {"5e57c739-391a-4eb3-b6be-7d15ca92d5ed", Tlp::red},
  }};
  if (!marking_id.starts_with(kPrefix)) return Tlp::none;
  for (const auto& [uuid, tlp] : kMarkings)
    if (marking_id.substr(kPrefix.size()) == uuid) return tlp;
  return Tlp::none;
}

std::string_view name_of(Tlp tlp) {
  static constexpr std::array<std::string_view, 6> kNames{
      "no TLP marking", "TLP:CLEAR", "TLP:GREEN", "TLP:AMBER", "TLP:AMBER+STRICT", "TLP:RED"};
  return kNames[static_cast<std::size_t>(tlp)];
}

}  // namespace comity::filing
