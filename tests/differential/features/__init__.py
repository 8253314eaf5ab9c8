"""What a program may be made of: one feature is one function in a table."""
import collections
import importlib

Feature = collections.namedtuple("Feature", "write is_async")

ROOT = "reads"  # the feature of the first step: it calls no other
FEATURES = {}


def feature(write):
    """Puts a function into the table; it writes a function of Python."""
    FEATURES[write.__name__] = Feature(write, False)
    return write


def async_feature(write):
    """The same for one that writes a coroutine function."""
    FEATURES[write.__name__] = Feature(write, True)
    return write


for part in ("sources", "functions", "statements", "decorators", "classes", "objects", "special", "singletons", "keepers",
             "threads", "tasks", "coroutines", "library", "standard"):
    importlib.import_module(f"features.{part}")
