"""Old callers are counted: by function and module, in every thread, task and process, and never without a bound."""

import asyncio
import importlib
import json
import multiprocessing
import os
import sys
import threading
import types
import warnings

import pytest

RULES = types.ModuleType("isolation.api_rules")
RULES.__dict__.update(USAGE_FOLDER="usage", PACKAGE="isolation", DEPRECATED="2026-12-01", SUNSET="2027-03-01")
RULES.__dict__.update(LINK="https://example.org/move", ROUTES=[("GET", "/api/users/{id}", "/v3/users")])
sys.modules.setdefault("isolation.api_rules", RULES)

from isolation import IsolationContext, isolation_scope, legacy  # noqa: E402
from isolation.deprecation import DeprecationMiddleware  # noqa: E402

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")
A = IsolationContext("a", "mai")


@pytest.fixture(autouse=True)
def counted(tmp_path, monkeypatch):
    monkeypatch.setenv(legacy.FOLDER_VARIABLE, str(tmp_path / "usage"))
    legacy._begin_anew()
    yield tmp_path / "usage"
    legacy._begin_anew()


def greet(isolation_context=None):
    if isolation_context is None:
        isolation_context = legacy.legacy_call("api.greet")
    return isolation_context


async def greet_later(isolation_context=None):
    if isolation_context is None:
        isolation_context = legacy.legacy_call("api.greet_later")
    return isolation_context


def plugin(name, body):
    """A module of somebody else that calls the functions above."""
    module = types.ModuleType(name)
    module.__dict__.update(greet=greet, greet_later=greet_later, asyncio=asyncio)
    exec(compile(body, f"/plugins/{name}.py", "exec"), module.__dict__)  # noqa: S102
    return module


def calls():
    return {(row["api"], row["module"]): row["calls"] for row in legacy.usage()["calls"]}


def test_the_old_path_gets_the_ambient_context_and_is_counted_by_caller():
    weather = plugin("weather", "def run():\n    return greet()\n")
    with isolation_scope(A):
        assert [weather.run() for _ in range(3)] == [A, A, A]
        greet()
    assert calls() == {("api.greet", "weather"): 3, ("api.greet", __name__): 1}


def test_who_passes_a_context_is_not_counted():
    assert greet(A) is A
    assert calls() == {}


def test_an_awaited_coroutine_counts_for_who_awaits_it():
    weather = plugin("weather", "async def run():\n    return await greet_later()\n")
    asyncio.run(weather.run())
    assert calls() == {("api.greet_later", "weather"): 1}


def test_each_call_site_warns_once_on_its_own_line():
    weather = plugin("weather", "def run():\n    greet()\n    greet()\n")
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always")
        weather.run()
        weather.run()
    assert [(warning.filename, warning.lineno) for warning in seen] == [("/plugins/weather.py", 2), ("/plugins/weather.py", 3)]
    assert all(warning.category is DeprecationWarning and "api.greet()" in str(warning.message) for warning in seen)


def test_no_call_is_lost_between_threads():
    weather = plugin("weather", "def run():\n    for _ in range(5000):\n        greet()\n")
    threads = [threading.Thread(target=weather.run) for _ in range(8)]
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    sys.setswitchinterval(before)
    assert calls() == {("api.greet", "weather"): 40_000}


def test_callers_beyond_the_bound_are_one(monkeypatch):
    monkeypatch.setattr(legacy, "MOST_PAIRS", 2)
    for name in ("first", "second", "third", "fourth"):
        plugin(name, "greet()")
    other = (legacy.OTHER, legacy.OTHER)
    assert calls() == {("api.greet", "first"): 1, ("api.greet", "second"): 1, other: 2}


def test_call_sites_beyond_the_bound_are_counted_without_being_kept(monkeypatch):
    monkeypatch.setattr(legacy, "MOST_SITES", 1)
    plugin("weather", "greet()\ngreet()\ngreet()\n")
    assert calls() == {("api.greet", "weather"): 3}
    assert len(legacy._state.sites) == 1


def _in_a_child(results):
    greet()
    results.put((calls(), legacy.write_usage() is not None))


def test_a_fork_counts_for_itself_in_a_file_of_its_own(counted):
    greet()
    legacy._state.lock.acquire()  # held by a thread that the child does not have
    context = multiprocessing.get_context("fork")
    results = context.Queue()
    child = context.Process(target=_in_a_child, args=(results,))
    child.start()
    legacy._state.lock.release()
    assert results.get(timeout=60) == ({("api.greet", __name__): 1}, True)
    child.join()
    legacy.write_usage()
    assert len(list(counted.glob("usage-*.json"))) == 2


