#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "intake/eurepoc_claim.h"
#include "intake/stix_maker.h"

namespace comity::intake {

/// Everybody whom attributions name: the claimants as identities, the actors as objects.
class EurepocNames {
 public:
  EurepocNames(const StixMaker& maker, const std::vector<EurepocClaim>& claims);

  /// "" for a name that is withheld.
  [[nodiscard]] std::string claimant(std::string_view name) const;
  [[nodiscard]] std::string unnamed_state(std::string_view country) const;
  [[nodiscard]] std::string actor(std::string_view name) const;
  [[nodiscard]] const std::vector<std::string>& objects() const { return objects_; }

 private:
  struct Seen {
    std::set<std::string> groups;  ///< "" for a claim whose kind leads to none
    std::set<std::string> categories;
  };
  using Names = std::map<std::string, Seen, std::less<>>;
  void make_claimants(const Names& names);
  void make_unnamed(const std::set<std::string>& countries);
  void make_actors(const Names& names);

  const StixMaker* maker_;
  std::map<std::string, std::string, std::less<>> claimants_;
  std::map<std::string, std::string, std::less<>> actors_;
  std::vector<std::string> objects_;
};

}  // namespace comity::intake
