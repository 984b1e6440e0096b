"""Who could decide about a page: what policy says of it, and nothing that tells of the unnamed."""

from datetime import timedelta

import pytest

from tests.clock import NOON
from wiki.cases.telling import Teller
from wiki.cases.vocabulary import SHIPPED
from wiki.pageview.control import Control, control, speaking
from wiki.policy import PageFacts
from wiki.voices.privacy import NAME, Account, VoiceFacts, number_told

PUBLIC = PageFacts("public")
TELLER = Teller(SHIPPED, partners={"p-school": "Hill School"})
EDITOR, MODERATOR = Account("editor"), Account("moderator")


def voice(
    key: str, kind: str = NAME, account: Account | None = EDITOR, **more: object
) -> VoiceFacts:
    about: dict[str, object] = {
        "display_kind": kind,
        "display": "" if kind == "role" else f"Name {key}",
        "position": "evaluator",
        "position_public": True,
        "capacity": "for_myself",
        "partner": "",
        "language": "en",
        "how": "written",
        "scopes": ("public_named", "public_pseudonym", "public_deidentified"),
        "receipt": True,
        "account": account,
    }
    return VoiceFacts(key=key, **{**about, **more})  # type: ignore[arg-type]  # mypy cannot see keys


def told(*voices: VoiceFacts, page: PageFacts = PUBLIC) -> Control:
    return control(speaking(voices, TELLER, NOON), page, NOON)


@pytest.mark.parametrize(
    ("page", "editors", "can"),
    [
        (PUBLIC, "editor", ["Evaluator"]),
        (PageFacts("public", protection="editor"), "editor", ["Evaluator"]),
        (PageFacts("public", protection="moderator"), "moderator", []),
        (PageFacts("public", protection="admin"), "admin", []),
        (PageFacts("public", protection="admin", protected_until=NOON), "editor", ["Evaluator"]),
        (PageFacts("draft"), "editor", []),  # its members, whoever they are
    ],
)
def test_who_may_change_it_depends_on_how_it_is_protected(page, editors, can) -> None:
    found = told(voice("v1"), page=page)

    assert (found.editors, found.can_edit, found.draft) == (editors, can, page.state == "draft")


@pytest.mark.parametrize(
    ("account", "can"),
    [
        (None, []),
        (Account("reader"), []),
        (Account("editor", NOON), []),  # blocked until somebody lifts it
        (Account("editor", NOON, NOON), ["Evaluator"]),  # a block that is over
        (EDITOR, ["Evaluator"]),
    ],
)
def test_a_named_voice_can_change_it_if_its_account_may(account, can) -> None:
    assert told(voice("v1", account=account)).can_edit == can


def test_position_and_partner_say_who_it_is_and_the_name_where_no_position_is_shown() -> None:
    school = voice("v1", partner="p-school")
    hidden = voice("v2", position_public=False)

    found = told(school, hidden, voice("v3"), voice("v4"))

    assert found.can_edit == ["Evaluator (Hill School)", "Name v2", "Evaluator"]


@pytest.mark.parametrize("kind", ["role", "pseudonym"])
@pytest.mark.parametrize("number", [1, 2, 3, 10])
def test_nothing_moves_with_the_account_of_a_voice_without_a_name(kind: str, number: int) -> None:
    """Not even with many of them: a block is in the log, and would show in a figure."""
    accounts = [EDITOR, MODERATOR, Account("reader"), Account("editor", NOON), None]

    found = [
        told(*(voice(f"v{at}", kind, account) for at in range(number))) for account in accounts
    ]

    assert all(each == found[0] for each in found)
    assert (found[0].can_edit, found[0].can_moderate, found[0].unnamed) == ([], [], True)


def test_a_consent_that_has_run_out_takes_the_voice_from_among_the_named() -> None:
    expired = voice("v1", ask_again_at=NOON)
    narrower = voice("v2", scopes=("public_deidentified",))

    found = told(expired, narrower)

    assert (found.named, found.unnamed, found.can_edit) == (False, True, [])


def test_a_moderator_who_speaks_under_a_name_is_told() -> None:
    found = told(voice("v1", account=MODERATOR), voice("v2"))

    assert found.can_moderate == ["Evaluator"] and found.moderators == "moderator"


@pytest.mark.parametrize(
    ("voices", "receipts"),
    [
        ([], ""),
        ([voice("v1")], "all"),
        ([voice("v1", receipt=False)], "none"),
        ([voice("v1"), voice("v2", receipt=False)], "some"),
        ([voice("v1"), voice("v2", receipt=False, withdrawn=True)], "all"),
        ([voice("v1", withdrawn=True)], ""),
    ],
)
def test_who_has_a_code_can_take_words_back(voices, receipts) -> None:
    assert told(*voices).receipts == receipts


def test_the_number_of_voices_is_not_told_of_a_few_with_one_hidden() -> None:
    shown = [voice(f"v{at}") for at in range(3)]
    hidden = voice("v9", position_public=False)

    assert number_told(shown, NOON)
    assert not number_told([*shown[:2], hidden], NOON)
    assert number_told([*shown, hidden], NOON)
    assert not number_told([*shown, hidden][1:], NOON)
    assert number_told([*shown[:2], voice("v9", position_public=False, withdrawn=True)], NOON)


def test_a_protection_that_ends_by_itself_is_told_as_it_is_now() -> None:
    ends = PageFacts("public", protection="admin", protected_until=NOON + timedelta(minutes=1))
    speaks = speaking([], TELLER, NOON)

    assert control(speaks, ends, NOON).editors == "admin"
    assert control(speaks, ends, NOON + timedelta(minutes=1)).editors == "editor"
