"""Codes that people write down and type again, without an account; pure."""

ALPHABET = "23456789abcdefghjkmnpqrstvwxyz"  # no 0 o 1 l i u: 4.9 bits a sign


def normal(code: str) -> str:
    """A code as it is compared: case, spaces and dashes do not count."""
    return "".join(sign for sign in code.casefold() if sign.isalnum())


def grouped(code: str) -> str:
    """A code as it is shown: groups of four."""
    return " ".join(code[at : at + 4] for at in range(0, len(code), 4))
