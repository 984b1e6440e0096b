"""Whose account a case is; pure."""

from collections.abc import Mapping
from typing import Any

from wiki.cases.vocabulary import vocabulary


def account_line(fields: Mapping[str, Any]) -> str:
    """Whose account a case is, in words; "" for other pages."""
    basis = fields.get("account_basis")
    return vocabulary("account_basis").label_of(basis) if isinstance(basis, str) and basis else ""
