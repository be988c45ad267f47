"""A disk that fails at a chosen write, and one that remembers what a power cut would leave.

Both stand between the very SQLite that the application uses and its files: a VFS that hands
everything on to the system's own, registered through ctypes. What they simulate is what SQLite is
told (`SQLITE_FULL`, `SQLITE_IOERR`, `SQLITE_CANTOPEN`, `SQLITE_BUSY`), not the system call itself;
writes of Python's own, of papers and journals of backups, do not come by here.
"""

import ctypes
import os
import sys
from collections import defaultdict
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import Enum

SECTOR = 512
NAME, OPEN, DELETE = 3, 5, 6  # of the fields of sqlite3_vfs, counted in words of eight bytes
WRITE, TRUNCATE, SYNC, LOCK = 3, 4, 5, 7  # of those of sqlite3_io_methods
WORDS_OF_VFS, WORDS_OF_METHODS = 22, 19
CREATE = 0x4
FULL, IOERR_WRITE, IOERR_FSYNC, CANTOPEN, BUSY = 13, 778, 1034, 14, 5
RESERVED = 2

PTR, INT, LONG = ctypes.c_void_p, ctypes.c_int, ctypes.c_int64
CALLS = {
    OPEN: ctypes.CFUNCTYPE(INT, PTR, PTR, PTR, INT, PTR),
    DELETE: ctypes.CFUNCTYPE(INT, PTR, PTR, INT),
}
METHODS = {
    WRITE: ctypes.CFUNCTYPE(INT, PTR, PTR, INT, LONG),
    TRUNCATE: ctypes.CFUNCTYPE(INT, PTR, LONG),
    SYNC: ctypes.CFUNCTYPE(INT, PTR, INT),
    LOCK: ctypes.CFUNCTYPE(INT, PTR, INT),
}


class Fault(Enum):
    """What the disk does from the chosen moment on."""

    FULL = "ENOSPC"
    BROKEN = "EIO"
    FORBIDDEN = "EACCES"
    HELD = "lock held for a moment"


@dataclass
class Disk:
    """Counts what may fail, fails from number *at* on, and keeps a log if it is asked to."""

    log: list = field(default_factory=list)
    recording: bool = False
    fault: Fault | None = None
    at: int = 0
    seen: int = 0
    failed: int = 0
    names: dict = field(default_factory=dict)  # of open files, by their address

    def arm(self, fault, at):
        self.fault, self.at, self.seen, self.failed = fault, at, 0, 0

    def disarm(self):
        self.fault = None

    def fails(self, *faults):
        """Count one step that *faults* may hit; tell whether it fails."""
        if self.fault not in faults:
            return False
        self.seen += 1
        if self.seen < self.at or (self.fault is Fault.HELD and self.failed >= 3):
            return False
        self.failed += 1
        return True

    def note(self, *entry):
        if self.recording:
            self.log.append(entry)


def library():
    """Return the SQLite that Python itself has loaded."""
    import _sqlite3

    candidates = ["sqlite3"] if sys.platform == "win32" else [_sqlite3.__file__, None]
    for name in candidates:
        try:
            found = ctypes.CDLL(name)
            found.sqlite3_vfs_find.restype = PTR
        except (OSError, AttributeError, TypeError):
            continue
        return found
    return None


@contextmanager
def disk():
    """Put a `Disk` under every connection that is opened meanwhile."""
    sqlite = library()
    original = sqlite.sqlite3_vfs_find(None)
    made = Disk()
    shim = Shim(made, original)
    sqlite.sqlite3_vfs_register(ctypes.byref(shim.vfs), 1)
    try:
        yield made
    finally:
        sqlite.sqlite3_vfs_unregister(ctypes.byref(shim.vfs))
        sqlite.sqlite3_vfs_register(PTR(original), 1)
        ALIVE.append(shim)  # a connection may still be open


ALIVE: list = []


