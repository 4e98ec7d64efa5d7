#include "filing/audience.h"

#include <string>

namespace comity::filing {

Result<void> check_public(const ObjectHead& head) {
  if (head.tlp <= Tlp::clear) return {};
  return refuse("object-not-public", "The object " + head.id + " is marked " +
                                         std::string(name_of(head.tlp)) +
                                         " and can't be filed in public; file it hidden.");
}

Result<void> check_audience(const ObjectHead& head, std::size_t readers) {
  if (head.tlp == Tlp::green && readers > 0)
    return refuse("hidden-audience-mismatch",
                  "The object " + head.id +
                      " is marked TLP:GREEN, which is for every party; name no readers.");
  if (head.tlp > Tlp::green && readers == 0)
    return refuse("hidden-audience-mismatch", "The object " + head.id + " is marked " +
                                                  std::string(name_of(head.tlp)) +
                                                  "; name at least one party that may read it.");
  return {};
}

}  // namespace comity::filing
