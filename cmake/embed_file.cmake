# Writes OUTPUT, a C++ source whose FUNCTION gives the bytes of FILE: see embed.cmake.
file(READ ${FILE} hex HEX)
string(REGEX REPLACE "(................................)" "\\1\n" hex "${hex}")
string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," hex "${hex}")
file(WRITE ${OUTPUT} "#include \"${HEADER}\"

namespace ${NAMESPACE} {
namespace {
constexpr unsigned char kBytes[] = {
${hex}};
}  // namespace

ByteView ${FUNCTION}() { return std::as_bytes(std::span(kBytes)); }

}  // namespace ${NAMESPACE}
")
