"""The same work on a Dask cluster that runs already: SLURM, Kubernetes, Coiled or this machine."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError
from typing import Any

from medialit.errors import MedialitError

AHEAD = 4  # submissions a thread that are sent before their turn: the parent never holds the whole class


def connect(address: str, timeout: str = "20s") -> Any:
    """A client of the cluster at this address. Raises MedialitError when it does not answer."""
    try:
        from distributed import Client
    except ImportError:
        raise MedialitError("--dask needs Dask. Install it with: pip install 'medialit[cluster]'.") from None
    try:
        client = Client(address, timeout=timeout, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        raise MedialitError(f"No Dask scheduler answers at {address} ({type(error).__name__}).") from None
    if not client.scheduler_info()["workers"]:
        client.close()
        raise MedialitError(f"The Dask cluster at {address} has no workers. Start some, then run this again.")
    return client


def on_every_worker(client: Any, ask: Callable[[], Any]) -> list[Any]:
    """What each worker answers. Raises MedialitError when one cannot."""
    try:
        return list(client.run(ask).values())
    except Exception as error:
        raise MedialitError(
            f"A worker of the Dask cluster cannot grade ({type(error).__name__}). Install medialit there as it is here."
        ) from None


def spread(
    client: Any, work: Callable[[Any], Any], items: Iterable[Any], failed: Callable[[Any, str], Any]
) -> Iterator[Any]:
    """``work(item)`` for every item, in any order. A worker that dies costs time, not results."""
    from distributed import as_completed

    waiting = iter(items)
    sent: dict[str, Any] = {}
    done = as_completed(loop=client.loop, raise_errors=False)

    def send_next() -> None:
        for item in waiting:
            # Its own key each time: Dask must not hand back what an earlier run left in the cluster's memory.
            future = client.submit(work, item, pure=False, retries=1)
            sent[future.key] = item
            done.add(future)
            return

    for _ in range(AHEAD * max(1, sum(client.nthreads().values()))):
        send_next()
    for future in done:
        item = sent.pop(future.key)
        # Both wait: the worker that held a finished result may have died, and then Dask works it out again elsewhere.
        error = CancelledError() if future.cancelled() else future.exception()
        if error is None:
            yield future.result()
        else:
            yield failed(item, f"The cluster could not grade this submission ({type(error).__name__}).")
        future.release()
        send_next()
