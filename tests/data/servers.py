"""Servers of PostgreSQL and MariaDB on loopback, in a folder of their own, never as root: started and stopped by tests."""
import getpass
import glob
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time

SECONDS = 60


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def account(*names):
    """Who runs a server: this user, or, when that is root, the first of NAMES that exists."""
    if os.geteuid() != 0:
        return getpass.getuser()
    known = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in (*names, "nobody") if name in known)


class Server:
    """One server with the database `bot`. `name` is what weft calls it, `environment` what clients need."""

    def __init__(self, user):
        self.user = user
        self.folder = tempfile.mkdtemp(prefix="weft-server-", dir="/dev/shm" if os.access("/dev/shm", os.W_OK) else None)
        os.chmod(self.folder, 0o700)
        if os.geteuid() == 0:
            shutil.chown(self.folder, user)
        self.port = free_port()
        self.environment, self.process = {}, None

    def run(self, *command, **more):
        user = {"user": self.user} if os.geteuid() == 0 else {}
        return subprocess.run(command, cwd=self.folder, check=True, capture_output=True, text=True, **user, **more)

    def launch(self, *command):
        user = {"user": self.user} if os.geteuid() == 0 else {}
        with open(os.path.join(self.folder, "log"), "ab") as log:
            self.process = subprocess.Popen(command, cwd=self.folder, stdout=log, stderr=log, **user)
        end = time.monotonic() + SECONDS
        while not self.answers():
            if time.monotonic() > end or self.process.poll() is not None:
                raise RuntimeError(open(os.path.join(self.folder, "log"), encoding="utf-8").read()[-2000:])
            time.sleep(0.05)

    def kill(self):
        """As when the machine stops."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def revive(self):
        """Starts it again when it was killed: the one that killed it may have ended before it did."""
        end = time.monotonic() + SECONDS
        while self.process.poll() is not None or not self.answers():
            if self.process.poll() is not None:
                self.start()
            if time.monotonic() > end:
                raise RuntimeError("the server neither answers nor ends")
            time.sleep(0.05)

    def stop(self):
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGQUIT if isinstance(self, PostgreSQL) else signal.SIGTERM)
            self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self):
        return self

    def __exit__(self, *_unused):
        self.stop()


class PostgreSQL(Server):
    engine = "postgresql"

    def __init__(self):
        super().__init__(account("postgres"))
        self.programs = max(glob.glob("/usr/lib/postgresql/*/bin"))
        self.data = os.path.join(self.folder, "data")
        self.run(os.path.join(self.programs, "initdb"), "-D", self.data, "-U", "bot", "--auth=trust", "-E", "UTF8",
                 "--locale=C", "--no-sync")
        self.name = f"postgresql://bot@127.0.0.1:{self.port}/bot"
        self.start()
        self.query("CREATE DATABASE bot", base="postgres")

    def clear(self):
        self.query("DROP DATABASE bot", base="postgres")
        self.query("CREATE DATABASE bot", base="postgres")

    def start(self):
        end = time.monotonic() + SECONDS
        while True:
            try:
                return self.launch(os.path.join(self.programs, "postgres"), "-D", self.data, "-p", str(self.port), "-h",
                                   "127.0.0.1", "-k", self.folder, "-c", "shared_buffers=32MB")
            except RuntimeError as failure:  # those that the killed one has left behind need a moment to end
                if "is still in use" not in str(failure) or time.monotonic() > end:
                    raise
                time.sleep(0.2)

    def client(self, base):
        return ["psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-h", "127.0.0.1", "-p", str(self.port), "-U",
                "bot", "-d", base]

    def answers(self):
        return subprocess.run([*self.client("postgres"), "-c", "SELECT 1"], capture_output=True, check=False).returncode == 0

    def query(self, sql, base="bot"):
        done = subprocess.run(self.client(base), input=sql, capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{sql[:200]}: {done.stderr}"
        return [line.split("|") for line in done.stdout.splitlines()]

    def dump(self):
        done = subprocess.run(["pg_dump", "-h", "127.0.0.1", "-p", str(self.port), "-U", "bot", "bot"],
                              capture_output=True, text=True, check=True)
        # A sequence goes on after rows that are gone again, and jumps when the server dies: it is no content.
        no_content = ("--", "\\restrict", "\\unrestrict", "SELECT pg_catalog.setval(")
        return sorted(line for line in done.stdout.splitlines() if not line.startswith(no_content))


    def state(self):
        """What dump() has, of tables without views and rights, by one client: a fourth of the time."""
        tables = [row[0] for row in self.query("SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND "
                                               "relkind IN ('r', 'p') ORDER BY 1")]
        return self.query(STATE + "".join(f'SELECT \'{table}\'; COPY (SELECT t::text FROM "{table}" t ORDER BY 1) TO STDOUT;\n'
                                          for table in tables))


# Columns in their order, indexes, constraints, triggers, functions and all that has a name.
STATE = """
SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity, a.attgenerated, a.attcollation,
  pg_get_expr(d.adbin, d.adrelid) FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT
  a.attisdropped LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum WHERE c.relnamespace =
  'public'::regnamespace AND c.relkind IN ('r', 'p') ORDER BY c.relname, a.attnum;
