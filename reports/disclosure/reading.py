"""What a reader can work out of hidden cells, who knows all totals that are published.

A table is a flow that never ends: from one source to the rows (their totals), through the cells to
the columns, to one end (their totals), and back as the grand total. What goes into a node comes out
of it. So the highest value that a hidden cell can have is a greatest flow through the other hidden
cells, each of which may grow without end and shrink to zero: exact in whole numbers (R-302).
"""

import heapq
from collections import defaultdict, deque
from collections.abc import Collection, Mapping
from typing import NamedTuple

from reports.disclosure.cells import TOTAL, Key

type Node = tuple[str, str]
type Room = dict[Node, dict[Node, int]]

SOURCE: Node = ("source", "")
END: Node = ("end", "")
ENDLESS = 10**30


class Move(NamedTuple):
    """A hidden cell goes so far up or down, as far as the others leave room."""

    key: Key
    upwards: bool
    wanted: int

    @property
    def way(self) -> tuple[Node, Node]:
        """From where to where the others must bring what it moves."""
        tail, head = ends_of(self.key)
        return (head, tail) if self.upwards else (tail, head)


def ends_of(key: Key) -> tuple[Node, Node]:
    """Say from where to where the flow of a cell or a total goes."""
    row, column = key
    if row == TOTAL:
        return (END, SOURCE) if column == TOTAL else (("column", column), END)
    return (SOURCE, ("row", row)) if column == TOTAL else (("row", row), ("column", column))


def bounds(values: Mapping[Key, int], hidden: Collection[Key], key: Key) -> tuple[int, int | None]:
    """Give the lowest and highest value of a hidden cell that fit all that is published.

    The highest is None when nothing bounds it. A cell that is not hidden is what it is.
    """
    value = values[key]
    if key not in hidden:
        return value, value
    down = room(values, hidden, Move(key, upwards=False, wanted=value))
    up = room(values, hidden, Move(key, upwards=True, wanted=ENDLESS))
    return value - min(value, down), None if up >= ENDLESS else value + up


def room(values: Mapping[Key, int], hidden: Collection[Key], move: Move) -> int:
    """Say how far a hidden cell can move while all that is published stays; up to `wanted`."""
    return flow(values, hidden, move)[0]


def flow(
    values: Mapping[Key, int], hidden: Collection[Key], move: Move
) -> tuple[int, frozenset[Key]]:
    """Say how far a hidden cell can move, and which others move with it."""
    cells = [key for key in hidden if key != move.key]
    others = _room_of(values, cells)
    start, goal = move.way
    found, taken = 0, set()
    while found < move.wanted:
        path = _shortest(others, start, goal)
        if not path:
            break
        least = min(move.wanted - found, *(others[one][two] for one, two in path))
        for one, two in path:
            others[one][two] -= least
            others[two][one] += least
            taken |= {(one, two), (two, one)}
        found += least
    return found, frozenset(key for key in cells if ends_of(key) in taken)


def is_known(hidden: Collection[Key], key: Key) -> bool:
    """Whether a hidden cell follows from what is published, whatever the amounts are."""
    tail, head = ends_of(key)
    others = _room_of(dict.fromkeys(hidden, 1), [each for each in hidden if each != key])
    return not _shortest(others, head, tail)


def cheapest(values: Mapping[Key, int], costs: Mapping[Key, int], move: Move) -> set[Key]:
    """Name the cells of the cheapest round by which a cell can move that far; none: nothing can.

    `costs` names the cells that may take part; what is hidden already costs nothing.
    """
    start, goal = move.way
    steps: defaultdict[Node, list[tuple[Node, Key]]] = defaultdict(list)
    for each in sorted(costs):
        if each != move.key:
            one, two = ends_of(each)
            steps[one].append((two, each))
            if values[each] >= move.wanted:  # against the flow it shrinks
                steps[two].append((one, each))
    queue: list[tuple[int, Node, tuple[Key, ...]]] = [(0, start, ())]
    done: set[Node] = set()
    while queue:
        cost, node, taken = heapq.heappop(queue)
        if node == goal:
            return set(taken)
        if node not in done:
            done.add(node)
            for other, each in steps[node]:
                heapq.heappush(queue, (cost + costs[each], other, (*taken, each)))
    return set()


def _room_of(values: Mapping[Key, int], cells: Collection[Key]) -> Room:
    """With the flow a cell may grow without end, against it it may shrink to zero."""
    found: Room = defaultdict(lambda: defaultdict(int))
    for key in cells:
        tail, head = ends_of(key)
        found[tail][head] += ENDLESS
        found[head][tail] += values[key]
    return found


def _shortest(others: Room, start: Node, goal: Node) -> list[tuple[Node, Node]]:
    """Find a way with room on every step, by the fewest steps; none when there is none."""
    came: dict[Node, Node] = {start: start}
    queue = deque([start])
    while queue and goal not in came:
        node = queue.popleft()
        for other, left in others[node].items():
            if left and other not in came:
                came[other] = node
                queue.append(other)
    if goal not in came:
        return []
    path: list[tuple[Node, Node]] = []
    while goal != start:
        path.append((came[goal], goal))
        goal = came[goal]
    return path
