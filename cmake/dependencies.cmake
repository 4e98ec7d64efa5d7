# Every library that Comity stands on, each a Debian 12 package (docs/design.md says why it and not
# its rival). Modules name the target here; nothing else is linked.
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
find_package(OpenSSL 3 REQUIRED)
find_package(fmt 9 REQUIRED)
find_package(simdjson REQUIRED)
find_package(nlohmann_json 3.11 REQUIRED)
find_package(CLI11 2 REQUIRED)
find_package(SQLite3 REQUIRED)
find_package(ZLIB REQUIRED)
find_package(CURL REQUIRED)
find_package(Boost 1.81 REQUIRED COMPONENTS url)
pkg_check_modules(sodium REQUIRED IMPORTED_TARGET libsodium)
pkg_check_modules(cbor REQUIRED IMPORTED_TARGET libcbor)
pkg_check_modules(tomlplusplus REQUIRED IMPORTED_TARGET tomlplusplus)
find_path(CSV_INCLUDE csv.h REQUIRED)  # libcsv ships neither pkg-config nor CMake files
find_library(CSV_LIBRARY csv REQUIRED)

option(COMITY_TESTS "Build the tests, fuzz targets and benchmarks" ON)
option(COMITY_BENCHMARKS "Build the benchmarks, with the tests" ON)
if(COMITY_TESTS)
  find_package(GTest 1.12 REQUIRED)
  find_package(benchmark REQUIRED)
  find_path(RAPIDCHECK_INCLUDE rapidcheck.h REQUIRED)
  find_library(RAPIDCHECK_LIBRARY rapidcheck REQUIRED)
  add_library(comity_rapidcheck INTERFACE)
  target_include_directories(comity_rapidcheck SYSTEM INTERFACE ${RAPIDCHECK_INCLUDE})
  target_link_libraries(comity_rapidcheck INTERFACE ${RAPIDCHECK_LIBRARY})
endif()

find_program(CCACHE ccache)
if(CCACHE)
  # Precompiled headers need these two relaxations (ccache manual, "Precompiled headers").
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env
      CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime ${CCACHE})
endif()
