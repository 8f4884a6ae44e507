"""Landlock by its three system calls: what is not named here cannot be opened (Salaün 2021; Linux 5.13 and later)."""

from __future__ import annotations

import ctypes
import os
import stat
import struct
from collections.abc import Iterable
from functools import lru_cache

_CREATE, _ADD_RULE, _RESTRICT = 444, 445, 446  # the same on every architecture
_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR = 1 << 0, 1 << 1, 1 << 2, 1 << 3
_REMOVE, _MAKE_DIR, _MAKE_REG, _MAKE_SYM = 1 << 4 | 1 << 5, 1 << 7, 1 << 8, 1 << 12
_REFER, _TRUNCATE, _IOCTL = 1 << 13, 1 << 14, 1 << 15
READ = _READ_FILE | _READ_DIR
LIST = _READ_DIR
WRITE = READ | _WRITE_FILE | _REMOVE | _MAKE_DIR | _MAKE_REG | _MAKE_SYM | _REFER | _TRUNCATE
_FOR_FILES = _EXECUTE | _WRITE_FILE | _READ_FILE | _TRUNCATE | _IOCTL
_NO_NEW_PRIVS = 38


@lru_cache(maxsize=1)
def libc() -> ctypes.CDLL:
    """The C library, looked up once: a child of the nursery calls it some forty times."""
    return ctypes.CDLL(None, use_errno=True)


def _syscall(number: int, *arguments: object) -> int:
    found = libc().syscall(ctypes.c_long(number), *arguments)
    if found < 0:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code))
    return found


@lru_cache(maxsize=1)
def abi() -> int:
    """The version that this kernel speaks; 0 for none."""
    try:
        return _syscall(_CREATE, None, ctypes.c_size_t(0), ctypes.c_uint32(1))
    except (OSError, AttributeError):
        return 0


def _handled(version: int) -> int:
    last = 13 if version == 1 else 14 if version == 2 else 15 if version < 5 else 16
    return (1 << last) - 1


def ruleset(rules: Iterable[tuple[str, int]]) -> int:
    """A descriptor of a set of rules: (path, READ, LIST or WRITE), each for the path and all below it.

    Everything else is refused, with all TCP and with signals to processes outside where the kernel knows these.
    Paths that do not exist are passed over.
    """
    version = abi()
    handled = _handled(version)
    # Files; bind and connect by TCP; abstract Unix sockets and signals.
    fields = struct.pack("=QQQ", handled, 0b11, 0b11)[: 8 if version < 4 else 16 if version < 6 else 24]
    made = _syscall(_CREATE, fields, ctypes.c_size_t(len(fields)), ctypes.c_uint32(0))
    for path, rights in rules:
        try:
            place = os.open(path, os.O_PATH | os.O_CLOEXEC)
        except OSError:
            continue
        try:
            mine = rights & handled
            if not stat.S_ISDIR(os.fstat(place).st_mode):
                mine &= _FOR_FILES
            _syscall(_ADD_RULE, made, 1, struct.pack("=Qi", mine, place), ctypes.c_uint32(0))
        finally:
            os.close(place)
    return made


def restrict(made: int) -> None:
    """From now on only what the rules allow, for this thread and all that come from it. Cannot be taken back."""
    no_new_privileges()
    _syscall(_RESTRICT, made, ctypes.c_uint32(0))


def no_new_privileges() -> None:
    """No program run from here can gain a right."""
    zero = ctypes.c_ulong(0)
    if libc().prctl(_NO_NEW_PRIVS, ctypes.c_ulong(1), zero, zero, zero):
        raise OSError(ctypes.get_errno(), "no new privileges")
