"""On which line of a front matter a value stands: asked only when something is refused."""

from collections.abc import Sequence
from typing import Any

import yaml

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def line_of(raw: str, path: Sequence[str | int], first_line: int = 2) -> int:
    """The line (of the source, `raw` beginning on `first_line`) where `path` leads.

    Names lead into maps and places (from 0) into lists; where the path goes on and the text does
    not, the last line reached. 0 if the text cannot be read. Cost: parses it once.
    """
    try:
        node = yaml.compose(raw, Loader=_LOADER)
    except yaml.YAMLError:
        return 0
    line = 0
    for step in path:
        found = _step(node, step)
        if found is None:
            break
        line, node = found
    return first_line + line


def _step(node: Any, step: str | int) -> tuple[int, Any] | None:
    """(line, the node there)."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == step:
                return key.start_mark.line, value
    items = node.value if isinstance(node, yaml.SequenceNode) else []
    if isinstance(step, int) and step < len(items):
        return items[step].start_mark.line, items[step]
    return None
