# Manual pages and completions, as the program prints them:
#   cmake -DWEFT=build/release/weft -DOUTPUT=FOLDER -DSTAMP=FILE -P documents.cmake
cmake_minimum_required(VERSION 3.25)

function(say file)
  execute_process(COMMAND ${WEFT} ${ARGN} OUTPUT_FILE ${file} COMMAND_ERROR_IS_FATAL ANY)
endfunction()

function(write_page name)
  set(page ${OUTPUT}/man1/${name}.1)
  say(${page} manual ${ARGN})
  execute_process(COMMAND gzip -9nf ${page} COMMAND_ERROR_IS_FATAL ANY)
endfunction()

file(REMOVE_RECURSE ${OUTPUT})
file(MAKE_DIRECTORY ${OUTPUT}/man1)
execute_process(COMMAND ${WEFT} manual OUTPUT_VARIABLE all COMMAND_ERROR_IS_FATAL ANY)
string(REGEX MATCHALL "weft\\\\-[a-z]+ \\(1\\)" pages "${all}")
write_page(weft)
foreach(page IN LISTS pages)
  string(REGEX REPLACE ".*-([a-z]+) .*" "\\1" command "${page}")
  write_page(weft-${command} ${command})
endforeach()
say(${OUTPUT}/weft completion bash)
say(${OUTPUT}/_weft completion zsh)
say(${OUTPUT}/weft.fish completion fish)
file(TOUCH ${STAMP})