SELECT pg_get_indexdef(i.indexrelid), i.indisvalid FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid WHERE c.relnamespace =
  'public'::regnamespace ORDER BY 1;
SELECT conrelid::regclass, conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE connamespace = 'public'::regnamespace
  ORDER BY 1, 2;
SELECT tgrelid::regclass, pg_get_triggerdef(oid), tgenabled FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1, 2;
SELECT pg_get_functiondef(oid) FROM pg_proc WHERE pronamespace = 'public'::regnamespace ORDER BY oid::regprocedure::text;
SELECT relname, relkind, relrowsecurity, relacl FROM pg_class WHERE relnamespace = 'public'::regnamespace ORDER BY 1;
SELECT polname, polrelid::regclass FROM pg_policy ORDER BY 1;
"""


class MariaDB(Server):
    engine = "mariadb"

    def __init__(self):
        super().__init__(account("mysql"))
        self.data = os.path.join(self.folder, "data")
        self.socket = os.path.join(self.folder, "socket")
        self.run("mariadb-install-db", "--no-defaults", f"--datadir={self.data}", "--auth-root-authentication-method=normal",
                 "--skip-test-db", f"--user={self.user}")
        self.name = f"mariadb://bot@127.0.0.1:{self.port}/bot"
        self.start()
        self.query("CREATE DATABASE bot CHARACTER SET utf8mb4; CREATE USER bot@'127.0.0.1'; CREATE USER bot@localhost; "
                   "GRANT ALL ON *.* TO bot@'127.0.0.1'; GRANT ALL ON *.* TO bot@localhost", base="mysql", user="root")

    def clear(self):
        self.query("DROP DATABASE bot; CREATE DATABASE bot CHARACTER SET utf8mb4", base="mysql", user="root")

    def start(self):
        program = shutil.which("mariadbd") or "/usr/sbin/mariadbd"
        self.launch(program, "--no-defaults", f"--datadir={self.data}", f"--socket={self.socket}", f"--port={self.port}",
                    "--bind-address=127.0.0.1", "--innodb-buffer-pool-size=64M", "--innodb-log-file-size=16M",
                    f"--pid-file={self.folder}/pid", f"--tmpdir={self.folder}")  # another server's files may have the same names

    def client(self, base, user):
        return ["mariadb", "--no-defaults", f"--socket={self.socket}", f"--user={user}", "-N", "-B", base]

    def answers(self):
        return subprocess.run([*self.client("mysql", "root"), "-e", "SELECT 1"], capture_output=True,
                              check=False).returncode == 0

    def query(self, sql, base="bot", user="bot"):
        done = subprocess.run(self.client(base, user), input=sql, capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{sql[:200]}: {done.stderr}"
        return [line.split("\t") for line in done.stdout.splitlines()]

    def state(self):
        return self.dump()

    def dump(self):
        done = subprocess.run(["mariadb-dump", "--no-defaults", f"--socket={self.socket}", "--user=bot", "--hex-blob",
                               "--skip-dump-date", "--skip-extended-insert", "--triggers", "bot"],
                              capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return sorted(line for line in done.stdout.splitlines() if not line.startswith("--"))
