# comity_embed(TARGET HEADER NAMESPACE [FUNCTION FILE]...)
#
# Compiles files into TARGET: for each pair a function `ByteView FUNCTION()`, declared in HEADER and
# in NAMESPACE, that gives the bytes of FILE as they were when the program was built. Nothing but
# CMake itself is needed.
set(COMITY_EMBED_SCRIPT ${CMAKE_CURRENT_LIST_DIR}/embed_file.cmake)

function(comity_embed target header namespace)
  set(pairs ${ARGN})
  while(pairs)
    list(POP_FRONT pairs function file)
    set(output ${CMAKE_CURRENT_BINARY_DIR}/embedded/${function}.cc)
    add_custom_command(
      OUTPUT ${output}
      COMMAND ${CMAKE_COMMAND} -D FILE=${file} -D OUTPUT=${output} -D HEADER=${header}
              -D NAMESPACE=${namespace} -D FUNCTION=${function} -P ${COMITY_EMBED_SCRIPT}
      DEPENDS ${file} ${COMITY_EMBED_SCRIPT}
      COMMENT "Embedding ${file}")
    set_source_files_properties(${output} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
    target_sources(${target} PRIVATE ${output})
  endwhile()
endfunction()
