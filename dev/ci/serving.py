"""What the suites need to start `./meltemi serve`, watch it and stop it. Not a suite itself."""
import base64
import http.client
import json
import os
import pathlib
import random
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

# whoever is told to stop cleans up first
signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))

HOUSE = pathlib.Path(__file__).resolve().parents[2]
LONG = 300  # seconds until something that was promised is given up, on a busy machine


class Checks:
    """Prints a line for each promise and remembers whether all were kept."""

    def __init__(self):
        self.red = 0

    def that(self, promise, kept, seen=""):
        print(("ok   " if kept else "FAIL ") + promise + ("" if kept else f": {seen}"), flush=True)
        self.red += 0 if kept else 1
        return kept

    def equal(self, promise, seen, wanted):
        return self.that(promise, seen == wanted, f"expected {wanted!r}, was {seen!r}")


def wait(condition, seconds=LONG):
    """The first true value of the condition, or its last one."""
    end = time.monotonic() + seconds
    while not (value := condition()) and time.monotonic() < end:
        time.sleep(0.2)
    return value


def free_port(address="127.0.0.1"):
    for port in random.sample(range(18300, 18900), 600):  # another suite may look for one at the same moment
        with socket.socket() as tried:
            try:
                tried.bind((address, port))
                return port
            except OSError:
                continue
    raise SystemExit("no free port")


def processes():
    """Every process as (pid, parent, command line, status fields)."""
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            try:
                line = pathlib.Path("/proc", entry, "cmdline").read_bytes().replace(b"\0", b" ").decode("utf8", "replace")
                status = dict(l.split(":\t", 1) for l in pathlib.Path("/proc", entry, "status").read_text().splitlines() if ":\t" in l)
                yield int(entry), int(status["PPid"]), line, status
            except (OSError, KeyError):
                continue


def alive(pid):
    return any(found == pid and not status["State"].startswith("Z") for found, _, _, status in processes())


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    def json(self):
        return json.loads(self.body or "{}")


class Broker:
    """One start of ./meltemi serve in a folder, with a home of its own."""

    def __init__(self, folder, *arguments, env=None, prefix=(), cwd=None):
        self.folder = pathlib.Path(folder)
        self.home = self.folder.parent / "home"
        self.home.mkdir(exist_ok=True)
        self.out = self.folder.parent / f"{self.folder.name}.{time.monotonic_ns()}.out"
        clean = {name: value for name, value in os.environ.items() if not name.startswith(("MELTEMI_", "XDG_"))}
        clean.update({"HOME": str(self.home), "XDG_CONFIG_HOME": str(self.home)}, **(env or {}))
        command = [*prefix, str(HOUSE / "meltemi"), "serve", *arguments]
        self.started = time.monotonic()
        with open(self.out, "w") as out:
            self.process = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT, env=clean,
                                            stdin=subprocess.DEVNULL, cwd=cwd or self.folder.parent)

    def said(self):
        return self.out.read_text()

    def line(self, pattern):
        """The first group of a pattern in what it said, when it has said it."""
        found = wait(lambda: re.search(pattern, self.said()) or self.process.poll() is not None)
        if not isinstance(found, re.Match):
            found = re.search(pattern, self.said())
        if not found:
            raise SystemExit(f"never said {pattern}:\n{self.said()}")
        return found.group(1)

    def serves(self):
        self.url = self.line(r"Meltemi serves at (\S+)")
        return self

    def ended(self, seconds=LONG):
        """The exit code of one that refuses to start."""
        try:
            return self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.stop()
            return "still running"

    def stop(self):
        self.process.terminate()
        try:
            return self.process.wait(60)
        except subprocess.TimeoutExpired:
            self.process.kill()
            return "killed"


def ask(url, user=None, token=None, method=None, body=None, headers=None, context=None):
    """One HTTP request; status 0 when nobody answers."""
    request = urllib.request.Request(url, method=method, headers=dict(headers or {}))
    if user:
        request.add_header("Authorization", "Basic " + base64.b64encode(user.encode()).decode())
    if token:
        request.add_header("Authorization", "Bearer " + token)
    if body is not None:
        request.data = json.dumps(body).encode()
        request.add_header("Content-Type", "application/json")
    handlers = [urllib.request.ProxyHandler({})]
    if context:
        handlers.append(urllib.request.HTTPSHandler(context=context))
    try:
        with urllib.request.build_opener(*handlers).open(request, timeout=30) as answer:
            return Answer(answer.status, answer.headers, answer.read().decode())
    except urllib.error.HTTPError as e:
        return Answer(e.code, e.headers, e.read().decode())
    except (OSError, ValueError, http.client.HTTPException) as e:
        return Answer(0, {}, str(e))
