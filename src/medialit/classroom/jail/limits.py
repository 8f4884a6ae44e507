"""How much one notebook may use."""

from __future__ import annotations

from dataclasses import dataclass

MB = 1_000_000


@dataclass(frozen=True)
class Limits:
    """Seconds, bytes and counts for one notebook.

    ``cell_seconds`` of processor time, or ``cell_wait`` on the clock, end one cell; the next one is run. The others end
    the whole notebook. ``end_wait`` is how long its process may take to end after its last word. ``memory`` comes on top
    of what the libraries take.
    """

    wall_seconds: float = 60.0
    cpu_seconds: int = 20
    cell_seconds: float = 4.0
    cell_wait: float = 15.0
    end_wait: float = 5.0
    memory: int = 512 * MB
    file_bytes: int = 16 * MB
    disk_bytes: int = 64 * MB
    open_files: int = 64
    threads: int = 64
    result_bytes: int = 4 * MB
    output_bytes: int = 20 * MB


def apply_limits(limits: Limits, threads: int | None) -> None:
    """Hold this process to them. ``threads`` is the highest number for this user; None leaves it as it is."""
    import resource

    def cap(kind: int, soft: int, hard: int | None = None) -> None:
        _, most = resource.getrlimit(kind)
        hard = soft if hard is None else hard
        if most != resource.RLIM_INFINITY:
            soft, hard = min(soft, most), min(hard, most)
        resource.setrlimit(kind, (soft, hard))

    cap(resource.RLIMIT_CORE, 0)
    # One second between the signal that can be told apart and the kill.
    cap(resource.RLIMIT_CPU, limits.cpu_seconds, limits.cpu_seconds + 1)
    cap(resource.RLIMIT_FSIZE, limits.file_bytes)
    cap(resource.RLIMIT_NOFILE, limits.open_files)
    if hasattr(resource, "RLIMIT_AS") and (taken := _taken()):
        cap(resource.RLIMIT_AS, taken + limits.memory)
    if hasattr(resource, "RLIMIT_MEMLOCK"):
        cap(resource.RLIMIT_MEMLOCK, 0)
    if hasattr(resource, "RLIMIT_MSGQUEUE"):
        cap(resource.RLIMIT_MSGQUEUE, 0)
    if threads is not None:
        cap(resource.RLIMIT_NPROC, threads)


def _taken() -> int:
    """Bytes of address space in use; 0 where the system does not say."""
    try:
        with open("/proc/self/statm", "rb") as file:
            pages = int(file.read().split()[0])
    except (OSError, ValueError):
        return 0
    import resource

    return pages * resource.getpagesize()
