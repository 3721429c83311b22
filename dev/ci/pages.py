"""Runs what a page's code blocks say, command by command. Not a suite itself.

Indented lines are commands, which may go over several lines, fenced ones are not; a comment `# → words` behind one says what its output holds.
"""
import contextlib
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
    fenced = False
    for line in (HOUSE / page).read_text().splitlines():
        fenced ^= line.startswith("```")
        if fenced or not line.startswith("    "):
            if lines:
                raise SystemExit(f"{page}: no whole command: {lines}")
            continue
        lines.append(line[4:])
        command = "\n".join(lines)
        if whole(command):
            yield re.sub(r"\s*# .*$", "", command, flags=re.M), re.findall(r"# → (.*?) *$", command, flags=re.M)
            lines = []


def walk(page, terminal):
    """Runs a page's commands in a terminal, one line for each; how many did not say what the page says."""
    red = 0
    for command, wanted in commands(page):
        said = terminal.run(command)
        shown = re.sub(r"\s+", " ", command)[:100]
        if not wanted:
            print("     " + shown, flush=True)
        for words in wanted:
            kept = words in said
            red += not kept
            print(("ok   " if kept else "FAIL ") + shown + "  → " + words + ("" if kept else "\n" + said[-1500:]), flush=True)
    return red


class Terminal:
    """One bash, as the reader's."""

    def __init__(self, folder, port):
        self.port = port
        clean = {name: value for name, value in os.environ.items() if not name.startswith(("MELTEMI_", "XDG_"))}
        self.bash = subprocess.Popen(["bash"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                     text=True, cwd=folder, env=clean | {"HOME": str(folder)}, start_new_session=True)

    def run(self, command):
        # programs that read what they can would eat the next command
        self.bash.stdin.write(f"{{ {command.replace('8080', str(self.port))}\n}} </dev/null\necho; echo '{END}'\n")
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
        """Ends what its commands left running too."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.bash.pid, signal.SIGKILL)
        self.bash.wait()
