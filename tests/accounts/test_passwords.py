"""Passwords are hashed with argon2id, at the cost that OWASP names first."""

from wiki.accounts.passwords import MEMORY, PASSES, hash_password, matches


def test_a_hash_is_argon2id_and_belongs_to_one_password() -> None:
    hashed = hash_password("three kites over water")

    assert hashed.startswith("$argon2id$")
    assert matches(hashed, "three kites over water")
    assert not matches(hashed, "three kites over sand")


def test_no_hash_matches_no_password() -> None:
    assert not matches(None, "three kites over water")


def test_the_shipped_cost_is_19_mebibytes_and_two_passes() -> None:
    assert (MEMORY, PASSES) == (19 * 1024, 2)
