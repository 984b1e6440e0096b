"""Who gets where on the desk: every address by every role, as one written table."""

import re

import pytest

from tests.desk.visitors import visitor
from tests.moderation.people import person

SIGN_IN, NO, YES = 303, 403, 200
ROLES = ("anonymous", "reader", "editor", "blocked moderator", "moderator", "admin")
TABLE = {
    "/desk": (SIGN_IN, NO, NO, NO, YES, YES),
    "/desk/bin": (SIGN_IN, NO, NO, NO, YES, YES),
    "/desk/claims": (SIGN_IN, NO, NO, NO, YES, YES),
    "/desk/claims/nothing": (SIGN_IN, NO, NO, NO, 404, 404),
    "/desk/words": (SIGN_IN, NO, NO, NO, YES, YES),
    "/desk/account?name=Ada": (SIGN_IN, NO, NO, NO, 302, 302),
    "/desk/protect/kites": (SIGN_IN, NO, NO, NO, YES, YES),
    "/desk/hide/kites/2": (SIGN_IN, NO, NO, NO, YES, YES),
    "/desk/block/Ada": (SIGN_IN, NO, NO, NO, YES, YES),
    "/desk/take-back/Ada": (SIGN_IN, NO, NO, NO, YES, YES),
    # nobody learns from the answer whether a page, a revision or an account exists
    "/desk/withdraw-lesson/nothing": (SIGN_IN, NO, NO, NO, 404, 404),
    "/desk/take-out/kites/nothing": (SIGN_IN, NO, NO, NO, 404, 404),
    "/desk/withdraw-lesson/kites": (SIGN_IN, NO, NO, NO, 404, 404),
    "/desk/protect/nothing": (SIGN_IN, NO, NO, NO, 404, 404),
    "/desk/hide/kites/99": (SIGN_IN, NO, NO, NO, 404, 404),
    "/desk/block/Nobody": (SIGN_IN, NO, NO, NO, 404, 404),
    "/desk/take-back/Nobody": (SIGN_IN, NO, NO, NO, 404, 404),
}


@pytest.fixture
def everybody(app, session, kites, mo, editor):
    """A browser for each role."""
    blocked = person(session, "Ban", "moderator")
    blocked.blocked_at = blocked.created_at
    session.commit()
    return {
        "anonymous": visitor(app, session),
        "reader": visitor(app, session, person(session, "Rea", "reader")),
        "editor": visitor(app, session, editor),
        "blocked moderator": visitor(app, session, blocked),
        "moderator": mo,
        "admin": visitor(app, session, person(session, "Root", "admin")),
    }


def test_every_address_of_the_desk_answers_each_role_as_the_table_says(everybody):
    seen = {
        address: tuple(everybody[role].get(address).status_code for role in ROLES)
        for address in TABLE
    }

    assert seen == TABLE


def test_sending_a_form_needs_the_same_rights_as_seeing_it(everybody, app):
    acts = ["protect/kites", "hide/kites/2", "block/Ada", "take-back/Ada"]
    app.config["WTF_CSRF_ENABLED"] = False  # so that the door itself answers, not the token
    sent = {
        role: [
            everybody[role].client.post(f"/desk/{act}", data={"reason": ""}).status_code
            for act in acts
        ]
        for role in ROLES
    }

    assert 'name="password"' in everybody["anonymous"].client.post("/desk/block/Ada").text
    assert sent == {
        "anonymous": [NO] * 4,  # with the form that signs in and carries along what was typed
        "reader": [NO] * 4,
        "editor": [NO] * 4,
        "blocked moderator": [NO] * 4,
        "moderator": [422] * 4,
        "admin": [422] * 4,
    }


def test_a_form_without_its_token_is_refused(mo, kites):
    assert mo.client.post("/desk/protect/kites", data={"reason": "x"}).status_code == 400


def test_the_table_holds_every_address_of_the_desk(app):
    rules = {r.rule for r in app.url_map.iter_rules() if r.endpoint.startswith("desk.")}
    patterns = {re.sub(r"<[^>]+>", "[^?]+", rule): rule for rule in rules}
    paths = {address.partition("?")[0] for address in TABLE}

    assert {
        rule for pattern, rule in patterns.items() if any(re.fullmatch(pattern, p) for p in paths)
    } == rules


def test_the_way_to_the_desk_is_shown_to_moderators_only(everybody):
    offered = {
        role: "/desk/hide/kites/3" in everybody[role].get("/w/kites").text for role in ROLES
    }

    assert offered == {role: role in ("moderator", "admin") for role in ROLES}
