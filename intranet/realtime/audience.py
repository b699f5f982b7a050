"""Who has one stream open in this process, by language, and up to which number they have been served."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from intranet.realtime.live import Frame
from intranet.realtime.writers import Lagging, frame

if TYPE_CHECKING:
    from intranet.realtime.consumers import Socket


@dataclass(eq=False)
class Audience:
    position: int
    joining: set[Socket] = field(default_factory=set)  # still catching up
    ready: dict[str, list[Socket]] = field(default_factory=lambda: defaultdict(list))

    @property
    def is_empty(self) -> bool:
        return not self.joining and not any(self.ready.values())

    def languages(self) -> set[str]:
        return {language for language, sockets in self.ready.items() if sockets}

    def sockets(self) -> Iterator[Socket]:
        for sockets in self.ready.values():
            yield from sockets

    def settle(self, socket: Socket) -> None:
        self.joining.discard(socket)
        self.ready[socket.language].append(socket)

    def leave(self, socket: Socket) -> None:
        self.joining.discard(socket)
        sockets = self.ready[socket.language]
        if socket in sockets:
            sockets.remove(socket)

    def write(self, language: str, frames: Sequence[Frame]) -> None:
        """The hot loop: the same bytes to everybody, in one piece where several frames come together."""
        new = [each for each in frames if each.seq > self.position]
        texts = [each.text for each in new]
        framed = b"".join(map(frame, texts))
        lagging = []
        for socket in self.ready[language]:
            try:
                if socket.history_after:  # it may not read the past of some room
                    socket.write_readable(new)
                else:
                    socket.write(texts, framed)
            except Lagging:
                lagging.append(socket)
        for socket in lagging:
            socket.close_lagging()
