"""A host in a process of its own, to be killed: a session in a folder, its first question asked, served on a port.

    python -m tests.room.hosting_process FOLDER PORT

Prints its port, its link's path and the ballot, then serves until it is killed or its standard input ends.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from callcalm.room.floor import Phase
from callcalm.room.hosting import BadSession, Hosted
from callcalm.room.server import serving
from callcalm.room.shelf import LAST
from tests.world import desk


def says(*words: object) -> None:
    sys.stdout.write(" ".join(map(str, words)) + "\n")
    sys.stdout.flush()


async def main(folder: Path, port: int) -> None:
    try:
        hosted = Hosted.resume(desk(folder), LAST)
    except BadSession:
        hosted = Hosted.begin(desk(folder), "test-call")
        hosted.room.start()
        while hosted.room.round.state.unheard:
            hosted.room.listen()
        hosted.room.ask()
        hosted.save()
    room = hosted.room
    assert room.phase is Phase.OPEN
    async with serving(room, hosted.journal, port=port) as server:
        assert room.question is not None
        says(server.port, server.link, room.revision)
        while await asyncio.to_thread(sys.stdin.readline):
            tally = room.question.ballot.tally
            says(len(room.ids), *tally.values())
    hosted.leave()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), int(sys.argv[2])))
