"""CPU time and memory of a process and of what descends from it."""

import os
import subprocess
import sys

import pytest

from bench.processes import cpu_seconds, memory_mb, tree, watched

BURN = "import time\nend = time.process_time() + {}\nwhile time.process_time() < end: pass\n"
WAIT = "print('ready', flush=True); input()\n"


def started(source):
    return subprocess.Popen(
        [sys.executable, "-c", source], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


def ended(process):
    process.communicate("\n", timeout=20)


def test_the_cpu_time_of_a_process_is_counted():
    process = started(BURN.format(0.3) + WAIT)
    process.stdout.readline()
    spent = cpu_seconds(process.pid)
    ended(process)

    assert spent >= 0.28


def test_the_time_of_a_child_that_has_ended_is_not_lost():
    child = (
        f"import subprocess, sys\nsubprocess.run([sys.executable, '-c', {BURN.format(0.3)!r}])\n"
    )
    process = started(child + WAIT)
    process.stdout.readline()
    spent, living = cpu_seconds(process.pid), tree(process.pid)
    ended(process)

    assert len(living) == 1
    assert spent >= 0.28


def test_a_child_belongs_to_the_tree_of_its_parent():
    child = f"[sys.executable, '-c', {WAIT!r}]"
    source = (
        "import subprocess, sys\n"
        f"p = subprocess.Popen({child}, stdin=subprocess.PIPE, stdout=subprocess.PIPE)\n"
        "p.stdout.readline()\n"
        f"{WAIT}p.communicate(b'x')\n"
    )
    process = started(source)
    process.stdout.readline()
    family = tree(process.pid)
    ended(process)

    assert len(family) == 2
    assert sum(row.parent == process.pid for row in family.values()) == 1


def test_memory_is_measured_in_millions_of_bytes():
    process = started("held = b'x' * 60_000_000\n" + WAIT)
    process.stdout.readline()
    resident = memory_mb(process.pid)
    ended(process)

    assert 60 <= resident <= 120


def test_the_peak_of_a_watched_process_is_seen():
    process = started("held = b'x' * 60_000_000; del held\n" + WAIT)
    process.stdout.readline()
    with watched(process.pid) as peak:
        while peak.together == 0.0:
            os.sched_yield()
    ended(process)

    assert peak.first >= 60 > peak.together


@pytest.mark.parametrize("look", [cpu_seconds, memory_mb])
def test_a_process_that_is_gone_costs_nothing(look):
    process = started("pass")
    ended(process)

    assert look(process.pid) == 0
