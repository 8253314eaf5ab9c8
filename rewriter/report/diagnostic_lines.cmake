# Turns a text file into an array of C strings, one a line:
#   cmake -DINPUT=docs/diagnostics.md -DOUTPUT=diagnostic_lines.inc -P diagnostic_lines.cmake
# One string a line, because a C compiler need not take a literal of more than 4095 bytes.
file(READ "${INPUT}" text)
string(REGEX REPLACE "\n$" "" text "${text}")
string(REPLACE "\\" "\\\\" text "${text}")
string(REPLACE "\"" "\\\"" text "${text}")
string(REPLACE "?" "\\?" text "${text}")
string(REPLACE "\n" "\",\n    \"" text "${text}")
file(WRITE "${OUTPUT}"
  "// Made from ${NAME} by diagnostic_lines.cmake; do not edit.\n"
  "static const char *const DIAGNOSTIC_LINES[] = {\n    \"${text}\",\n    0};\n")