class Shim:
    """The copy of the system's VFS in which some functions are ours."""

    def __init__(self, disk, original):
        self.disk = disk
        self.vfs = (PTR * WORDS_OF_VFS).from_buffer_copy(
            ctypes.string_at(original, WORDS_OF_VFS * 8)
        )
        self.name = ctypes.create_string_buffer(b"failing")
        self.methods = {}  # ours, by the address of the system's
        self.kept = []
        self.vfs[NAME] = ctypes.addressof(self.name)
        self.system_open = CALLS[OPEN](self.vfs[OPEN])
        self.system_delete = CALLS[DELETE](self.vfs[DELETE])
        self.vfs[OPEN] = self._keep(CALLS[OPEN](self.open))
        self.vfs[DELETE] = self._keep(CALLS[DELETE](self.delete))

    def open(self, vfs, name, file, flags, out):
        path = os.fsdecode(ctypes.string_at(name)) if name else ""
        is_new = bool(path) and not os.path.exists(path)  # noqa: PTH110 - inside a callback
        if is_new and flags & CREATE and self.disk.fails(Fault.FORBIDDEN):
            ctypes.memset(file, 0, 8)
            return CANTOPEN
        answer = self.system_open(vfs, name, file, flags, out)
        if answer == 0 and path:
            self.disk.names[file] = os.path.basename(path)  # noqa: PTH119
            if is_new:
                self.disk.note("create", self.disk.names[file])
            slot = PTR.from_address(file)
            slot.value = self.wrapped(slot.value)
        return answer

    def delete(self, vfs, name, sync):
        self.disk.note("delete", os.path.basename(os.fsdecode(ctypes.string_at(name))), bool(sync))  # noqa: PTH119
        return self.system_delete(vfs, name, sync)

    def wrapped(self, methods):
        """Return the address of our copy of a set of methods."""
        if methods not in self.methods:
            table = (PTR * WORDS_OF_METHODS).from_buffer_copy(
                ctypes.string_at(methods, WORDS_OF_METHODS * 8)
            )
            for key, kind in METHODS.items():
                table[key] = self._keep(kind(self._method(key, kind(table[key]))))
            self.methods[methods] = table
        return ctypes.addressof(self.methods[methods])

    def _method(self, key, system):
        disk, names = self.disk, self.disk.names

        def write(file, data, amount, offset):
            if disk.fails(Fault.FULL):
                return FULL
            if disk.fails(Fault.BROKEN):
                return IOERR_WRITE
            if disk.recording:
                disk.note("write", names.get(file), offset, ctypes.string_at(data, amount))
            return system(file, data, amount, offset)

        def truncate(file, size):
            disk.note("truncate", names.get(file), size)
            return system(file, size)

        def sync(file, flags):
            if disk.fails(Fault.BROKEN):
                return IOERR_FSYNC
            disk.note("sync", names.get(file))
            return system(file, flags)

        def lock(file, level):
            if level == RESERVED and disk.fails(Fault.HELD):
                return BUSY
            return system(file, level)

        return {WRITE: write, TRUNCATE: truncate, SYNC: sync, LOCK: lock}[key]

    def _keep(self, function):
        self.kept.append(function)
        return ctypes.cast(function, PTR).value


def after_power_cut(base, log, chance):
    """Return what the disk may hold if the power fails after *log*, and the last answer given.

    *base* is what lay on it at the beginning. What was synced is there; of every later write
    each sector may be there or not, in any order; a deletion may be undone until the next sync.
    """
    files = {name: bytearray(content) for name, content in base.items()}
    waiting, undone, answered = defaultdict(list), {}, 0
    for kind, name, *rest in log:
        if kind == "answer":
            answered = name
        elif kind == "create":
            files.setdefault(name, bytearray())
        elif kind == "sync":
            undone.clear()
            for step in waiting.pop(name, ()):
                _apply(files.setdefault(name, bytearray()), step)
        elif kind == "delete":
            waiting.pop(name, None)
            old = files.pop(name, None)
            if old is not None and not rest[0]:
                undone[name] = old
        else:
            waiting[name].append((kind, *rest))
    for name, old in undone.items():
        if chance.random() < 0.5:
            files.setdefault(name, old)
    for name, steps in waiting.items():
        for step in steps:
            _apply_some(files.setdefault(name, bytearray()), step, chance)
    return files, answered


def _apply(content, step):
    if step[0] == "truncate":
        size = step[1]
        del content[size:]
        content.extend(bytes(size - len(content)))
        return
    _, offset, written = step
    content.extend(bytes(max(0, offset + len(written) - len(content))))
    content[offset : offset + len(written)] = written


def _apply_some(content, step, chance):
    if step[0] == "truncate":
        if chance.random() < 0.5:
            _apply(content, step)
        return
    _, offset, written = step
    for start in range(0, len(written), SECTOR):
        if chance.random() < 0.5:
            _apply(content, ("write", offset + start, written[start : start + SECTOR]))