def test_the_file_is_whole_and_says_who_called_from_where(counted):
    plugin("weather", "greet()")
    target = legacy.write_usage()
    content = json.loads(target.read_text())
    (row,) = content["calls"]
    assert content["schema_version"] == 1 and row["api"] == "api.greet" and row["line"] == "/plugins/weather.py:1"
    assert row["distribution"] is None and row["first"] <= row["last"]
    assert os.listdir(counted) == [target.name]


def test_the_distribution_of_an_installed_caller_is_named():
    caller = plugin("pytest", "greet()")
    assert caller.__name__ == "pytest"
    assert [row["distribution"] for row in legacy.usage()["calls"]] == ["pytest"]


def test_a_folder_that_cannot_be_written_is_said_once(tmp_path, monkeypatch, caplog):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv(legacy.FOLDER_VARIABLE, str(tmp_path / "file"))
    greet()
    assert legacy.write_usage() is None and legacy.write_usage() is None
    assert len([record for record in caplog.records if "old callers" in record.message]) == 1


def test_without_a_folder_nothing_is_written(monkeypatch):
    monkeypatch.setenv(legacy.FOLDER_VARIABLE, "")
    greet()
    assert legacy.write_usage() is None


# ---- old names -----------------------------------------------------------------------------------
class Manager:
    def __init__(self, tenant):
        self.tenant = tenant

    def name(self):
        return self.tenant


def test_an_old_name_is_the_object_of_whoever_uses_it_and_each_use_counts():
    managers = {}
    stand_in = legacy.legacy_instance("api.manager", lambda context: managers.setdefault(context.tenant_id, Manager(context.tenant_id)))
    weather = plugin("weather", "def run(manager):\n    return manager.name()\n")
    assert calls() == {}, "an import is no use"
    with isolation_scope(A):
        assert weather.run(stand_in) == "a"
    assert isinstance(stand_in, Manager) and stand_in.name() == "default"
    counted = calls()
    assert counted[("api.manager", "weather")] == 1 and set(counted) == {("api.manager", "weather"), ("api.manager", __name__)}


def test_the_warning_of_an_old_name_is_on_the_line_of_its_use():
    stand_in = legacy.legacy_instance("api.manager", lambda context: [1])
    weather = plugin("weather", "def run(manager):\n\n    return len(manager)\n")
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always")
        weather.run(stand_in)
    assert [(warning.filename, warning.lineno) for warning in seen] == [("/plugins/weather.py", 3)]


# ---- routes -------------------------------------------------------------------------------------
def answer(method, path, headers=()):
    sent = []

    async def application(scope, receive, send):
        await send({"type": "http.response.start", "status": 200, "headers": list(headers)})

    async def send(message):
        sent.append(message)

    asyncio.run(DeprecationMiddleware(application)({"type": "http", "method": method, "path": path}, send, send))
    return sent[0]["headers"]


def test_an_old_route_says_since_when_it_is_deprecated_and_when_it_goes():
    assert answer("GET", "/api/users/7") == [
        (b"deprecation", b"@1796083200"),
        (b"sunset", b"Mon, 01 Mar 2027 00:00:00 GMT"),
        (
            b"link",
            b'<https://example.org/move>; rel="deprecation", <https://example.org/move>; rel="sunset", '
            b'</v3/users>; rel="successor-version"',
        ),
    ]


@pytest.mark.parametrize(("method", "path"), [("POST", "/api/users/7"), ("GET", "/api/users/7/x"), ("GET", "/v3/users")])
def test_other_routes_are_left_alone(method, path):
    assert answer(method, path) == []


def test_what_the_program_says_itself_stays():
    headers = answer("GET", "/api/users/7", [(b"Sunset", b"x")])
    assert [value for name, value in headers if name.lower() == b"sunset"] == [b"x"]


def test_a_rest_of_a_path_may_be_anything():
    middleware = DeprecationMiddleware(lambda *_: None, routes=[("*", "/old/*", "")])
    assert middleware._headers({"method": "PUT", "path": "/old/a/b"})
    assert not middleware._headers({"method": "PUT", "path": "/older"})


def test_the_module_can_be_loaded_again():
    importlib.reload(legacy)
    greet()
    assert sum(calls().values()) == 1


def test_a_deprecated_overload_stays_the_function_that_it_is():
    def greet_again() -> str: ...

    assert legacy.deprecated("pass isolation_context")(greet_again) is greet_again
