"""Names of accounts: any script, one owner each, hard to imitate. Pure.

Imitation is made harder in three modest steps after Unicode Technical Standard 39: a name mixes no
look-alike scripts, letters that look alike count as one letter where names are compared, and
capitals, accents' encodings, spaces and points do not make another name.
"""

import re
from unicodedata import category, name, normalize

from wiki.errors import InvalidInput
from wiki.text.tokens import fold

NAME_LENGTH = 40  # characters
KEY_LENGTH = 120  # characters of a key in the database
_INNER = re.compile(r"[ ._'’-]{2,}(?<!\. )")
_PLACES = frozenset('/\\?#%@:;,<>"|[]{}&=+*~`^$!()')
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_JOINERS = frozenset("\u200c\u200d")  # Persian and Indic spelling needs them; keys ignore them
_ALIKE = ("LATIN", "GREEK", "CYRILLIC", "ARMENIAN", "CHEROKEE")  # scripts that share shapes
_SHAPES = str.maketrans(  # lower-case letters and digits to the Latin letter they look like
    "аеорсухіјѕһԁԛԝԍѵвнкмтѡοανρτυικχεβη01ı",
    "aeopcyxijshdqwgvbhkmtwoavptuikxebnoli",
)


def clean_name(raw: str) -> str:
    """The name as it will be shown: NFC, single spaces, 2 to 40 characters of any script.

    InvalidInput("name", …). A name has a letter or digit and none of the signs that addresses use.
    """
    shown = " ".join(normalize("NFC", raw).split())
    if not 2 <= len(shown) <= NAME_LENGTH or len(name_key(shown)) > KEY_LENGTH:
        raise InvalidInput("name", "A name has 2 to %(limit)s characters.", {"limit": NAME_LENGTH})
    if any(category(sign) in _UNSEEN and sign not in _JOINERS for sign in shown):
        raise InvalidInput("name", "The name holds characters that cannot be seen.")
    if _PLACES & set(shown) or _INNER.search(shown) or shown[0] in ".-_'’" or shown[-1] in ".-_":
        raise InvalidInput(
            "name", "A name is made of letters, digits, and single spaces, dots or hyphens."
        )
    if not name_key(shown):
        raise InvalidInput("name", "A name needs a letter or a digit.")
    if _mixes_scripts(shown):
        raise InvalidInput("name", "Please write each word of the name in one script.")
    return shown


def name_key(shown: str) -> str:
    """What two names must not share; "" if there is no letter or digit.

    Letters, marks and digits count, folded; Indic vowel signs are marks and tell names apart.
    """
    return fold("".join(sign for sign in shown if category(sign)[0] in "LMN")).translate(_SHAPES)


def _mixes_scripts(shown: str) -> bool:
    return any(len(_scripts(word)) > 1 for word in re.split(r"[ ._-]", shown))


def _scripts(word: str) -> set[str]:
    """Which of the scripts that share shapes the letters of a word belong to."""
    first = (name(sign, "").partition(" ")[0] for sign in word if category(sign)[0] == "L")
    return {script for script in first if script in _ALIKE}
