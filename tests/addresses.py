"""Rules of addresses, compiled once in a process and not once for each application.

Werkzeug writes, parses and compiles a function for each rule that builds an address. The function
depends on nothing but the words of the rule; a wiki makes its rules once, the tests some sixty
thousand times. An application costs 4.4 ms with them, 14 ms without.
"""

from collections.abc import Callable
from typing import Any, ClassVar

from flask import Flask
from werkzeug.routing import Rule

Builder = Callable[..., tuple[str, str]]


class KnownRule(Rule):
    """A rule that asks first whether another application had one of the same words."""

    _known: ClassVar[dict[tuple[Any, ...], Builder]] = {}

    def _compile_builder(self, append_unknown: bool = True) -> Builder:
        if self.defaults:  # what stands for them in an address is the converter's to say
            return super()._compile_builder(append_unknown)
        key = (self.rule, tuple(self._trace), append_unknown)
        if key not in self._known:
            self._known[key] = super()._compile_builder(append_unknown)
        return self._known[key]


def use_known_rules() -> None:
    """From now on every application of this process has such rules."""
    Flask.url_rule_class = KnownRule
