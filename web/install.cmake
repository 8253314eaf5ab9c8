# Installs the packages of package-lock.json into node_modules, unless they are there already:
#   cmake -DNPM=npm -DSTAMP=... -P install.cmake          (in the folder of package-lock.json)
# What was installed is known by content and not by time: a checkout may touch the lock file. No install
# script runs; esbuild finds its program in the package of the platform without one.
set(installed node_modules/.weft-installed.json)
execute_process(COMMAND ${CMAKE_COMMAND} -E compare_files package-lock.json ${installed}
  RESULT_VARIABLE differs OUTPUT_QUIET ERROR_QUIET)
if(differs)
  execute_process(
    COMMAND ${NPM} ci --ignore-scripts --no-audit --no-fund --prefer-offline --loglevel=error
    RESULT_VARIABLE failed)
  if(failed)
    message(FATAL_ERROR "npm could not install the packages of web/package-lock.json")
  endif()
  file(COPY_FILE package-lock.json ${installed})
endif()
file(TOUCH ${STAMP})
