#pragma once

#include <cstdint>
#include <string>

#include "base/bytes.h"
#include "base/error.h"

/// Single files that a person names: key files, statements, proofs, objects.
namespace comity::cli {

/// What one file of objects may hold, and standard input.
inline constexpr std::uint64_t kInputBytes = std::uint64_t{1} << 30;
/// What a proof, a receipt, a note or a trust file may hold.
inline constexpr std::uint64_t kSmallFileBytes = std::uint64_t{1} << 20;

/// Whether there is a file or directory of that name, as far as we may know.
[[nodiscard]] bool is_there(const std::string& path);

/// The whole file, or with "-" standard input. Refuses `file-missing` (of a directory too) and
/// `file-too-large`.
[[nodiscard]] Result<Bytes> read_file(const std::string& path, std::uint64_t limit);

enum class Readers { everybody, owner };  ///< mode 0644 or 0600, less the umask

/// Makes the file, durably. Refuses `file-exists`, and `file-missing` where the directory is not
/// there.
Result<void> make_file(const std::string& path, ByteView bytes, Readers readers);
/// Makes it or replaces it at once: a reader sees the old bytes or the new ones.
Result<void> put_file(const std::string& path, ByteView bytes, Readers readers);

/// Makes a directory that only its owner may enter; its parent must be there.
Result<void> make_private_directory(const std::string& path);

}  // namespace comity::cli
