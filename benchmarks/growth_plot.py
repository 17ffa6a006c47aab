"""The picture and the slopes of growth.py."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.figure import Figure

if TYPE_CHECKING:
    from growth import Point

LOOKS = (("o", "#1b6ca8"), ("s", "#c8553d"), ("^", "#3c8d53"), ("D", "#7a5195"))


def slopes(points: Sequence[Point]) -> Iterator[tuple[str, float, float]]:
    """(axis, exponent over all points, exponent over the larger half), by least squares on logarithms."""
    for axis in dict.fromkeys(point.axis for point in points):
        size, seconds = _of(points, axis)
        half = len(size) // 2
        yield axis, _slope(size, seconds), _slope(size[half:], seconds[half:])


def _of(points: Sequence[Point], axis: str) -> tuple[np.ndarray, np.ndarray]:
    mine = [(point.size, point.seconds) for point in points if point.axis == axis]
    size, seconds = np.asarray(mine, dtype=float).T
    return size / size[0], seconds


def _slope(size: np.ndarray, seconds: np.ndarray) -> float:
    return float(np.polyfit(np.log(size), np.log(seconds), 1)[0])


def draw(points: Sequence[Point], path: Path) -> None:
    """Seconds by size, both logarithmic, over faint lines along which time is proportional to size."""
    figure = Figure(figsize=(8.0, 6.0), layout="constrained")
    axes = figure.subplots()
    for (axis, _, upper), (marker, colour) in zip(slopes(points), LOOKS, strict=False):
        size, seconds = _of(points, axis)
        label = f"{axis}: slope {upper:.2f} in the larger half"
        axes.loglog(size, seconds, marker=marker, color=colour, label=label, linewidth=1.5, markersize=6)
    ends = np.array(axes.get_xlim())
    low, high = axes.get_ylim()
    for power in range(int(np.floor(np.log10(low / ends[1]))), int(np.ceil(np.log10(high / ends[0]))) + 1):
        is_first = power == int(np.floor(np.log10(low / ends[1])))
        label = "slope 1: twice the size, twice the time" if is_first else None
        axes.loglog(ends, 10.0**power * ends, color="0.8", linewidth=0.8, zorder=0, label=label)
    axes.set_xlim(*ends)
    axes.set_ylim(low, high)
    axes.set_xlabel("size, as a multiple of the smallest")
    axes.set_ylabel("seconds")
    axes.set_title("Time against size, compiled engine, one process", loc="left")
    axes.legend(loc="upper left", facecolor="white", edgecolor="white", framealpha=1.0)
    axes.spines[["top", "right"]].set_visible(False)
    figure.savefig(path, metadata={"Date": None})
