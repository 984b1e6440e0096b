"""What stands in the place of a passage that was taken back; pure."""

from wiki.voices.marks import marks

MODE = "taken_back"
TOMBSTONE = f"::: {{.voice mode={MODE}}}\n:::"


def without_voice(source: str, key: str) -> str:
    """The text with an empty mark in the place of each passage of this voice. Linear."""
    place, parts = 0, []
    for mark in marks(source):
        start = source.rfind("\n", 0, mark.start - 1) + 1
        if mark.by != key or start < place:  # another voice's, or within one that is gone
            continue
        parts += [source[place:start], TOMBSTONE]
        end = source.find("\n", mark.end)
        place = end if end >= 0 else len(source)
    return "".join([*parts, source[place:]])
