"""The trees that functions are picked from: the standard library, its packages, and limnoria.

A tree is a folder of its own with the files of one or more packages at the paths from which Python
imports them, and the runtime module that the context comes from. Nothing outside the copy is touched.
"""
import os
import shutil
import subprocess
import sysconfig
from pathlib import Path

STDLIB = Path(sysconfig.get_paths()["stdlib"])
# Tests are full of deliberate mistakes; the rest is not the library's.
LEFT_OUT = {"test", "tests", "idlelib", "site-packages", "dist-packages", "__pycache__", "lib-dynload",
            "turtledemo", "idle_test", "pydoc_data"}
PACKAGES = ("asyncio", "collections", "concurrent", "ctypes", "curses", "distutils", "email",
            "encodings", "html", "http", "importlib", "json", "lib2to3", "logging",
            "multiprocessing", "re", "sqlite3", "tkinter", "tomllib", "unittest", "urllib",
            "wsgiref", "xml", "xmlrpc", "zoneinfo")
# Modules of one file, in groups that use each other.
GROUPS = {
    "compilers": ("ast", "dis", "inspect", "opcode", "symtable", "token", "tokenize", "traceback",
                  "linecache", "code", "codeop", "bdb", "pdb", "cmd", "trace", "pyclbr"),
    "numbers": ("decimal", "_pydecimal", "fractions", "numbers", "statistics", "random", "datetime",
                "_strptime", "calendar", "locale", "ipaddress"),
    "files": ("os", "posixpath", "ntpath", "genericpath", "stat", "pathlib", "shutil", "tempfile",
              "fnmatch", "glob", "tarfile", "zipfile", "gzip", "bz2", "lzma", "_compression", "io",
              "_pyio", "filecmp", "fileinput", "zipimport"),
    "net": ("socket", "ssl", "selectors", "ftplib", "smtplib", "smtpd", "imaplib", "poplib",
            "nntplib", "telnetlib", "asyncore", "asynchat", "socketserver", "mailbox", "netrc"),
    "text": ("argparse", "optparse", "getopt", "configparser", "csv", "difflib", "doctest", "string",
             "textwrap", "pprint", "reprlib", "shlex", "gettext", "plistlib", "pydoc", "cgi",
             "_markupbase"),
    "objects": ("copy", "copyreg", "pickle", "pickletools", "_compat_pickle", "shelve", "types",
                "typing", "enum", "functools", "dataclasses", "abc", "_py_abc", "weakref",
                "_weakrefset", "contextlib", "operator", "heapq", "threading", "_threading_local",
                "queue", "sched", "subprocess", "turtle"),
}

RUNTIME = "weft_runtime"
RUNTIME_TEXT = """class Context:
    pass


def current_context():
    return Context()
"""


def names(limnoria):
    """Names of all trees; those of limnoria when its folder is given."""
    found = [f"stdlib/{name}" for name in (*PACKAGES, *GROUPS)]
    return found + ["limnoria"] if limnoria else found


def copy(name, target, limnoria=None):
    """Makes the tree NAME, which may be any absolute path, in the folder TARGET."""
    target.mkdir(parents=True)
    if name == "limnoria":
        for package in ("supybot", "limnoria"):
            if (limnoria / package).is_dir():
                copy_files(limnoria / package, target / package)
    elif os.path.isabs(name):
        copy_files(name, target)
    elif name == "stdlib":
        copy_files(STDLIB, target)
    else:
        part = name.removeprefix("stdlib/")
        if part in GROUPS:
            for module in GROUPS[part]:
                shutil.copyfile(STDLIB / f"{module}.py", target / f"{module}.py")
        elif part in PACKAGES:
            copy_files(STDLIB / part, target / part)
        else:
            raise ValueError(f"there is no tree '{name}'")
    (target / f"{RUNTIME}.py").write_text(RUNTIME_TEXT)


def copy_files(source, target):
    for folder, folders, files in os.walk(source):
        folders[:] = sorted(f for f in folders if f not in LEFT_OUT and not f.startswith("config-"))
        for file in sorted(files):
            if not file.endswith(".py"):
                continue
            copied = target / os.path.relpath(folder, source) / file
            copied.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(Path(folder, file), copied)


def find_limnoria(given, work):
    """The folder with limnoria's packages: GIVEN, or out of the Debian package, which is downloaded."""
    if given:
        return Path(given)
    subprocess.run(["apt-get", "download", "-q", "limnoria"], cwd=work, check=True,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=300)
    archive = next(work.glob("limnoria_*.deb"))
    subprocess.run(["dpkg-deb", "-x", archive, work / "limnoria"], check=True, timeout=60)
    return work / "limnoria/usr/lib/python3/dist-packages"
