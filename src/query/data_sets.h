#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

#include "query/snapshot.h"

namespace comity::query {

/// A data set that a party has imported: what the object of the kind `dataset` says.
struct DataSet {
  struct File {
    std::string name;
    std::uint64_t rows = 0;
    std::uint64_t columns = 0;
    std::string sha256;
  };

  std::string name;  ///< "EuRepoC 1.1"
  std::int64_t party = 0;
  std::vector<File> files;
};

/// Those of the record at that size, in the order in which they came.
[[nodiscard]] Result<std::vector<DataSet>> data_sets(const Snapshot& snapshot, std::uint64_t size);

/// An object of a data set: the version that held at that size.
struct CodedVersion {
  std::int64_t version = 0;
  std::int64_t object = 0;
};
/// Of that kind, filed by the data set's party: by version. What is revoked is left out.
[[nodiscard]] Result<std::vector<CodedVersion>> versions_of(const Snapshot& snapshot,
                                                            std::uint64_t size,
                                                            const DataSet& data_set,
                                                            std::string_view kind);

}  // namespace comity::query
