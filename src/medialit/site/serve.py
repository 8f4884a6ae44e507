#!/usr/bin/env python3
"""Serve the course to this computer alone: from the folder "course" beside this file, or from a named one.

Needs Python 3.8 or newer, and nothing else.
Always at the same port: a browser keeps what a learner answered by the address, and another port is another address.
"""

from __future__ import annotations

import functools
import http.server
import os
import sys
import webbrowser

PORT = 8642
# A server with the wrong types makes the browser refuse Python and the pages.
TYPES = {
    ".wasm": "application/wasm",
    ".js": "text/javascript",
    ".mjs": "text/javascript",
    ".json": "application/json",
    ".ipynb": "application/json",
    ".html": "text/html; charset=utf-8",
    ".css": "text/css",
    ".svg": "image/svg+xml",
    ".whl": "application/octet-stream",
}


class Handler(http.server.SimpleHTTPRequestHandler):
    """Files as they are. The browser asks each time whether one has changed, so that no old copy hides a new one."""

    protocol_version = "HTTP/1.1"
    extensions_map = {**http.server.SimpleHTTPRequestHandler.extensions_map, **TYPES}  # noqa: RUF012

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()

    def log_message(self, *said: object) -> None:
        pass


def server(folder: str | os.PathLike[str], port: int = PORT) -> http.server.ThreadingHTTPServer:
    """A server for this folder on loopback; port 0 takes any free one. Raises OSError when the port is in use."""
    handler = functools.partial(Handler, directory=os.fspath(folder))
    return http.server.ThreadingHTTPServer(("127.0.0.1", port), handler)


def serve(folder: str, port: int = PORT, browser: bool = True) -> int:
    """Serve until Ctrl+C; an exit code."""
    if not os.path.isfile(os.path.join(folder, "index.html")):
        print("There is no course in " + folder + ". Unpack the whole zip file, and start this again.")
        return 1
    try:
        running = server(folder, port)
    except OSError:
        print(
            "Port "
            + str(port)
            + " is in use, maybe by this course itself: open http://127.0.0.1:"
            + str(port)
            + "/ in your "
            "browser. If another program is there, close it and start this again."
        )
        return 1
    address = "http://127.0.0.1:" + str(running.server_address[1]) + "/"
    print("The course is at " + address + "  Leave this window open. To stop, press Ctrl+C.", flush=True)
    if browser:
        webbrowser.open(address)
    try:
        running.serve_forever()
    except KeyboardInterrupt:
        print("The course is closed. Your answers are kept in your browser.")
    return 0


if __name__ == "__main__":
    here = os.path.dirname(os.path.abspath(__file__))
    folders = [given for given in sys.argv[1:] if given != "--no-browser"]
    sys.exit(serve(folders[0] if folders else os.path.join(here, "course"), browser="--no-browser" not in sys.argv))
