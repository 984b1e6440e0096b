"""The commands as an operator types them, in this process."""

from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner, Result

from wiki.cli import main

PASSWORD = "three kites over water"


@dataclass(frozen=True)
class Commands:
    """`wiki …` on one data folder and one database."""

    folder: Path
    url: str

    @property
    def environment(self) -> dict[str, str]:
        """What an operator would export."""
        url = "" if self.url.startswith("sqlite") else self.url.replace("+psycopg", "")
        return {
            "WIKI_DATA": str(self.folder),
            "WIKI_DATABASE_URL": url,
            "WIKI_RENDER_WORKERS": "1",
        }

    def __call__(self, *words: object, typed: str | None = None) -> Result:
        """Run one command; its exit code and what it said."""
        said = [str(word) for word in words]
        return CliRunner().invoke(main, said, env=self.environment, input=typed)

    def refused(self, *words: object) -> str:
        """What a command said that ended with exit code 2: one sentence, no traceback."""
        result = self(*words)
        assert result.exit_code == 2, result.output
        assert isinstance(result.exception, SystemExit)
        assert result.stderr.startswith("wiki: ") and result.stderr.count("\n") == 1
        return result.stderr


def new_wiki(folder: Path, url: str) -> Commands:
    """Commands of a wiki whose administrator is Ada."""
    commands = Commands(folder, url)
    made = commands("init", "--admin", "Ada", "--password", PASSWORD)
    assert made.exit_code == 0, made.output
    return commands
