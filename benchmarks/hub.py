"""A small JupyterHub on this machine, with learners who answer unit 1: does it work, and what does each learner take?

``python benchmarks/hub.py 1 2 8 20`` prints one line for each number of learners. It needs jupyterhub, nbgitpuller, psutil
and websocket-client in this environment beside medialit, and configurable-http-proxy (npm) on the search path. All
addresses are on loopback; everything it started ends with it.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path
from typing import Any

CONFIG = """
c.JupyterHub.bind_url = "http://127.0.0.1:{port}"
c.JupyterHub.hub_bind_url = "http://127.0.0.1:{inner}"
c.ConfigurableHTTPProxy.api_url = "http://127.0.0.1:{proxy}"
c.JupyterHub.spawner_class = "simple"
c.JupyterHub.authenticator_class = "dummy"
c.Authenticator.allow_all = True
c.Spawner.args = ["--allow-root"]
c.Spawner.default_url = "/lab/tree/course/notebooks/00-start.ipynb"
c.Spawner.environment = {{"JUPYTERHUB_SINGLEUSER_APP": "jupyter_server.serverapp.ServerApp"}}
c.SimpleLocalProcessSpawner.home_dir_template = "{folder}/homes/{{username}}"
c.JupyterHub.concurrent_spawn_limit = 30
c.JupyterHub.load_roles = [{{"name": "walk", "scopes": ["admin:users", "admin:servers", "tokens"], "services": ["walk"]}}]
c.JupyterHub.services = [{{"name": "walk", "api_token": "{token}"}}]
"""

# What a learner of unit 1 does after the lesson has run: a quiz, then every exercise on a page of its own.
QUIZ = """
quiz = unit.quiz()
for question in quiz.quiz.questions:
    quiz.answer(question.id, question.key, certainty=2)
"""
TASKS = """
for task in unit.tasks.values():
    unit.submit(task.id, task.answer())
