"""The in-memory layer of the embedded mode, where jobs send from threads of their own."""

from __future__ import annotations

import asyncio
from typing import Any

from channels.layers import InMemoryChannelLayer


class EmbeddedLayer(InMemoryChannelLayer):
    """Sends run on the loop that receives.

    The parent is not thread-safe: what another thread puts into its queues wakes nobody, and arrived up to
    430 ms late.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._home: asyncio.AbstractEventLoop | None = None

    async def group_add(self, group: str, channel: str) -> None:
        self._home = asyncio.get_running_loop()
        await super().group_add(group, channel)

    async def group_send(self, group: str, message: dict[str, Any]) -> None:
        home, sending = self._home, super().group_send(group, message)
        if home is None or home.is_closed() or home is asyncio.get_running_loop():
            await sending
        else:
            await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(sending, home))
