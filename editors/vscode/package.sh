#!/bin/sh
# Packs the extension as a .vsix: a zip of its files beside a manifest. Nothing is published.
#
#   editors/vscode/package.sh [FOLDER]     to FOLDER/weft-VERSION.vsix (dist)
set -eu
CDPATH='' cd -- "$(dirname -- "$0")/../.."
folder=${1:-dist}
mkdir -p "$folder"
npm ci --silent --omit=dev --ignore-scripts --prefix editors/vscode
/usr/bin/python3 editors/vscode/pack.py "$folder"
