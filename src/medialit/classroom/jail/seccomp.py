"""A list of the system calls that are left to notebook code, as a small BPF program set by prctl: no library is needed."""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import struct
import sys

from medialit.classroom.jail.landlock import libc, no_new_privileges
from medialit.classroom.jail.syscalls import AUDIT, checked, free

_LOAD, _IF_EQUAL, _IF_AT_LEAST, _IF_ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_ALLOW, _KILL, _ERROR = 0x7FFF0000, 0x80000000, 0x00050000
_NUMBER, _ARCH, _ARGUMENT = 0, 4, 16
_NEWER = 463  # calls that came after this list: a C library then falls back to older ones
_CLONE3, _OPENAT2 = 435, 437
_THREAD = 0x00010000
# New namespaces, vfork, tracing.
_NOT_WITH_THREADS = 0x00020000 | 0x00004000 | 0x00002000 | 0x7E000000
# Terminal size and kind, close on exec, bytes to read.
_IOCTL = (0x5401, 0x5413, 0x5450, 0x5451, 0x541B)
# Copies, flags, locks, size of a pipe; not: who gets a signal when something can be read.
_FCNTL = (0, 1, 2, 3, 4, 5, 6, 7, 36, 37, 38, 1030, 1032)
_PRCTL = (3, 15, 16, 0x53564D41)


def machine() -> str:
    """This processor's name when the list knows it, else nothing."""
    name = {"AMD64": "x86_64", "arm64": "aarch64"}.get(platform.machine(), platform.machine())
    known = sys.platform == "linux" and name in AUDIT and sys.byteorder == "little" and sys.maxsize > 2**32
    return name if known else ""


def available() -> bool:
    """True when this kernel takes filters and the list fits the processor."""
    if not machine():
        return False
    # Without a program the kernel answers “bad address” when it knows filters.
    failed = libc().prctl(22, ctypes.c_ulong(2), None, ctypes.c_ulong(0), ctypes.c_ulong(0))
    return failed == -1 and ctypes.get_errno() == errno.EFAULT


def program(name: str, pid: int) -> list[tuple[int, int, int, int]]:
    """The filter for one process as (code, steps if true, steps if false, value)."""
    refuse, unknown = _ERROR | errno.EPERM, _ERROR | errno.ENOSYS
    code = [
        (_LOAD, 0, 0, _ARCH),
        (_IF_EQUAL, 1, 0, AUDIT[name]),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, _NUMBER),
    ]
    for number in free(name):
        code += [(_IF_EQUAL, 0, 1, number), (_RETURN, 0, 0, _ALLOW)]
    for number in (_CLONE3, _OPENAT2):
        code += [(_IF_EQUAL, 0, 1, number), (_RETURN, 0, 0, unknown)]
    code += [(_IF_AT_LEAST, 0, 1, _NEWER), (_RETURN, 0, 0, unknown)]
    numbers = checked(name)
    flags = [
        (_LOAD, 0, 0, _ARGUMENT),
        (_IF_ANY_BIT, 0, 1, _NOT_WITH_THREADS),
        (_RETURN, 0, 0, refuse),
        (_IF_ANY_BIT, 0, 1, _THREAD),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, refuse),
    ]
    code += [(_IF_EQUAL, 0, len(flags), numbers["clone"]), *flags]
    rules = {
        "kill": (0, (pid,)),
        "tgkill": (0, (pid,)),
        "prlimit64": (0, (0, pid)),
        "prctl": (0, _PRCTL),
        "ioctl": (1, _IOCTL),
        "fcntl": (1, _FCNTL),
    }
    for call, (place, values) in rules.items():
        part = [(_LOAD, 0, 0, _ARGUMENT + 8 * place)]
        for value in values:
            part += [(_IF_EQUAL, 0, 1, value), (_RETURN, 0, 0, _ALLOW)]
        part.append((_RETURN, 0, 0, refuse))
        code += [(_IF_EQUAL, 0, len(part), numbers[call]), *part]
    return [*code, (_RETURN, 0, 0, refuse)]


def restrict() -> None:
    """Put the filter on this process. Cannot be taken back. Raises OSError when the kernel refuses."""
    code = program(machine(), os.getpid())
    raw = ctypes.create_string_buffer(b"".join(struct.pack("=HBBI", *step) for step in code))
    whole = struct.pack("=H6xQ", len(code), ctypes.addressof(raw))
    no_new_privileges()
    if libc().prctl(22, ctypes.c_ulong(2), whole, ctypes.c_ulong(0), ctypes.c_ulong(0)):
        raise OSError(ctypes.get_errno(), "seccomp")
