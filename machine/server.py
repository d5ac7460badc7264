"""One server: started once however often asked, started again after a crash, stopped cleanly."""

import abc
import os
import signal
import subprocess
import time
from pathlib import Path
from typing import IO

from machine import place

PATIENCE = 40  # seconds; a server killed the hard way needs some before it can start again
LOG_BYTES = 5_000_000


class Server(abc.ABC):
    name: str
    stop_signal = signal.SIGTERM

    @abc.abstractmethod
    def prepare(self) -> None: ...

    @abc.abstractmethod
    def command(self) -> list[str]: ...

    @abc.abstractmethod
    def pid(self) -> int | None: ...

    @abc.abstractmethod
    def answers(self) -> bool: ...

    @abc.abstractmethod
    def furnish(self) -> None: ...

    def start(self) -> None:
        """Start the server unless it runs, and wait until it answers.

        :raises MachineError: it does not come up; its last lines are in the message.
        """
        if not (self.pid() and self.answers()):
            self.prepare()
            self.bring_up(time.monotonic() + PATIENCE)
        self.furnish()

    def bring_up(self, deadline: float) -> None:
        process = None
        while not (self.pid() and self.answers()):
            if time.monotonic() > deadline:
                raise place.MachineError(f"{self.name} does not start:\n{tail(self.name)}")
            if not self.pid() and (process is None or process.poll() is not None):
                process = self.spawn()
            time.sleep(0.2)

    def spawn(self) -> "subprocess.Popen[bytes]":
        with open_log(self.name) as log:
            return subprocess.Popen(
                self.command(), stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd="/",
                start_new_session=True, umask=0o077, **place.as_server(),
            )  # fmt: skip

    def stop(self) -> None:
        """Ask it to stop, and insist after a while."""
        for wanted, seconds in ((self.stop_signal, 20), (signal.SIGQUIT, 5), (signal.SIGKILL, 5)):
            if (pid := self.pid()) is None:
                return
            os.kill(pid, wanted)
            if gone(self, time.monotonic() + seconds):
                return

    @staticmethod
    def living(pid_file: Path, part_of_command: str) -> int | None:
        """Read a process number; None where that process is gone or is another program."""
        try:
            pid = int(pid_file.read_text().split()[0])
            command = Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace")
        except (OSError, ValueError, IndexError):
            return None
        return pid if part_of_command in command else None


def gone(server: Server, deadline: float) -> bool:
    while (pid := server.pid()) is not None:
        if time.monotonic() > deadline:
            return False
        reap(pid)
        time.sleep(0.1)
    return True


def reap(pid: int) -> None:
    """Take the exit status of a child; somebody else's child has another parent."""
    try:
        os.waitpid(pid, os.WNOHANG)
    except ChildProcessError:
        return


def open_log(name: str) -> IO[bytes]:
    path = place.log(name)
    if path.exists() and path.stat().st_size > LOG_BYTES:
        path.rename(path.with_suffix(".log.1"))
    return path.open("ab")


def tail(name: str, lines: int = 15) -> str:
    """Return the last lines of a log: usually the reason."""
    try:
        with place.log(name).open("rb") as log:
            log.seek(max(0, place.log(name).stat().st_size - 8_000))
            text = log.read().decode(errors="replace")
    except OSError:
        return ""
    return "\n".join(text.splitlines()[-lines:])
