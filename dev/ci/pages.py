"""Runs what a page's code blocks say, command by command. Not a suite itself.

Indented lines are commands, which may go over several lines; a comment `# → words` behind one says what its output holds.
"""
import os
import pathlib
import re
import signal
import subprocess

HOUSE = pathlib.Path(__file__).resolve().parents[2]
END = "--- end of the command"
LIMIT = 240  # seconds for one command; the pages' loops end by themselves


def whole(command):
    return not command.endswith("\\") and subprocess.run(["bash", "-n", "-c", command], capture_output=True).returncode == 0


def commands(page):
    """Each command of a page with the words that its output shall hold."""
    lines = []
    for line in (HOUSE / page).read_text().splitlines():
        if not line.startswith("    "):
            if lines:
                raise SystemExit(f"{page}: no whole command: {lines}")
            continue
        lines.append(line[4:])
        command = "\n".join(lines)
        if whole(command):
            yield re.sub(r"\s*# .*$", "", command, flags=re.M), re.findall(r"# → (.*?) *$", command, flags=re.M)
            lines = []


class Terminal:
    """One bash, as the reader's."""

    def __init__(self, folder, port):
        self.port = port
        clean = {name: value for name, value in os.environ.items() if not name.startswith(("MELTEMI_", "XDG_"))}
        self.bash = subprocess.Popen(["bash"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                     text=True, cwd=folder, env=clean | {"HOME": str(folder)})

    def run(self, command):
        self.bash.stdin.write(command.replace("8080", str(self.port)) + f"\necho; echo '{END}'\n")
        self.bash.stdin.flush()
        before = signal.signal(signal.SIGALRM, lambda *_: self.bash.kill())
        signal.alarm(LIMIT)
        said = []
        for line in self.bash.stdout:
            if line.startswith(END):
                break
            said.append(line)
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
        return "".join(said)

    def close(self):
        self.bash.kill()
        self.bash.wait()
