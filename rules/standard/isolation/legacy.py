"""Old callers of the public interface, counted: who still calls it without a
context.

weft writes `isolation_context = legacy_call("pkg.function")` where a caller of
`pkg.function` passed none, so that calls which pass one cost nothing. Counts
go to one file for each process, in the folder that the rules name; `weft api
usage` adds the files up. A caller is a module and the distribution that it is
part of, never a person.

A coroutine counts for whoever awaits it. One that is handed to a task is
called by the event loop, and its caller is `asyncio.events`.
"""

from __future__ import annotations

import atexit
import json
import logging
import os
import sys
import threading
import time
import uuid
import warnings
from collections.abc import Callable
from pathlib import Path
from types import CodeType, FrameType
from typing import TYPE_CHECKING, Any, TypeVar

from .ambient import current_isolation_context
from .api_rules import PACKAGE, USAGE_FOLDER
from .context import IsolationContext
from .proxy import ambient_instance

T = TypeVar("T")

if TYPE_CHECKING:  # checkers know its types, whether it is installed or not
    from typing_extensions import deprecated as deprecated
else:

    def deprecated(message: str) -> Callable[[T], T]:
        """Mark an overload that a type checker reports (PEP 702)."""

        def unchanged(function: T) -> T:
            return function

        return unchanged


FOLDER_VARIABLE = "WEFT_API_USAGE"
"""Another folder than that of the rules; empty: nothing is written."""
MOST_PAIRS = 1000
"""Functions and callers that are told apart. Later ones are OTHER."""
MOST_SITES = 10_000
OTHER = "(other)"
SOON, LATER = (
    1.0,
    60.0,
)  # seconds until the file is written, after a new caller and otherwise

_log = logging.getLogger(__name__)


class _Pair:
    """The calls of one function by one module."""

    __slots__ = ("calls", "first", "last", "line")

    def __init__(self, line: str) -> None:
        self.calls, self.line = 0, line
        self.first = self.last = time.time()

    def row(self) -> tuple[int, float, float, str]:
        return self.calls, self.first, self.last, self.line


class _State:
    """Of this process; a fork begins with a new one."""

    def __init__(self) -> None:
        # A signal handler may call us while we count.
        self.lock = threading.RLock()
        self.pairs: dict[tuple[str, str], _Pair] = {}
        # By the number of a code object, which is quicker than its hash; the
        # object is kept, so that no other one gets its number.
        self.sites: dict[tuple[str, int, int], _Pair] = {}
        self.codes: dict[int, CodeType] = {}
        self.file = f"usage-{os.getpid()}-{uuid.uuid4().hex[:12]}.json"
        self.is_new = threading.Event()
        self.changed = False
        self.writer: threading.Thread | None = None
        self.complained = False


_state = _State()


def legacy_call(name: str) -> IsolationContext:
    """Count a call of the function NAME, whose frame is the caller's, and give
    the ambient context.
    """
    try:
        _count(name, sys._getframe(2))
    except ValueError:  # called by nothing, as by a thread that C code started
        pass
    return current_isolation_context()


def _count(name: str, frame: FrameType | None) -> None:
    if frame is None:
        return
    state = _state
    site = (name, id(frame.f_code), frame.f_lasti)
    with state.lock:
        pair = state.sites.get(site)
        if pair is not None:
            pair.calls += 1
            pair.last = time.time()
            state.changed = True
    if pair is None:
        _first_call(state, name, frame, site)


def legacy_instance(name: str, accessor: Callable[[IsolationContext], T]) -> T:
    """Stands for the object of NAME, an old name that is public: each use is
    counted, and looks the object up anew.
    """

    def counted(context: IsolationContext) -> T:
        _count(name, _user())
        return accessor(context)

    return ambient_instance(counted)


def _is_of_us(frame: FrameType) -> bool:
    return str(frame.f_globals.get("__package__", "")) == __package__


def _user() -> FrameType | None:
    """What uses a stand-in: the first frame outside of this package."""
    frame: FrameType | None = sys._getframe(2)
    while frame is not None and _is_of_us(frame):
        frame = frame.f_back
    return frame


