# comity_module(NAME [DEPENDS module...] [LIBRARIES target...] [LABELS label...])
#
# Declares the layer src/NAME: a library comity_NAME of its *.cc, a test program NAME_test of its
# *_test.cc, and a fuzz target for each *_fuzz.cc. A dependency must have been declared before, so
# a cycle cannot be written; tests/structure_test.py reads the same DEPENDS and holds every
# #include against them. LABELS go to the test: `threads` has it run under the thread sanitizer.
function(comity_module name)
  cmake_parse_arguments(arg "" "" "DEPENDS;LIBRARIES;LABELS" ${ARGN})
  foreach(dependency IN LISTS arg_DEPENDS)
    if(NOT TARGET comity_${dependency})
      message(FATAL_ERROR "${name} depends on ${dependency}, which is not declared before it")
    endif()
  endforeach()

  file(GLOB headers CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${name}/*.h)
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${name}/*.cc)
  file(GLOB tests CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${name}/*_test.cc)
  file(GLOB fuzzers CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${name}/*_fuzz.cc)
  list(REMOVE_ITEM sources ${tests} ${fuzzers} "")
  list(TRANSFORM arg_DEPENDS PREPEND comity_)

  # Headers without a file; the others are the first include of theirs (tests/structure.py).
  foreach(header IN LISTS headers)
    string(REGEX REPLACE "h$" "cc" source ${header})
    if(NOT source IN_LIST sources)
      list(APPEND headers_alone ${header})
    endif()
  endforeach()

  add_library(comity_${name} STATIC ${sources})
  target_sources(comity_${name} PUBLIC FILE_SET HEADERS BASE_DIRS ${CMAKE_CURRENT_SOURCE_DIR}
                 FILES ${headers_alone})
  target_include_directories(comity_${name} PUBLIC ${CMAKE_CURRENT_SOURCE_DIR})
  target_link_libraries(comity_${name} PUBLIC ${arg_DEPENDS} ${arg_LIBRARIES})
  if(name STREQUAL base)
    target_precompile_headers(comity_base PRIVATE precompiled.h)
  else()
    target_precompile_headers(comity_${name} REUSE_FROM comity_base)
  endif()
  # They are compiled alone by the target all_verify_interface_header_sets (./check --full).
  set_target_properties(comity_${name} PROPERTIES VERIFY_INTERFACE_HEADER_SETS ON)

  if(tests)
    comity_test(${name}_test SOURCES ${tests} MODULES ${name} LABELS ${arg_LABELS})
  endif()
  foreach(fuzzer IN LISTS fuzzers)
    get_filename_component(stem ${fuzzer} NAME_WE)
    comity_fuzzer(${name}_${stem} ${fuzzer} ${name})
  endforeach()
endfunction()

# What `ctest --label-regex threads` runs.
add_custom_target(threads_tests)

# comity_test(NAME SOURCES file... [MODULES module...] [LABELS label...]): one GoogleTest program,
# one ctest entry.
function(comity_test name)
  cmake_parse_arguments(arg "" "" "SOURCES;MODULES;LABELS" ${ARGN})
  if(NOT COMITY_TESTS)
    return()
  endif()
  list(TRANSFORM arg_MODULES PREPEND comity_)
  add_executable(${name} ${arg_SOURCES})
  target_include_directories(${name} PRIVATE ${CMAKE_SOURCE_DIR})
  target_compile_definitions(${name} PRIVATE COMITY_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
  target_link_libraries(${name} PRIVATE ${arg_MODULES} comity_rapidcheck GTest::gtest_main)
  # One precompiled header for all tests; it belongs to the first that is declared.
  get_property(first_test GLOBAL PROPERTY comity_first_test)
  if(first_test)
    target_precompile_headers(${name} REUSE_FROM ${first_test})
  else()
    target_precompile_headers(${name} PRIVATE ${CMAKE_SOURCE_DIR}/src/precompiled.h
                              ${CMAKE_SOURCE_DIR}/tests/precompiled.h)
    set_property(GLOBAL PROPERTY comity_first_test ${name})
  endif()
  add_test(NAME ${name} COMMAND ${name})
  set_tests_properties(${name} PROPERTIES LABELS "${arg_LABELS}")
  if(threads IN_LIST arg_LABELS)
    add_dependencies(threads_tests ${name})
  endif()
endfunction()

# comity_fuzzer(NAME FILE MODULE): with the preset `fuzz` a libFuzzer program, which the target
# `fuzzers` builds; otherwise a part of the program `fuzz_replay`, which replays tests/corpus/NAME
# and every truncation and bit flip near the start of each file, so that fuzz targets are always
# built and run with the tests.
add_custom_target(fuzzers)
function(comity_fuzzer name file module)
  if(NOT COMITY_TESTS)
    return()
  endif()
  if(COMITY_FUZZ)
    add_executable(${name} ${file})
    target_link_libraries(${name} PRIVATE comity_${module})
    target_include_directories(${name} PRIVATE ${CMAKE_SOURCE_DIR})
    target_link_options(${name} PRIVATE -fsanitize=fuzzer)
    target_compile_definitions(${name} PRIVATE COMITY_FUZZ)
    add_dependencies(fuzzers ${name})
    return()
  endif()
  if(NOT TARGET fuzz_replay)
    add_executable(fuzz_replay ${CMAKE_SOURCE_DIR}/tests/fuzz_replay.cc)
    target_include_directories(fuzz_replay PRIVATE ${CMAKE_SOURCE_DIR})
    target_precompile_headers(fuzz_replay REUSE_FROM comity_base)
    add_dependencies(fuzzers fuzz_replay)
  endif()
  target_sources(fuzz_replay PRIVATE ${file})
  target_link_libraries(fuzz_replay PRIVATE comity_${module})
  add_test(NAME ${name} COMMAND fuzz_replay ${name} ${CMAKE_SOURCE_DIR}/tests/corpus/${name})
endfunction()
