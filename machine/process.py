"""One process of the portal: started with a log of its own, started again when it dies."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence

from machine import place, server

SECONDS_TO_STOP = 15
TOO_OFTEN = 3  # crashes within a minute: starting again does not help
PR_SET_PDEATHSIG = 1


class Process:
    def __init__(self, name: str, command: Sequence[str], environment: Mapping[str, str]) -> None:
        self.name = name
        self.command = [sys.executable, *command]
        self.environment = dict(environment)
        self.crashes: list[float] = []
        self.child: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with server.open_log(self.name) as log:
            self.child = subprocess.Popen(
                self.command,
                cwd=place.PROJECT,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl-C reaches the supervisor only, which stops in order
                preexec_fn=end_with_supervisor,  # noqa: PLW1509 (the supervisor has one thread)
            )

    def died(self) -> str:
        """Say how the process ended, or nothing while it runs."""
        if self.child is None or (code := self.child.poll()) is None:
            return ""
        kill_group(self.child.pid)  # its own children, should it have left any
        how = f"was killed by {signal.Signals(-code).name}" if code < 0 else f"ended with {code}"
        self.crashes = [at for at in self.crashes if at > time.monotonic() - 60]
        self.crashes.append(time.monotonic())
        return f"{self.name} {how}. The end of {shown(self.name)}:\n{server.tail(self.name)}"

    def is_hopeless(self) -> bool:
        return len(self.crashes) >= TOO_OFTEN

    def ask_to_stop(self) -> None:
        if self.child is not None and self.child.poll() is None:
            self.child.terminate()

    def wait_stopped(self, deadline: float) -> None:
        if self.child is None:
            return
        try:
            self.child.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            pass
        finally:
            kill_group(self.child.pid)
            self.child.wait()


def shown(name: str) -> str:
    path = place.log(name)
    return str(path.relative_to(place.PROJECT) if path.is_relative_to(place.PROJECT) else path)


def kill_group(leader: int) -> None:
    try:
        os.killpg(leader, signal.SIGKILL)
    except ProcessLookupError:
        return


def end_with_supervisor() -> None:
    """Have the kernel end this process when the supervisor is killed the hard way."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def stop_all(processes: Sequence[Process]) -> None:
    for process in processes:
        process.ask_to_stop()
    deadline = time.monotonic() + SECONDS_TO_STOP
    for process in processes:
        process.wait_stopped(deadline)
