"""Puts the runtime on the path, as a tree gets it."""

import shutil
import sys
import tempfile
from pathlib import Path

PACK = Path(__file__).resolve().parent.parent
RUNTIME = tempfile.TemporaryDirectory(prefix="runtime-")
shutil.copytree(PACK.parent / "standard" / "isolation", Path(RUNTIME.name, "isolation"))
shutil.copytree(PACK / "runtime", RUNTIME.name, dirs_exist_ok=True)
sys.path.insert(0, RUNTIME.name)
