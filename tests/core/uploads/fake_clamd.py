"""A peer that speaks clamd's protocol on a socket: PING, VERSION and INSTREAM, as its manual says."""

import contextlib
import socketserver
import struct
import threading

from tests.core.uploads.hostile_files import EICAR

LIMIT_BYTES = 25 * 1024 * 1024


class Conversation(socketserver.StreamRequestHandler):
    def handle(self):
        command = self._command()
        answer = {"PING": "PONG", "VERSION": "ClamAV 1.4.3"}.get(command)
        if command == "INSTREAM":
            answer = self._scan()
        self.wfile.write((answer or "UNKNOWN COMMAND").encode() + b"\0")

    def _command(self):
        """Read `zCOMMAND` up to a zero byte; other forms are not answered."""
        read = b""
        while not read.endswith(b"\0"):
            byte = self.rfile.read(1)
            if not byte:
                return ""
            read += byte
        return read[1:-1].decode() if read.startswith(b"z") else ""

    def _scan(self):
        content = b""
        while length := struct.unpack("!L", self.rfile.read(4))[0]:
            content += self.rfile.read(length)
            if len(content) > LIMIT_BYTES:
                return "INSTREAM size limit exceeded. ERROR"
        self.server.scanned.append(content)
        return "stream: Eicar-Signature FOUND" if EICAR in content else "stream: OK"


class UnixClamd(socketserver.ThreadingUnixStreamServer):
    daemon_threads = True


class TcpClamd(socketserver.ThreadingTCPServer):
    daemon_threads = True


@contextlib.contextmanager
def running(kind, place):
    with kind(place, Conversation) as server:
        server.scanned = []
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
