"""Runs drive.py of a tree in a process made from this one, which has read the library already: a new interpreter would take
longer than what is asked of it. The caller must have no threads."""
import asyncio  # noqa: F401
import inspect  # noqa: F401
import json
import os
import runpy
import signal
import sys
import tempfile
import traceback


def serve(tree, tenants, seconds, environment):
    """What drive.py prints last for TENANTS; RuntimeError with its end where it fails or takes more than SECONDS."""
    with tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as errors:
        child = os.fork()
        if child == 0:
            os.dup2(said.fileno(), 1)
            os.dup2(errors.fileno(), 2)
            signal.alarm(seconds)
            os._exit(drive(tree, tenants, environment))
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        if status != 0:
            errors.seek(0)
            raise RuntimeError(f"drive.py {' '.join(tenants)} ends with {status}: {errors.read().decode()[-600:]}")
        said.seek(0)
        return json.loads(said.read().decode().splitlines()[-1])


def drive(tree, tenants, environment):
    os.chdir(tree)
    os.environ.update(environment)
    sys.argv = ["drive.py", *tenants]
    sys.path[0] = str(tree)
    try:
        runpy.run_path("drive.py", run_name="__main__")
        return 0
    except BaseException:
        traceback.print_exc()
        return 1
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
