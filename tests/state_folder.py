"""Importing this gives weft a state folder and a cache of its own (XDG_STATE_HOME, XDG_CACHE_HOME) until the script
ends, so that no test finds or makes a key in somebody's home, and none is answered from what another one kept."""
import atexit
import os
import shutil
import tempfile

# In memory where there is such a folder: each run of weft looks into it.
STATE = tempfile.mkdtemp(prefix="weft-state-", dir="/dev/shm" if os.access("/dev/shm", os.W_OK) else None)
CACHE = os.path.join(STATE, "cache")
atexit.register(shutil.rmtree, STATE, ignore_errors=True)
os.environ["XDG_STATE_HOME"] = STATE
os.environ["XDG_CACHE_HOME"] = CACHE
