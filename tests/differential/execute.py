"""Runs programs of several modules in a fork of this process, which has the library loaded already."""
import argparse  # noqa: F401  what programs import: loaded once, here, for all of them
import ast  # noqa: F401
import asyncio  # noqa: F401
import collections
import concurrent.futures.thread  # noqa: F401
import contextlib
import contextvars
import dataclasses  # noqa: F401
import doctest  # noqa: F401
import enum  # noqa: F401
import html.parser  # noqa: F401
import importlib.machinery
import io
import json
import logging  # noqa: F401
import os
import pickle  # noqa: F401
import runpy
import sched  # noqa: F401
import select
import signal
import sys
import traceback
import typing  # noqa: F401
import unittest.mock  # noqa: F401
from pathlib import Path

SECONDS = 60
MOST = 100  # programs of one child: threads of some of them stay
Outcome = collections.namedtuple("Outcome", "status lines errors")


class Loader(importlib.machinery.SourceFileLoader):
    """Compiles each text once; no bytecode of an earlier text of the same path can get in the way."""
    compiled = {}

    def get_code(self, fullname):
        data = self.get_data(self.path)
        if data not in self.compiled:
            self.compiled[data] = compile(data, self.path, "exec", dont_inherit=True)
        return self.compiled[data]


def load_ahead(folder):
    """Compiles the files of FOLDER, which many programs have."""
    for path in sorted(Path(folder).glob("*.py")):
        Loader.compiled[path.read_bytes()] = compile(path.read_bytes(), str(path), "exec", dont_inherit=True)


class Runner:
    """A child that runs one program after the other, each with its modules loaded anew."""

    def __init__(self):
        self.child, self.count = None, 0
        self.is_fresh = False  # one child for each program, so that none can feel another

    def run(self, folder, tenant, arguments):
        """Runs `python3 -m app.main ARGUMENTS` in FOLDER; TENANT is the one that the process has."""
        if self.is_fresh or self.count == MOST:
            self.stop()
        if self.child is None:
            self.start()
        self.count += 1
        self.requests.write(json.dumps([str(folder), tenant, list(arguments)]) + "\n")
        self.requests.flush()
        ready, _, _ = select.select([self.answers], [], [], SECONDS)
        answer = self.answers.readline() if ready else ""
        if not answer:
            self.stop()
            return Outcome(-1, [], "it did not end, or ended its process")
        return Outcome(*json.loads(answer))

    def start(self):
        request_end, answer_end = os.pipe(), os.pipe()
        self.child, self.count = os.fork(), 0
        if self.child == 0:
            with open(request_end[0], encoding="utf-8") as requests, open(answer_end[1], "w",
                                                                          encoding="utf-8") as answers:
                os.close(request_end[1])
                os.close(answer_end[0])
                serve(requests, answers)
            os._exit(0)
        os.close(request_end[0])
        os.close(answer_end[1])
        self.requests = open(request_end[1], "w", encoding="utf-8")
        self.answers = open(answer_end[0], encoding="utf-8")

    def stop(self):
        if self.child is not None:
            os.kill(self.child, signal.SIGKILL)
            os.waitpid(self.child, 0)
            self.requests.close()
            self.answers.close()
            self.child = None


def serve(requests, answers):
    sys.path_hooks.insert(0, importlib.machinery.FileFinder.path_hook((Loader, [".py"])))
    for line in iter(requests.readline, ""):
        folder, tenant, arguments = json.loads(line)
        lines, errors = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(lines), contextlib.redirect_stderr(errors):
            status = contextvars.Context().run(run_here, folder, tenant, arguments)
        answers.write(json.dumps([status, lines.getvalue().splitlines(), errors.getvalue()]) + "\n")
        answers.flush()


def run_here(folder, tenant, arguments):
    for name in [name for name in sys.modules if name.partition(".")[0] == "app"]:
        del sys.modules[name]
    sys.path_importer_cache.clear()
    os.chdir(folder)
    os.environ["TENANT"] = tenant
    sys.argv[1:] = arguments
    sys.path[0] = folder
    try:
        runpy.run_module("app.main", run_name="__main__")
    except SystemExit as end:
        return end.code or 0
    except BaseException:  # of the program: its own end
        traceback.print_exc()
        return 1
    return 0