def _first_call(
    state: _State,
    name: str,
    frame: FrameType,
    site: tuple[str, int, int],
) -> None:
    module = str(frame.f_globals.get("__name__") or "(unknown)")
    line = f"{frame.f_code.co_filename}:{frame.f_lineno}"
    with state.lock:
        pairs = state.pairs
        told_apart = len(pairs) - ((OTHER, OTHER) in pairs)
        known = (name, module) in pairs or told_apart < MOST_PAIRS
        key = (name, module) if known else (OTHER, OTHER)
        pair = state.pairs.setdefault(key, _Pair(line if known else ""))
        pair.calls += 1
        pair.last = time.time()
        state.changed = True
        is_new = len(state.sites) < MOST_SITES
        if is_new:
            state.sites[site] = pair
            state.codes[site[1]] = frame.f_code
        if pair.calls == 1:
            state.is_new.set()
    _start_writer(state)
    if is_new:
        _warn(name, module, frame)


def _warn(name: str, module: str, frame: FrameType) -> None:
    what = f"{name}() is called without isolation_context"
    message = f"{what}, which it will require"
    _log.info("%s:%d: %s", frame.f_code.co_filename, frame.f_lineno, message)
    warnings.warn_explicit(
        message,
        DeprecationWarning,
        frame.f_code.co_filename,
        frame.f_lineno,
        module=module,
        registry=frame.f_globals.setdefault("__warningregistry__", {}),
    )


# ---- the file ---------------------------------------------------------------
def usage_folder() -> Path | None:
    """Where the counts go; None: nowhere."""
    folder = os.environ.get(FOLDER_VARIABLE, USAGE_FOLDER)
    if not folder:
        return None
    root = Path(__file__).resolve().parents[PACKAGE.count(".") + 1]
    return root / folder


def _distribution(module: str, known: dict[str, str | None]) -> str | None:
    """What installed the module; None: nothing did, it is a file of the
    program or a plugin in a folder.
    """
    top = module.partition(".")[0]
    if not known:
        from importlib.metadata import packages_distributions

        for name, names in packages_distributions().items():
            if names:
                known[name] = names[0]
        known.setdefault("", None)
    return known.get(top)


_distributions: dict[str, str | None] = {}


def usage() -> dict[str, Any]:
    """What this process has counted so far."""
    state = _state
    with state.lock:
        pairs = {key: pair.row() for key, pair in state.pairs.items()}
        state.changed = False
    rows = []
    for (api, module), (calls, first, last, line) in sorted(pairs.items()):
        row = {
            "api": api,
            "module": module,
            "distribution": _distribution(module, _distributions),
            "calls": calls,
        }
        rows.append(
            {**row, "first": int(first), "last": int(last), "line": line},
        )
    return {
        "schema_version": 1,
        "process": os.getpid(),
        "written": int(time.time()),
        "calls": rows,
    }


def write_usage() -> Path | None:
    """Write the file of this process, whole or not at all.

    None: nothing was counted, or nowhere to write.
    """
    state, folder = _state, usage_folder()
    if folder is None or not state.pairs:
        return None
    target = folder / state.file
    beside = folder / f".{state.file}.{threading.get_ident()}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with beside.open("w", encoding="utf-8") as file:
            json.dump(usage(), file, ensure_ascii=False, indent=1)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(target)
    except OSError as error:
        if not state.complained:
            state.complained = True
            _log.warning(
                "cannot write the counts of old callers to %s: %s",
                folder,
                error,
            )
        return None
    return target


def _write_later(state: _State) -> None:
    while state is _state:
        if state.is_new.wait(LATER):
            time.sleep(SOON)
            state.is_new.clear()
        if state.changed:
            write_usage()


def _start_writer(state: _State) -> None:
    with state.lock:
        if state.writer is not None:
            return
        state.writer = threading.Thread(
            target=_write_later,
            args=(state,),
            name="legacy-usage",
            daemon=True,
        )
    try:
        state.writer.start()
    except RuntimeError:  # no threads, or the interpreter ends: exit writes
        pass


def _begin_anew() -> None:
    global _state
    _state = _State()


atexit.register(write_usage)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_begin_anew)
