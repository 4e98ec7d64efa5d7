#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/error.h"
#include "crypto/uuid.h"
#include "log/sqlite.h"

namespace comity::record {

/// The numbers of words, types and objects, which rows hold in place of texts. What was asked for
/// lately is kept in memory, within a bound. One thread; every failure is a fault.
///
/// Objects that are new wait, to be written in the order of their ids: one by one they would each
/// touch another page of the index. So nothing may look for an object in the table but this, until
/// `write`.
class Numbers {
 public:
  /// `database` must outlive it.
  [[nodiscard]] static Result<Numbers> of(const log::Database& database);

  /// The number, given now where the text has none.
  Result<std::int64_t> word(std::string_view text);
  Result<std::int64_t> object(std::string_view stix_id);

  /// Writes the objects that wait.
  Result<void> write();
  /// Forgets what is in memory: after rows were taken away, or a transaction was.
  Result<void> forget();
  /// The same for words alone.
  void forget_words() { words_.clear(); }

 private:
  struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>{}(text);
    }
  };
  using Texts = std::unordered_map<std::string, std::int64_t, TextHash, std::equal_to<>>;

  struct ObjectKey {
    crypto::Uuid uuid;
    std::int64_t type = 0;

    bool operator==(const ObjectKey&) const = default;
  };
  struct ObjectHash {
    std::size_t operator()(const ObjectKey& key) const {
      return std::hash<std::string_view>{}(as_text(key.uuid.bytes)) ^
             static_cast<std::size_t>(key.type);
    }
  };
  struct NewObject {
    ObjectKey key;
    std::int64_t number = 0;
  };

  Result<std::int64_t> text(Texts& known, const log::Prepared& find, const log::Prepared& insert,
                            std::int64_t& next, std::string_view text);

  log::Prepared find_word_, insert_word_, find_type_, insert_type_, find_object_, insert_object_;
  log::Prepared last_word_, last_type_, last_object_;
  Texts words_;
  Texts types_;
  std::unordered_map<ObjectKey, std::int64_t, ObjectHash> objects_;
  std::vector<NewObject> waiting_;
  std::int64_t next_word_ = 1;
  std::int64_t next_type_ = 1;
  std::int64_t next_object_ = 1;
};

}  // namespace comity::record
