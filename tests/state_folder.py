"""Importing this gives weft a state folder of its own (XDG_STATE_HOME) until the script ends, so that no test finds
or makes a key in somebody's home."""
import atexit
import os
import shutil
import tempfile

STATE = tempfile.mkdtemp(prefix="weft-state-")
atexit.register(shutil.rmtree, STATE, ignore_errors=True)
os.environ["XDG_STATE_HOME"] = STATE
