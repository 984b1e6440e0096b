"""Columns of numbers, stored small and read at C speed."""

from __future__ import annotations  # array[int] is a type only for the checker

import sys
from array import array

import zstandard

LEVEL = 3


def squeeze(*columns: array[int]) -> bytes:
    """Columns of numbers, each byte of a number in a row of its own: high bytes are alike."""
    rows = [bytes([len(columns)])]
    for column in columns:
        rows.append(column.typecode.encode() + len(column).to_bytes(4, "little"))
    for column in columns:
        data = _bytes(column)
        rows += [data[place :: column.itemsize] for place in range(column.itemsize)]
    return zstandard.compress(b"".join(rows), LEVEL)


def spread(stored: bytes) -> list[array[int]]:
    """The columns again. ValueError if they are damaged."""
    try:
        data = zstandard.decompress(stored)
    except zstandard.ZstdError as damage:
        raise ValueError("the stored columns are damaged") from damage
    at = 1 + 5 * data[0]
    columns = []
    for head in range(1, at, 5):
        count = int.from_bytes(data[head + 1 : head + 5], "little")
        column = array(data[head : head + 1].decode())
        whole = bytearray(count * column.itemsize)
        for place in range(column.itemsize):
            whole[place :: column.itemsize] = data[at : at + count]
            at += count
        column.frombytes(bytes(whole))
        columns.append(column if sys.byteorder == "little" else _swapped(column))
    return columns


def _bytes(column: array[int]) -> bytes:
    return column.tobytes() if sys.byteorder == "little" else _swapped(column).tobytes()


def _swapped(column: array[int]) -> array[int]:
    turned = column[:]
    turned.byteswap()
    return turned
