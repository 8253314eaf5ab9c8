# Turns a text file into an array of C strings, one a line:
#   cmake -DNAME=docs/diagnostics.md -DARRAY=DIAGNOSTIC_LINES -DINPUT=... -DOUTPUT=... -P text_lines.cmake
# NAME says in the result where it comes from; NULL ends the array.
# One string a line, because a C compiler need not take a literal of more than 4095 bytes.
file(READ "${INPUT}" text)
string(REGEX REPLACE "\n$" "" text "${text}")
string(REPLACE "\\" "\\\\" text "${text}")
string(REPLACE "\"" "\\\"" text "${text}")
string(REPLACE "?" "\\?" text "${text}")
string(REPLACE "\n" "\",\n    \"" text "${text}")
file(WRITE "${OUTPUT}"
  "// Made from ${NAME} by text_lines.cmake; do not edit.\n"
  "static const char *const ${ARRAY}[] = {\n    \"${text}\",\n    0};\n")
