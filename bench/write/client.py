"""Posts messages over HTTP, each connection one after the other: `python -m bench.write.client OPTIONS`.

Prints how many were accepted, and after how many milliseconds.
"""

from __future__ import annotations

import json
import socket
import sys
import threading
import time
import uuid
from typing import Any
from urllib.parse import urlencode

TOKEN = "a" * 32
TEXT = "晨光 S1 的包装样品今天下午到，四点在二号会议室一起看；**请带上各自的清单**。The samples arrive today."
# So much of the talk names somebody.
NAMED_EVERY = 10


class Poster:
    def __init__(self, port: int, room: int, session: str) -> None:
        self._connection = socket.create_connection(("127.0.0.1", port))
        self._connection.settimeout(30)
        head = (
            f"POST /rooms/{room}/messages/ HTTP/1.1",
            f"Host: 127.0.0.1:{port}",
            f"Origin: http://127.0.0.1:{port}",
            f"Cookie: session={session}; csrf={TOKEN}",
            f"X-CSRFToken: {TOKEN}",
            "Sec-Fetch-Dest: empty",
            "Prefer: return=minimal",
            "Content-Type: application/x-www-form-urlencoded",
            "Content-Length: ",
        )
        self._head = "\r\n".join(head).encode()
        self.delays: list[float] = []

    def run(self, until: float) -> None:
        while (started := time.monotonic()) < until:
            named = len(self.delays) % NAMED_EVERY == NAMED_EVERY - 1
            self._post("@person1 " + TEXT if named else TEXT)
            self.delays.append((time.monotonic() - started) * 1000)

    def _post(self, body: str) -> None:
        form = urlencode({"body": body, "client_id": str(uuid.uuid4())}).encode()
        self._connection.sendall(self._head + f"{len(form)}\r\n\r\n".encode() + form)
        answer = self._answer()
        if b" 201 " not in answer[:20]:
            raise RuntimeError(answer.decode(errors="replace"))

    def _answer(self) -> bytes:
        answer = self._connection.recv(65536)
        while not _is_whole(answer):
            received = self._connection.recv(65536)
            if not received:
                raise RuntimeError(f"closed after {answer!r}")
            answer += received
        return answer


def _is_whole(answer: bytes) -> bool:
    head, separator, body = answer.partition(b"\r\n\r\n")
    lines = head.lower().split(b"\r\n")
    lengths = [int(line.split(b":")[1]) for line in lines if line.startswith(b"content-length:")]
    return bool(separator) and len(body) >= (lengths[0] if lengths else 0)


def main(options: dict[str, Any]) -> dict[str, float]:
    posters = [Poster(options["port"], options["room"], session) for session in options["sessions"]]
    until = time.monotonic() + options["seconds"]
    threads = [threading.Thread(target=poster.run, args=(until,)) for poster in posters]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    delays = sorted(delay for poster in posters for delay in poster.delays)
    return {
        "posted": len(delays),
        "p50": delays[len(delays) // 2],
        "p99": delays[len(delays) * 99 // 100],
    }


if __name__ == "__main__":
    print(json.dumps(main(json.loads(sys.argv[1]))))
