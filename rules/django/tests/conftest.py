"""Puts the runtime of the pack on the path, as a tree gets it."""

import shutil
import sys
import tempfile
from pathlib import Path

import django
from django.conf import settings

PACK = Path(__file__).resolve().parent.parent
RUNTIME = tempfile.TemporaryDirectory(prefix="runtime-")
shutil.copytree(PACK.parent / "standard" / "isolation", Path(RUNTIME.name, "isolation"))
shutil.copytree(PACK / "runtime", RUNTIME.name, dirs_exist_ok=True)
sys.path.insert(0, RUNTIME.name)

settings.configure(
    ALLOWED_HOSTS=["*"],
    ISOLATION_TRUSTED_PROXIES=["10.0.0.7"],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    DEFAULT_AUTO_FIELD="django.db.models.AutoField",
)
django.setup()
