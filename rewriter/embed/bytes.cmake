# Turns any file into the items of a C array of bytes, to be included between braces:
#   cmake -DNAME=web/page.html -DINPUT=... -DOUTPUT=... -P bytes.cmake
# NAME says in the result where it comes from.
file(READ "${INPUT}" bytes HEX)
string(REPEAT "[0-9a-f]" 32 line)
string(REGEX REPLACE "(${line})" "\\1\n" bytes "${bytes}")
string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${bytes}")
file(WRITE "${OUTPUT}" "// Made from ${NAME} by bytes.cmake; do not edit.\n${bytes}\n")
