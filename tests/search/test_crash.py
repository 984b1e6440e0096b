"""The writer is killed at any moment; the index stays readable and writable."""

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.search.writing import document, found
from wiki.search.upkeep import open_index

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = 4

# Adds pages for ever; says the number of each once it is in.
WRITER = """
import json, sys
from pathlib import Path
from wiki.db import make_engine, session_factory
from wiki.search.protocol import Document
from wiki.search.upkeep import open_index
from wiki.settings import Settings
said = json.loads(sys.argv[1])
settings = Settings(data=Path(said["data"]), database_url=said["url"])
index = open_index(settings, session_factory(make_engine(settings.url)))
number = said["first"]
while True:
    index.add([Document(page_id=number, slug=f"p-{number}", title=f"Page {number}", text="water"),
               Document(page_id=1, slug="p-1", title="Page 1", text=f"count{number}")])
    print(number, flush=True)
    number += 1
"""


def test_a_writer_killed_in_the_middle_loses_nothing_it_has_reported(settings, sessions, index):
    index.add([document(1, "Page 1", "start")])
    last = 1
    for round_number in range(ROUNDS):
        said = {"data": str(settings.data), "url": settings.database_url, "first": last + 1}
        writer = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-c", WRITER, json.dumps(said)],
            stdout=subprocess.PIPE,
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        assert writer.stdout is not None
        for _ in range(3 + round_number):
            last = int(writer.stdout.readline())
        writer.kill()
        last = max([last, *map(int, writer.stdout.read().split())])
        writer.stdout.close()
        writer.wait()

        held = index.count()
        assert held in (last, last + 1)
        last = held
        assert set(index.versions()) == set(range(1, last + 1))
        assert found(index, f"count{last}") == [1]
        assert len(found(index, "water", limit=1000)) == last - 1

    other = open_index(settings, sessions)
    other.add([document(last + 1, "After", "afterwards")])
    other.close()
    assert found(index, "afterwards") == [last + 1]
