"""Where links of a page lead; no parser, so that whoever only points there stays light."""

from urllib.parse import quote

from wiki.text import slugs

_PATH_SAFE = "!$&'()*+,;=:@"  # allowed in a path beside letters, digits and -._~


def section_id(title: str) -> str:
    """Return the id of the section with this title: the prefix keeps it off other names."""
    try:
        return f"h-{slugs.slugify(title)}"
    except slugs.TitleError:  # no letter and no digit
        return "h-section"


def page_address(slug: str, fragment: str | None) -> str:
    """Return where `[[title#fragment]]` leads; an empty slug means this same page."""
    path = f"/w/{quote(slug, safe=_PATH_SAFE)}" if slug else ""
    return f"{path}#{quote(section_id(fragment), safe=_PATH_SAFE)}" if fragment else path
