"""The demonstration history is what its README says it is."""

import json
import lzma

from tests.content.starter import CONTENT

DEMO = CONTENT / "demo"


def test_the_history_has_381_revisions_by_91_authors_oldest_first():
    with lzma.open(DEMO / "ossu-cs.jsonl.xz", "rt", encoding="utf-8") as lines:
        revisions = [json.loads(line) for line in lines]

    assert len(revisions) == 381
    assert len({revision["author"] for revision in revisions}) == 91
    times = [revision["timestamp"] for revision in revisions]
    assert times == sorted(times)


def test_licence_and_source_stand_beside_the_history():
    licence = (DEMO / "LICENCE.txt").read_text(encoding="utf-8")

    assert "https://github.com/ossu/computer-science" in licence
    assert "Permission is hereby granted, free of charge" in licence
    assert "Copyright (c)" in licence
