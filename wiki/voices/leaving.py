"""The voices of a page as an export carries them: what everybody may know, and nothing else."""

import json
from collections.abc import Mapping
from datetime import datetime

from wiki.voices.marks import marks
from wiki.voices.privacy import VoiceFacts, exported, may_be_read


def voice_lines(source: str, voices: Mapping[str, VoiceFacts], now: datetime) -> str:
    """`voices.jsonl`: a line for each voice that a passage of the text has, by key; "" for none.

    No row number, no account, no time: neither of the voice nor of its consent.
    """
    keys = {mark.by for mark in marks(source) if may_be_read(voices.get(mark.by), mark.mode)}
    order = sorted(keys, key=lambda key: (len(key), key))
    return "".join(
        json.dumps(exported(voices[key], now), ensure_ascii=False) + "\n" for key in order
    )
