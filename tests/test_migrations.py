"""Steps of the schema that also carry rows over, on both databases."""

from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import MetaData, select

from tests.clock import NOON
from wiki.db import make_engine
from wiki.migrations import FOLDER, upgrade


def brought_to(engine: Any, name: str) -> None:
    """Bring a fresh database to an older schema."""
    configuration = Config()
    configuration.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    with engine.connect().execution_options(writing=True) as connection, connection.begin():
        configuration.attributes["connection"] = connection
        command.upgrade(configuration, name)


def test_what_members_of_a_page_made_before_there_was_a_room_lets_in(fresh_database_url) -> None:
    """Step 0009: user 1 is the page's member, user 2 is none."""
    engine = make_engine(fresh_database_url)
    brought_to(engine, "0008")
    old = MetaData()
    old.reflect(engine)

    _two_of_each(engine, old)

    upgrade(engine)

    new = MetaData()
    new.reflect(engine)
    with engine.connect() as connection:
        for name, column in (
            ("voice_invitation", "lets_in"),
            ("voice_answer", "let_in"),
            ("voice", "let_in"),
        ):
            table = new.tables[name]
            found = connection.execute(select(table.c[column]).order_by(table.c.id)).all()
            assert [bool(value) for (value,) in found] == [True, False], name
        answer = new.tables["voice_answer"]
        assert {*connection.scalars(select(answer.c.reach))} == {"everybody"}
        assert {*connection.scalars(select(answer.c.invitation_id))} == {1, 2}
    engine.dispose()


def _two_of_each(engine: Any, old: MetaData) -> None:
    """A page, and two invitations with answers and two voices: of its member, and of no member."""
    with engine.begin() as connection:

        def add(into: str, **given: Any) -> None:
            connection.execute(
                old.tables[into].insert().values(_filled(old.tables[into], **given))
            )

        for number in (1, 2):
            add("user", id=number, name=f"U{number}", name_key=f"u{number}")
        add("page", id=1, slug="x", state="public")
        add("page_member", page_id=1, user_id=1)
        for number in (1, 2):
            one = {"id": number, "page_id": 1, "partner_key": "p"}
            secret = bytes([number]) * 32
            add("voice_invitation", **one, made_by=number, code=secret)
            add("voice_answer", **one, invitation_id=number, said="{}", receipt=secret)
            add("voice", **one, key=f"v{number}")
            add("consent", id=number, voice_id=number, taken_by=number)


def _filled(table: Any, **given: Any) -> dict[str, Any]:
    """A row whose other columns hold something of their kind, where they must hold something."""
    row = {"public_id": str(given.get("id")), **given}
    row = {name: value for name, value in row.items() if name in table.c}
    for column in table.c:
        if column.name not in row and not column.nullable:
            row[column.name] = _some(column)
    return row


def _some(column: Any) -> Any:
    if column.name.endswith("_at"):  # microseconds on SQLite
        return NOON if "TIMESTAMP" in str(column.type) else int(NOON.timestamp() * 1_000_000)
    return {str: "", int: 0, bool: False}[column.type.python_type]
