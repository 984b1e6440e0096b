"""Elements of a drawing as safe markup: the only place of the drawings where text becomes HTML.

Attributes are classes and presentation attributes; a `style` is refused, as the content security
policy would ignore it.
"""

from collections.abc import Iterable, Mapping

from markupsafe import Markup, escape

from wiki.cases.drawing.lettering import is_right_to_left

Attribute = str | int | float | None
NOTHING = Markup()


def element(name: str, attributes: Mapping[str, Attribute], *children: str) -> Markup:
    """`<name …>children</name>`; what is no Markup is escaped, an attribute of None is left out.

    ValueError for `style` and for `on…`. Cost: about 2 µs and 0.3 µs an attribute.
    """
    parts = ["<", name]
    for key, value in attributes.items():
        if value is None:
            continue
        if key == "style" or key.startswith("on"):
            raise ValueError(f"an element of a drawing has no {key}")
        parts += (" ", key, '="', _said(value), '"')
    parts.append(">")
    parts += (str(escape(child)) for child in children)
    parts += ("</", name, ">")
    return Markup("".join(parts))  # noqa: S704  # each value and child was escaped above


def _said(value: str | int | float) -> str:
    return str(escape(value)) if isinstance(value, str) else number(value)


def number(value: float) -> str:
    """A coordinate with one decimal at most."""
    return f"{value:.1f}".removesuffix(".0")


def joined(parts: Iterable[Markup]) -> Markup:
    """Markup one after the other."""
    return NOTHING.join(parts)


def path(d: str, kind: str) -> Markup:
    """A path of this class."""
    return element("path", {"d": d, "class": kind})


def letters(x: float, y: float, said: str, kind: str, *, anchor: str = "middle") -> Markup:
    """One line of text whose visual start, middle or end is at x, whatever its direction."""
    backwards = is_right_to_left(said)
    if backwards and anchor != "middle":
        anchor = "end" if anchor == "start" else "start"
    turned = ' direction="rtl"' if backwards else ""
    return Markup(  # noqa: S704  # written out, being the most frequent; its text is escaped
        f'<text x="{number(x)}" y="{number(y)}" class="{escape(kind)}"'
        f' text-anchor="{escape(anchor)}"{turned}>{escape(said)}</text>'
    )


def link(href: str, said: str | Markup, *, kind: str) -> Markup:
    """A link, or a plain `<span>` if it leads nowhere; its own direction. ValueError for an
    address that is neither of this wiki nor of the web.
    """
    if not href:
        return element("span", {"class": kind, "dir": "auto"}, said)
    return element("a", {"class": kind, "href": address(href), "dir": "auto"}, said)


def address(href: str) -> str:
    """The address itself. ValueError if it is neither of this wiki nor of the web."""
    if href.startswith("//") or not href.startswith(("/", "#", "?", "https://", "http://")):
        raise ValueError(f"no address for a drawing: {href}")
    return href


def picture(
    children: Iterable[Markup],
    *,
    width: float,
    height: float,
    name: str,
    description: str = "",
    ident: str,
    kind: str = "",
    linked: bool = False,
) -> Markup:
    """An `<svg>` with title and description, as wide as `width` units of a sixteenth of a rem.

    An image to those who listen, but a group if it holds links: the content of an image cannot be
    reached. `ident` must be the only one of its page.
    """
    heads = [element("title", {"id": f"{ident}-title"}, name)]
    if description:
        heads.append(element("desc", {"id": f"{ident}-desc"}, description))
    return element(
        "svg",
        {
            "class": kind or None,
            "viewBox": f"0 0 {number(width)} {number(height)}",
            "width": f"{width / 16:.3f}rem",
            "direction": "ltr",  # anchors are meant so; a text from right to left says its own
            "role": "group" if linked else "img",
            "aria-labelledby": f"{ident}-title",
            "aria-describedby": f"{ident}-desc" if description else None,
        },
        *heads,
        *children,
    )
