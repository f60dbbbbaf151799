"""How fast: posterior, next best step and loading, and the posterior against pyAgrum, all in one run.

Processor time of one thread is counted, so that other work on the machine does not: medians and 95th percentiles over
cases of made-up people. pyAgrum gets the same absorbed negatives and only its propagation is counted, in a process of
its own with a limit on memory and time, because some networks need more memory than a machine has.
"""

from __future__ import annotations

import os
import platform
import resource
import subprocess
import sys
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.connection import Connection
from time import process_time
from typing import Any

import numpy as np

from unknot.case import Case
from unknot.detect.ask import next_steps, self_press
from unknot.detect.evidence import gather
from unknot.detect.frontier import solve
from unknot.detect.inference import Inference
from unknot.detect.network import Network, network_of
from unknot.detect.problem import Problem
from unknot.knowledge import load
from unknot.knowledge.model import Knowledge, Side
from unknot.lab.networks import has_pyagrum, pyagrum_net
from unknot.lab.people import SEED, simulate
from unknot.lab.rows import Row

SMALL, LARGE, PEER = (4, 16), (17, 32), (4, 8)  # positive findings
CASES = {SMALL: 40, LARGE: 10, PEER: 10}
PEER_SECONDS, PEER_GIGABYTES = 10, 4
_LOADING = "import time; t = time.process_time(); import unknot.detect; from unknot.detect.network import network_of; "
_LOADING += "network_of(unknot.load()); print(time.process_time() - t)"


def rows() -> list[Row]:
    """Every benchmark, in the order in which it is read."""
    knowledge = load()
    network = network_of(knowledge)
    small, large = (_cases(knowledge, network, size) for size in (SMALL, LARGE))
    return [
        _times("posterior_small", [_posterior(case, knowledge, network) for case in small], 20.0),
        _times("posterior_large", [_posterior(case, knowledge, network) for case in large], 400.0),
        _times("next_small", [_next(case, knowledge, network) for case in small], 150.0),
        _times("next_large", [_next(case, knowledge, network) for case in large], 150.0),
        *_against_pyagrum([gather(case, knowledge, network).problem for case in _cases(knowledge, network, PEER)]),
        Row(id="load", value=_loading(), unit="ms", at_most=300.0, of=3),
    ]


def machine() -> dict[str, Any]:
    """What the figures were measured on, as far as they depend on it."""
    return {
        "processor": platform.machine(),
        "cores": os.cpu_count(),
        "system": platform.system(),
        "python": platform.python_version(),
        "numpy": np.__version__,
        "busy": round(os.getloadavg()[0], 1),
    }


def _cases(knowledge: Knowledge, network: Network, size: tuple[int, int]) -> list[Case]:
    """Made-up people (another seed than the one of the checks) whose drawing, and for more than a few findings also
    whose answers, give so many positive findings; drawings of several people are laid over each other for many."""
    low, high = size
    found: list[Case] = []
    number = 0
    while len(found) < CASES[size]:
        person = simulate(SEED + 1, number, knowledge)
        case = person.case() if size == PEER else person.interviewed()
        number += 1
        while (count := len(gather(case, knowledge, network).positives)) < low and size == LARGE:
            more = simulate(SEED + 1, number, knowledge)
            number += 1
            case = Case(person=case.person, pain=(*case.pain, *more.drawing), answers=case.answers)
        if low <= count <= high:
            found.append(case)
    return found


def _posterior(case: Case, knowledge: Knowledge, network: Network) -> float:
    return _milliseconds(lambda: Inference(gather(case, knowledge, network).problem, network.parameters.work))


def _next(case: Case, knowledge: Knowledge, network: Network) -> float:
    inference = Inference(gather(case, knowledge, network).problem, network.parameters.work)

    def may_press(site: str, _: Side) -> bool:
        return self_press(knowledge, site)

    return _milliseconds(lambda: next_steps(case, knowledge, network, inference, may_press))


def _milliseconds(work: Callable[[], object], repeats: int = 3) -> float:
    """Median processor time of a few runs."""
    taken = []
    for _ in range(repeats):
        begun = process_time()
        work()
        taken.append(process_time() - begun)
    return 1000.0 * float(np.median(taken))


def _times(id: str, taken: list[float], at_most: float) -> Row:
    """The 95th percentile with its bar, the median beside it."""
    middle, high = (float(np.percentile(taken, share)) for share in (50, 95))
    return Row(id=id, value=high, unit="ms", at_most=at_most, of=len(taken), compared={"median": middle})


def _against_pyagrum(problems: list[Problem]) -> list[Row]:
    """How many times as long pyAgrum takes (median over what it answers), and how often it answers at all."""
    if not has_pyagrum():
        return [Row(id=id, value=None, unit="ratio", missing="pyagrum") for id in ("pyagrum_times", "pyagrum_answers")]
    ours = [_milliseconds(lambda problem=problem: solve(problem)) for problem in problems]  # type: ignore[misc]
    theirs = [_pyagrum(problem) for problem in problems]
    ratios = [1000.0 * there / here for here, there in zip(ours, theirs, strict=True) if there is not None]
    ratio = Row(id="pyagrum_times", value=None, unit="ratio", missing="no_answer")
    if ratios:
        span = (min(ratios), max(ratios))
        middle = float(np.median(ratios))
        ratio = Row(id="pyagrum_times", value=middle, unit="ratio", interval=span, at_least=1.0, of=len(ratios))
    answered = len(ratios) / len(problems)
    return [ratio, Row(id="pyagrum_answers", value=answered, unit="share", of=len(problems))]


def _pyagrum(problem: Problem) -> float | None:
    """Seconds of pyAgrum's propagation, in a process of its own; None if it runs out of memory or time."""
    context = get_context("spawn")
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_limited, args=(problem, there), daemon=True)
    process.start()
    there.close()
    try:
        return float(here.recv()) if here.poll(2 * PEER_SECONDS) else None
    except EOFError:
        return None
    finally:
        process.kill()
        process.join()


def _limited(problem: Problem, answer: Connection) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (PEER_GIGABYTES * 2**30, PEER_GIGABYTES * 2**30))
    resource.setrlimit(resource.RLIMIT_CPU, (PEER_SECONDS, PEER_SECONDS))
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # what pyAgrum says when memory ends is no message of ours
    answer.send(pyagrum_net(problem, list(range(len(problem.row)))).seconds)


def _loading() -> float:
    """Milliseconds to import the detector, read the knowledge and build the network, median of three new processes."""
    taken = []
    for _ in range(3):
        done = subprocess.run([sys.executable, "-c", _LOADING], capture_output=True, text=True, check=True)
        taken.append(1000.0 * float(done.stdout))
    return float(np.median(taken))
