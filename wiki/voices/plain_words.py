"""Words that somebody typed who knows no Markdown, as Markdown that reads as it was typed; pure.

Nothing in them may reach beyond the passage: an open code fence would swallow the marks that
follow it, three colons would end the passage, a comment would hide the rest of the page.
"""

import re

_SIGNS = re.compile(r"([\\`*_\[\]{}|])")
_ENTITY = re.compile(r"&(?=#?\w+;)")
_START = re.compile(r"^(?:(?P<sign>[#>+-])|(?P<other>[:~=])|(?P<number>\d+)(?=[.)]))")


def as_markdown(typed: str) -> str:
    """The paragraphs of `typed`, apart by empty lines. Spaces at the ends of lines go. Linear."""
    lines = typed.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    kept = [_line(" ".join(line.split())) for line in lines]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip("\n")


def _line(line: str) -> str:
    escaped = _SIGNS.sub(r"\\\1", _ENTITY.sub("&amp;", line))
    return _START.sub(_harmless, escaped.replace("<", "&lt;"))


def _harmless(start: re.Match[str]) -> str:
    if start["sign"]:
        return f"\\{start['sign']}"
    if start["other"]:
        return f"&#{ord(start['other'])};"
    return f"&#{ord(start['number'][0])};{start['number'][1:]}"
