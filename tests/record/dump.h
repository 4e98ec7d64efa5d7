#pragma once

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "log/sqlite.h"

/// The whole record as text, whatever numbers its words, objects and versions were given: for
/// telling that two records are the same.
namespace comity::record::testing {

inline std::vector<std::vector<std::string>> select(const log::Database& database,
                                                    const std::string& sql, int columns) {
  std::vector<std::vector<std::string>> rows;
  const auto prepared = database.prepare(sql).value();
  log::Query query(prepared);
  while (query.step().value()) {
    std::vector<std::string> row;
    for (int i = 0; i < columns; ++i) row.push_back(query.is_null(i) ? "NULL" : query.text(i));
    rows.push_back(std::move(row));
  }
  return rows;
}

/// Table by table; the rows of each sorted.
inline std::map<std::string, std::vector<std::string>> dump(const log::Database& database) {
  std::map<std::string, std::vector<std::string>> tables;
  for (const auto& table :
       select(database,
              "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT GLOB '*_text_*' "
              "AND name NOT GLOB '*_term'",  // how full text is kept depends on its history
              1)) {
    const std::string& name = table[0];
    std::map<std::string, std::string> refers;
    for (const auto& key :
         select(database, "SELECT \"from\", \"table\" FROM pragma_foreign_key_list('" + name + "')",
                2))
      refers[key[0]] = key[1];
    std::string columns;
    int count = 0;
    for (const auto& info :
         select(database, "SELECT name FROM pragma_table_info('" + name + "')", 1)) {
      const std::string& column = info[0];
      std::string value = name + "." + column;
      if (column == "version" && name != "version")
        value = "(SELECT entry || '/' || ordinal FROM version WHERE id = " + value + ")";
      if (column == "id" && name != "entry") value = "''";
      if (refers[column] == "word" || refers[column] == "stix_type")
        value = "(SELECT text FROM " + refers[column] + " WHERE id = " + value + ")";
      if (refers[column] == "object")
        value =
            "(SELECT t.text || hex(o.uuid) FROM object o JOIN stix_type t ON t.id = o.type "
            "WHERE o.id = " +
            value + ")";
      columns += (columns.empty() ? "quote(" : ", quote(") + value + ")";
      ++count;
    }
    auto& rows = tables[name];
    for (const auto& row : select(database, "SELECT " + columns + " FROM " + name, count)) {
      std::string line;
      for (const std::string& value : row) line += value + " ";
      rows.push_back(std::move(line));
    }
    std::ranges::sort(rows);
  }
  return tables;
}

}  // namespace comity::record::testing
