#include "filing/comity_namespace.h"

namespace comity::filing {

const crypto::Uuid& comity_namespace() {
  // 05b69690-6f56-484c-93bb-14eb44699448: drawn at random once, never to change.
  static constexpr crypto::Uuid kNamespace{
      {std::byte{0x05}, std::byte{0xb6}, std::byte{0x96}, std::byte{0x90}, std::byte{0x6f},
       std::byte{0x56}, std::byte{0x48}, std::byte{0x4c}, std::byte{0x93}, std::byte{0xbb},
       std::byte{0x14}, std::byte{0xeb}, std::byte{0x44}, std::byte{0x69}, std::byte{0x94},
       std::byte{0x48}}};
  return kNamespace;
}

}  // namespace comity::filing
