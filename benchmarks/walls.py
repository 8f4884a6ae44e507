"""What the walls add to one notebook: a child that walls itself in beside one that does not, in turns."""

from __future__ import annotations

import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time


def walls_ms(turns: int = 60) -> dict[str, float]:
    """Median milliseconds, by the clock and of a processor, that walls add to a fork. In a process of its own."""
    done = subprocess.run([sys.executable, __file__, str(turns)], capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def _measure(turns: int) -> dict[str, float]:
    from medialit.classroom.jail import child, landlock, namespaces
    from medialit.classroom.jail.limits import Limits
    from medialit.classroom.jail.nursery import Nursery

    room, limits = tempfile.mkdtemp(prefix="walls-"), Limits()
    nursery = Nursery(socket.socketpair()[0], room)

    def once(walled: bool) -> tuple[float, float]:
        begun, busy, parent = time.perf_counter(), time.process_time(), os.getpid()
        if walled and nursery.disk:
            namespaces.mount_room(room, limits.disk_bytes, nursery.spaces.user)
        pid = os.fork()
        if pid == 0:
            if walled:
                child.clean(room, ())
                rules = landlock.ruleset([*nursery.rules, (room, landlock.WRITE), (os.devnull, landlock.WRITE)])
                child.wall_in(room, limits, nursery.spaces, parent, rules, filtered=nursery.filtered)
            os._exit(0)
        _, status, used = os.wait4(pid, 0)
        if walled and nursery.disk:
            namespaces.unmount_room(room)
        assert status == 0
        busy = time.process_time() - busy + used.ru_utime + used.ru_stime
        return 1000 * (time.perf_counter() - begun), 1000 * busy

    pairs = [(once(True), once(False)) for _ in range(turns)][5:]
    os.rmdir(room)
    # Processor time too: on a shared machine the clock counts the work of others.
    return {
        name: statistics.median(a[part] - b[part] for a, b in pairs)
        for part, name in enumerate(("added, ms", "added, ms of a processor"))
    } | {"added at least, ms": min(a[0] for a, _ in pairs) - min(b[0] for _, b in pairs)}


if __name__ == "__main__":
    print(json.dumps(_measure(int(sys.argv[1]))))