print("entries", len(unit.progress.entries()))
"""


class Hub:
    """A hub in a folder of its own, with the course in a repository beside it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.token = folder, secrets.token_hex(16)
        self.port, inner, proxy = free(), free(), free()
        self.repository = folder / "repository"
        subprocess.run(
            [sys.executable, "-m", "medialit", "handout", str(self.repository)], check=True, capture_output=True
        )
        git = ["git", "-C", str(self.repository), "-c", "user.name=hub", "-c", "user.email=hub@localhost"]
        for words in (["init", "-q", "-b", "main"], ["add", "-A"], ["commit", "-q", "-m", "Handout"]):
            subprocess.run([*git, *words], check=True)
        config = CONFIG.format(port=self.port, inner=inner, proxy=proxy, folder=folder, token=self.token)
        (folder / "jupyterhub_config.py").write_text(config, encoding="utf-8")
        env = {k: v for k, v in os.environ.items() if k != "MEDIALIT_PROGRESS"}
        env["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), env["PATH"]])
        self.log = open(folder / "hub.log", "wb")  # noqa: SIM115
        self.process = subprocess.Popen(
            [sys.executable, "-m", "jupyterhub", "-f", "jupyterhub_config.py"],
            cwd=folder,
            env=env,
            stdout=self.log,
            stderr=self.log,
            start_new_session=True,
        )
        wait_for(lambda: isinstance(self.ask("GET", "/hub/api/"), dict), 60)

    def ask(self, how: str, path: str, data: Any = None, token: str = "") -> Any:
        """JSON of an address of the hub or of a learner's server; the number of the status where it refuses."""
        body = None if data is None else json.dumps(data).encode()
        head = {"Authorization": f"token {token or self.token}", "Content-Type": "application/json"}
        asked = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", body, head, method=how)
        try:
            with urllib.request.urlopen(asked, timeout=120) as answer:
                text = answer.read()
                return json.loads(text) if text[:1] in (b"{", b"[") else text.decode()
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            return None

    def close(self) -> None:
        """Stop the hub, the proxy and all servers: their own processes and no others."""
        import psutil

        ours = [self.process.pid, *(p.pid for p in psutil.Process(self.process.pid).children(recursive=True))]
        self.process.terminate()
        self.process.wait(60)
        for number in ours:
            if psutil.pid_exists(number) and str(self.folder) in open_folder(number):
                psutil.Process(number).kill()
        self.log.close()


class Learner:
    """One who logs in, gets the course, and answers unit 1. ``took`` are seconds by step, ``memory`` MB (PSS) by process."""

    def __init__(self, hub: Hub, name: str) -> None:
        self.hub, self.name, self.took, self.memory = hub, name, {}, {}
        self.said = ""

    def work(self) -> None:
        """From the login to the last answer."""
        hub, name = self.hub, self.name
        started = time.monotonic()
        hub.ask("POST", f"/hub/api/users/{name}")
        (hub.folder / "homes" / name).mkdir(parents=True, exist_ok=True)
        self.token = hub.ask("POST", f"/hub/api/users/{name}/tokens", {"expires_in": 3600})["token"]
        hub.ask("POST", f"/hub/api/users/{name}/server")
        wait_for(lambda: isinstance(self.ask("GET", "/api/status"), dict), 120)
        self.took["server"] = time.monotonic() - started
        pulled = time.monotonic()
        repo = urllib.parse.urlencode({"repo": f"file://{hub.repository}", "branch": "main", "targetpath": "course"})
        self.ask("GET", f"/git-pull/api?{repo}")
        assert (hub.folder / "homes" / name / "course" / "notebooks").is_dir(), f"{name}: the course was not pulled"
        self.took["pull"] = time.monotonic() - pulled
        for step, part, more in (("lesson", "notebooks", QUIZ), ("exercise", "exercises", TASKS)):
            begun = time.monotonic()
            self.said = self.run(f"{part}/01-quotes.ipynb", more)
            self.took[step] = time.monotonic() - begun
        self.weigh()

    def ask(self, how: str, path: str, data: Any = None, token: str = "") -> Any:
        """Ask this learner's own server."""
        return self.hub.ask(how, f"/user/{self.name}{path}", data, token or self.token)

    def run(self, page: str, more: str) -> str:
        """Run all cells of a page in a kernel of its own, then ``more``; what was printed. Raises RuntimeError."""
        from websocket import create_connection

        model = {"path": f"course/{page}", "name": page, "type": "notebook", "kernel": {"name": "python3"}}
        kernel = self.ask("POST", "/api/sessions", model)["kernel"]["id"]
        place = f"ws://127.0.0.1:{self.hub.port}/user/{self.name}/api/kernels/{kernel}/channels"
        socket_ = create_connection(place, header=[f"Authorization: token {self.token}"], timeout=180)
        cells = json.loads((self.hub.folder / "homes" / self.name / "course" / page).read_text(encoding="utf-8"))[
            "cells"
        ]
        printed = ""
        for code in [*("".join(c["source"]) for c in cells if c["cell_type"] == "code"), more]:
            number = secrets.token_hex(8)
            head = {
                "msg_id": number,
                "msg_type": "execute_request",
                "username": "",
                "session": number,
                "version": "5.3",
            }
            content = {
                "code": code,
                "silent": False,
                "store_history": True,
                "user_expressions": {},
                "allow_stdin": False,
            }
            socket_.send(
                json.dumps(
                    {"header": head, "parent_header": {}, "metadata": {}, "content": content, "channel": "shell"}
                )
            )
            waiting = {"reply", "idle"}  # what is printed may come after the reply
            while waiting:
                got = json.loads(socket_.recv())
                if got["parent_header"].get("msg_id") != number:
                    continue
                content = got["content"]
                if got["msg_type"] == "stream":
                    printed += content["text"]
                elif got["msg_type"] == "status" and content["execution_state"] == "idle":
                    waiting.discard("idle")
                elif got["msg_type"] == "execute_reply":
                    waiting.discard("reply")
                    if content["status"] != "ok":
                        raise RuntimeError(f"{page}: {content.get('ename')}: {content.get('evalue')}")
        socket_.close()
        return printed

    def weigh(self) -> None:
        """The memory of this learner's server and of each of its kernels."""
        import psutil

        for process in psutil.Process(self.hub.process.pid).children(recursive=True):
            if process.environ().get("JUPYTERHUB_USER") != self.name:
                continue
            kind = "kernel" if "ipykernel" in " ".join(process.cmdline()) else "server"
            kind = next(k for k in (kind, f"{kind} 2", f"{kind} 3") if k not in self.memory)
            self.memory[kind] = process.memory_full_info().pss / 1e6


def free() -> int:
    """A port that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(there: Any, seconds: float) -> None:
    """Wait until ``there()`` is true. Raises TimeoutError."""
    end = time.monotonic() + seconds
    while not there():
        if time.monotonic() > end:
            raise TimeoutError(f"not ready after {seconds:.0f} s")
        time.sleep(0.1)


def open_folder(number: int) -> str:
    """The command line and the folder of a process, to be sure whose it is."""
    import psutil

    try:
        process = psutil.Process(number)
        return f"{process.cwd()} {' '.join(process.cmdline())}"
    except psutil.Error:
        return ""


def measure(learners: int, folder: Path) -> dict[str, Any]:
    """Start a hub, let so many learners answer unit 1 at the same time, and say what it took."""
    hub = Hub(folder)
    faults: list[str] = []

    def go(learner: Learner) -> None:
        try:
            learner.work()
        except Exception as error:
            faults.append(f"{learner.name}: {error!r}")

    try:
        them = [Learner(hub, f"learner-{number}") for number in range(1, learners + 1)]
        started = time.monotonic()
        threads = [threading.Thread(target=go, args=(learner,)) for learner in them]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        seconds = time.monotonic() - started
        if faults:
            raise RuntimeError("; ".join(faults))
        refused = them[0].ask("GET", "/api/contents", token=them[-1].token) if learners > 1 else 403
        processes = sorted({name for learner in them for name in learner.memory})
        return {
            "learners": learners,
            "seconds": round(seconds, 1),
            "steps": {s: round(max(one.took[s] for one in them), 1) for s in them[0].took},
            "memory": {n: round(sum(one.memory.get(n, 0) for one in them) / learners) for n in processes},
            "each": round(sum(sum(one.memory.values()) for one in them) / learners),
            "entries": sorted({one.said.split()[-1] for one in them}),
            "foreign": refused,
        }
    finally:
        hub.close()


if __name__ == "__main__":
    if not shutil.which("configurable-http-proxy"):
        sys.exit("There is no configurable-http-proxy here. Install it with npm.")
    for count in [int(word) for word in sys.argv[1:]] or [2]:
        with tempfile.TemporaryDirectory(prefix="medialit-hub-") as place:
            print(json.dumps(measure(count, Path(place))), flush=True)
