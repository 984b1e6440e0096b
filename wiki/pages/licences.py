"""Licences a page may have, and what each means in a sentence."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Licence:
    """A licence: SPDX code, name, address ("" if none) and meaning."""

    code: str
    name: str
    url: str
    means: str


_ALL = (
    Licence(
        "CC-BY-4.0",
        "Creative Commons Attribution 4.0",
        "https://creativecommons.org/licenses/by/4.0/",
        "Anybody may share and change it, also for money, if they name its authors.",
    ),
    Licence(
        "CC-BY-SA-4.0",
        "Creative Commons Attribution-ShareAlike 4.0",
        "https://creativecommons.org/licenses/by-sa/4.0/",
        "Anybody may share and change it if they name its authors and share alike.",
    ),
    Licence(
        "CC-BY-SA-3.0",
        "Creative Commons Attribution-ShareAlike 3.0",
        "https://creativecommons.org/licenses/by-sa/3.0/",
        "Anybody may share and change it if they name its authors and share alike.",
    ),
    Licence(
        "CC0-1.0",
        "Creative Commons Zero 1.0",
        "https://creativecommons.org/publicdomain/zero/1.0/",
        "Anybody may use it for anything without asking.",
    ),
    Licence(
        "PDM-1.0",
        "Public domain",
        "https://creativecommons.org/publicdomain/mark/1.0/",
        "Nobody holds rights in it any more.",
    ),
    Licence(
        "MIT",
        "MIT licence",
        "https://opensource.org/license/mit",
        "Anybody may use and change it if the copyright line stays with it.",
    ),
)
LICENCES = {licence.code: licence for licence in _ALL}


def licence_of(code: str) -> Licence:
    """The licence with this code; an unknown one is shown by its code, meaning not known here."""
    return LICENCES.get(code) or Licence(code, code, "", "See its own text for what it allows.")
