"""A network without cards, a RAM disk as work folder, and a user without rights: each where the system grants it."""

from __future__ import annotations

import ctypes
import os
import struct
import sys
from contextlib import suppress
from dataclasses import dataclass

from medialit.classroom.jail.landlock import libc

_NEW_FILES, _NEW_IPC, _NEW_USER, _NEW_NET = 0x00020000, 0x08000000, 0x10000000, 0x40000000
_PRIVATE = 1 << 18 | 1 << 14
_NOSUID_NODEV_NOEXEC = 2 | 4 | 8
_KEEP_CAPS, _DUMPABLE, _PARENT_DEATH = 8, 4, 1
_READ_SEARCH = 1 << 2
_CAPSET_VERSION = 0x20080522


@dataclass(frozen=True)
class Spaces:
    """What the nursery has of its own. ``user`` is the number that its children take on, or None."""

    network: bool = False
    files: bool = False
    users: bool = False
    user: int | None = None


def _unshare(flags: int) -> bool:
    try:
        return libc().unshare(flags) == 0
    except AttributeError:
        return False


def enter() -> Spaces:
    """Leave the network and the mounts of the system behind, as far as this user may. Call it before any thread starts."""
    if sys.platform != "linux":
        return Spaces()
    root = os.geteuid() == 0
    uid, gid = os.geteuid(), os.getegid()
    users = not root and _unshare(_NEW_USER)
    if users:
        for name, text in (("setgroups", "deny"), ("uid_map", f"{uid} {uid} 1"), ("gid_map", f"{gid} {gid} 1")):
            with suppress(OSError), open(f"/proc/self/{name}", "w") as file:
                file.write(text)
    network = _unshare(_NEW_NET)
    _unshare(_NEW_IPC)
    # Without its own mounts, a mount here would be one of the whole system.
    files = _unshare(_NEW_FILES) and libc().mount(b"none", b"/", None, ctypes.c_ulong(_PRIVATE), None) == 0
    return Spaces(network, files, users, _free_user() if root else None)


def _free_user() -> int | None:
    """A user number that nobody has; in a container perhaps only “nobody” can be taken on."""
    for uid in (1_500_000_000 + os.getpid(), 65534):
        pid = os.fork()
        if pid == 0:
            try:
                os.setgroups([])
                os.setresgid(uid, uid, uid)
                os.setresuid(uid, uid, uid)
            except OSError:
                os._exit(1)
            os._exit(0)
        if os.waitpid(pid, 0)[1] == 0:
            return uid
    return None


def mount_room(room: str, size: int, user: int | None) -> bool:
    """A fresh RAM disk of ``size`` bytes at ``room``."""
    owner = "" if user is None else f",uid={user},gid={user}"
    how = f"size={size},nr_inodes=4096,mode=0700{owner}".encode()
    return libc().mount(b"tmpfs", room.encode(), b"tmpfs", ctypes.c_ulong(_NOSUID_NODEV_NOEXEC), how) == 0


def unmount_room(room: str) -> None:
    """Let go of the RAM disk and of everything in it."""
    libc().umount2(room.encode(), 2)


def become(user: int | None) -> None:
    """Be nobody, with no right but to look into folders; there the walls of files stay as they are. Cannot be undone."""
    keep = 0
    if user is not None:
        os.setgroups([])
        os.setresgid(user, user, user)
        # The interpreter may lie in a folder that only its owner may enter.
        libc().prctl(_KEEP_CAPS, ctypes.c_ulong(1), *(ctypes.c_ulong(0),) * 3)
        os.setresuid(user, user, user)
        keep = _READ_SEARCH
    if hasattr(libc(), "capset"):
        head = struct.pack("=Ii", _CAPSET_VERSION, 0)
        if libc().capset(head, struct.pack("=6I", keep, keep, 0, 0, 0, 0)) and keep:
            libc().capset(head, bytes(24))


def own_death(parent: int) -> None:
    """Die with the parent, and let nobody look into this process."""
    zeros = (ctypes.c_ulong(0),) * 3
    libc().prctl(_PARENT_DEATH, ctypes.c_ulong(9), *zeros)
    libc().prctl(_DUMPABLE, ctypes.c_ulong(0), *zeros)
    if os.getppid() != parent:
        os._exit(1)


def thread_limit(spaces: Spaces, wanted: int) -> int | None:
    """The number that the limit of this user must have for ``wanted`` threads; None where it has no effect."""
    if spaces.user is not None:
        return wanted
    if spaces.users:
        return wanted + 2
    if os.geteuid() == 0:
        return None
    return wanted + _threads_of(os.geteuid())


def _threads_of(uid: int) -> int:
    total = 0
    try:
        numbers = [name for name in os.listdir("/proc") if name.isdigit()]
    except OSError:
        return 0
    for number in numbers:
        with suppress(OSError):
            if os.stat(f"/proc/{number}").st_uid == uid:
                total += len(os.listdir(f"/proc/{number}/task"))
    return total
