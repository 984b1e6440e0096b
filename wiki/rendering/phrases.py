"""The few words that the wiki itself adds to a text or its file, in the language of the text.

They are stored with the page, so they follow its language and not the reader's.
An unknown language gets English.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Phrases:
    """Accessible names; `{}` in a template takes a title or a number."""

    section_link: str
    table: str
    done: str
    to_do: str
    note: str
    back: str
    picture: str
    held_back: str


ENGLISH = Phrases(
    section_link="Link to the section: {}",
    table="Table {}, can be scrolled sideways",
    done="Done:",
    to_do="To do:",
    note="Note {}",
    back="Back to the text from note {}",
    picture="Picture on another site",
    held_back="A passage is held back from this file at its speaker’s choice.",
)
_BY_LANGUAGE = {
    "fr": Phrases(
        section_link="Lien vers la section : {}",
        table="Tableau {}, défilement horizontal possible",
        done="Fait :",
        to_do="À faire :",
        note="Note {}",
        back="Retour au texte depuis la note {}",
        picture="Image sur un autre site",
        held_back="Un passage est absent de ce fichier : c’est le choix de qui parle.",
    ),
    "es": Phrases(
        section_link="Enlace a la sección: {}",
        table="Tabla {}, se puede desplazar hacia los lados",
        done="Hecho:",
        to_do="Por hacer:",
        note="Nota {}",
        back="Volver al texto desde la nota {}",
        picture="Imagen en otro sitio",
        held_back="Un pasaje no está en este archivo por decisión de quien habla.",
    ),
    "pt": Phrases(
        section_link="Ligação para a secção: {}",
        table="Tabela {}, pode deslocar-se para os lados",
        done="Feito:",
        to_do="Por fazer:",
        note="Nota {}",
        back="Voltar ao texto a partir da nota {}",
        picture="Imagem noutro sítio",
        held_back="Uma passagem não está neste ficheiro por decisão de quem fala.",
    ),
}
_RIGHT_TO_LEFT = frozenset({"ar", "ckb", "dv", "fa", "he", "nqo", "ps", "sd", "ug", "ur", "yi"})


def phrases(language: str) -> Phrases:
    """Return the phrases for a BCP 47 tag, by its first part."""
    return _BY_LANGUAGE.get(language.split("-")[0].lower(), ENGLISH)


def is_right_to_left(language: str) -> bool:
    """Say whether text in this BCP 47 language runs from right to left."""
    return language.split("-")[0].lower() in _RIGHT_TO_LEFT
