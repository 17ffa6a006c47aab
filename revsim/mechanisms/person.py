"""Somebody on a seat; the next generation takes over the seat's fields."""

from __future__ import annotations

from math import inf


class Person:
    """A seat and who is on it; the compiled engine's record has fields of the same names."""

    __slots__ = (
        "booked", "booked_year", "bridge_left", "bridged", "energy", "generation", "hazard", "hero", "hours", "joined",
        "leaves_at", "log_skill", "open_deals", "optimism", "present", "rate", "role", "room", "seat", "serving",
        "vacant_until",
    )  # fmt: skip

    def __init__(self, role: int, seat: int) -> None:
        """An empty seat."""
        self.role, self.seat, self.generation = role, seat, -1
        self.present = False
        self.vacant_until = inf
        self.joined = 0.0
        self.log_skill = self.optimism = 0.0
        self.hazard, self.leaves_at = 0.0, inf
        self.energy, self.hero = 1.0, False
        self.bridge_left = self.bridged = 0.0  # hours this week
        self.hours = 0.0  # hours a day for the work of the role
        self.rate = 0.0  # hours of standard work a day
        self.room = 0.0
        self.open_deals = 0
        self.serving = False
        self.booked = self.booked_year = 0.0
