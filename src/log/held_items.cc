#include "log/held_items.h"

#include <utility>

namespace comity::log {

Result<HeldItems> HeldItems::open(const std::string& state_path) {
  COMITY_TRY(auto database, Database::open_to_read(state_path));
  HeldItems items(std::move(database));
  COMITY_TRY(items.held_,
             items.database_.prepare("SELECT entry, ordinal, disclosed, disclosed_at FROM marks "
                                     "WHERE held = 1 ORDER BY entry, ordinal"));
  return items;
}

Result<std::vector<HeldItem>> HeldItems::read() const {
  std::vector<HeldItem> items;
  Query query(held_);
  while (true) {
    COMITY_TRY(const bool row, query.step());
    if (!row) return items;
    const filing::ItemPlace item{query.count(0), query.count(1)};
    items.push_back({item, query.integer(2) != 0 ? query.count(3) : item.entry});
  }
}

}  // namespace comity::log
