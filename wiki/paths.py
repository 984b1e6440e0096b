"""Where templates/, static/ and content/ are: beside the package, or inside it in a wheel."""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def resource(name: str) -> Path:
    """The folder `name` ("templates", "static" or "content").

    An installed wheel carries it inside the package; a checkout has it one level up.
    FileNotFoundError if neither is there. Cost: two stat calls.
    """
    for folder in (PACKAGE / name, PACKAGE.parent / name):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"the folder {name}/ is neither in {PACKAGE} nor beside it")
