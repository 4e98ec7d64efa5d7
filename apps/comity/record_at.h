#pragma once

#include <memory>
#include <string>
#include <utility>

#include "base/error.h"

#include "context.h"
#include "query/as_of.h"
#include "query/record_at.h"
#include "record_directory.h"

namespace comity::cli {

using query::extension_of;
using query::member;
using query::ReadObject;
using query::text_at;
using query::texts_at;

/// A registry's record as of one size, with what it takes to print of it. One thread.
struct RecordAt : query::RecordAt {
  ReadRegistry registry;
  std::unique_ptr<ReadRecord> record;  ///< where it is, others refer to it

  /// Folds what is missing, and goes to that state. Refuses as read_registry, read_record and
  /// query::Snapshot::size_at.
  [[nodiscard]] static Result<RecordAt> open(const std::string& directory, const query::AsOf& as_of,
                                             const Context& context);

 private:
  RecordAt(query::RecordAt at, ReadRegistry of, std::unique_ptr<ReadRecord> opened)
      : query::RecordAt(std::move(at)), registry(std::move(of)), record(std::move(opened)) {}
};

}  // namespace comity::cli
