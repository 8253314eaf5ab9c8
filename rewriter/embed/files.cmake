# Turns files into a C table of {path, bytes, length}, sorted by path:
#   cmake -DROOT=rules -DFILES="a.yml;b/c.py" -DTABLE=BUILT_IN -DTYPE=BuiltIn -DOUTPUT=... -P files.cmake
# FILES are paths below ROOT.
cmake_minimum_required(VERSION 3.25)
string(REPLACE "|" ";" FILES "${FILES}")
list(SORT FILES)
string(REPEAT "[0-9a-f]" 64 line)
set(arrays "")
set(rows "")
set(number 0)
foreach(path IN LISTS FILES)
  file(READ "${ROOT}/${path}" bytes HEX)
  string(LENGTH "${bytes}" digits)
  math(EXPR length "${digits} / 2")
  string(REGEX REPLACE "(${line})" "\\1\n" bytes "${bytes}")
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${bytes}")
  # A zero at the end, for C and for files that are empty.
  string(APPEND arrays "static const unsigned char ${TABLE}_${number}[] = {\n${bytes}0};\n")
  string(APPEND rows "    {\"${path}\", ${TABLE}_${number}, ${length}},\n")
  math(EXPR number "${number} + 1")
endforeach()
file(WRITE "${OUTPUT}" "// Made by files.cmake; do not edit.\n${arrays}"
  "static const ${TYPE} ${TABLE}[] = {\n${rows}};\n")
