#include "query/table.h"

namespace comity::query {

const Column& Table::column(std::string_view name) const {
  const auto found = columns_.find(name);
  return found == columns_.end() ? none_ : found->second;
}

Marks Table::incidents_with(const Marks& rows) const {
  Marks incidents(incidents_);
  for (std::size_t row = 0; row < rows.size(); ++row)
    if (rows[row]) incidents.set(incident_of_[row]);
  return incidents;
}

}  // namespace comity::query
