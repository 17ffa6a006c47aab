"""The register of luck: what each purpose is for and what entity it is indexed by.

A purpose's number is its identity: append, never insert, never reuse. Each purpose has its own Philox key, so that
adding one changes no other; rows are entities, so that a longer draw starts with the shorter one.

`uniform` rows lie in [0, 1); `normal` ones are standard normal; `clock` is the running sum of unit exponentials.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

Law = Literal["uniform", "normal", "clock"]
STAGES = 8  # most stages that a scenario may have
LOOPS = 4  # most times that a deal runs through the desk
HANDOVERS = 4  # most times that a leaver's deal is given to somebody else
GENERATIONS = 64  # most people who follow each other on one seat


class Purpose(NamedTuple):
    """One use of luck."""

    number: int
    law: Law
    columns: int
    meaning: str


# Indexed by buyer (inquiry of the market, and again by bought inquiry with numbers 100 higher).
BUYER = {
    "clock": Purpose(0, "clock", 1, "integrated rate at which the buyer asks"),
    "source": Purpose(1, "uniform", 1, "where the inquiry comes from"),
    "fit": Purpose(2, "normal", 1, "how well the buyer fits"),
    "seen_by_marketing": Purpose(3, "normal", 1, "marketing's misreading of fit"),
    "seen_by_sales": Purpose(4, "normal", 1, "sales' misreading of fit"),
    "seen_by_operations": Purpose(5, "normal", 1, "operations' misreading of fit"),
    "value": Purpose(6, "uniform", 1, "contract value"),
    "segment": Purpose(7, "uniform", 1, "whether the buyer belongs to a new segment"),
    "arbitrate": Purpose(8, "uniform", 1, "whether a dispute is taken to arbitration"),
    "worked": Purpose(9, "uniform", 1, "whether anybody works the lead"),
    "pickup": Purpose(10, "uniform", 1, "pick-up delay"),
    "answer": Purpose(11, "uniform", 1, "whether the buyer still answers"),
    "lead_patience": Purpose(12, "uniform", 1, "patience until a rep has room"),
    "effort": Purpose(13, "uniform", STAGES, "rep's work, by stage"),
    "buyer_time": Purpose(14, "uniform", STAGES, "buyer's time, by stage"),
    "advance": Purpose(15, "uniform", STAGES, "whether the deal goes on, by stage"),
    "work_patience": Purpose(16, "uniform", STAGES, "patience in the rep's queue, by stage"),
    "record": Purpose(17, "uniform", 1, "how late its records are"),
    "reading": Purpose(18, "uniform", 1, "rounding of recorded stages"),
    "judgement": Purpose(19, "uniform", 1, "rep's misjudgement of the deal"),
    "desk_work": Purpose(20, "uniform", LOOPS + 1, "desk work, by loop; last: arbitration"),
    "desk_patience": Purpose(21, "uniform", LOOPS + 1, "patience at the desk, by loop; last: arbitration"),
    "rework": Purpose(22, "uniform", LOOPS, "whether data send it back, by loop"),
    "second_loop": Purpose(23, "uniform", LOOPS, "whether an unowned hand-off sends it back, by loop"),
    "pull": Purpose(24, "uniform", 1, "push at which a discount is agreed"),
    "pull_day": Purpose(25, "uniform", 1, "day of the pulled signature"),
    "sandbag": Purpose(26, "uniform", 1, "whether it is held over"),
    "held": Purpose(27, "uniform", 1, "days into the next quarter if held over"),
    "lost_time": Purpose(28, "uniform", 1, "further time until a loss is told"),
    "handover": Purpose(29, "uniform", HANDOVERS, "whether a leaver's deal is lost, by hand-over"),
    "churn": Purpose(30, "uniform", 1, "integrated hazard at which the customer leaves"),
    "noticed": Purpose(31, "uniform", 1, "misjudgement of a lead's value by who may bridge it"),
}
BOUGHT = 100  # added to a purpose's number for bought inquiries

# Indexed by person: (seat, generation).
PERSON = {
    "skill": Purpose(200, "normal", GENERATIONS, "log of skill in sds"),
    "optimism": Purpose(201, "normal", GENERATIONS, "rep's own optimism"),
    "exit": Purpose(202, "uniform", GENERATIONS, "integrated hazard at which the person leaves"),
    "tenure": Purpose(203, "uniform", GENERATIONS, "tenure on the first day"),
}
ROLES = {"reps": 0, "managers": 10, "analysts": 20}  # added to a purpose's number

# Indexed by week.
WEEK = {
    "shock": Purpose(300, "normal", 1, "demand"),
    "shift": Purpose(301, "normal", 1, "the market's shift"),
    "drift": Purpose(302, "normal", 6, "definitions: five own parts, one common"),
    "mood": Purpose(303, "normal", 1, "reps' common mood"),
    "meeting": Purpose(304, "normal", 1, "mood of the forecast meeting"),
    "owner": Purpose(305, "normal", 2, "error of an owner's estimate: qualified, commit"),
    "opening": Purpose(306, "normal", 5, "definitions on the first day (first row)"),
}

# Indexed by customer of the installed base.
BASE = {
    "fit": Purpose(400, "normal", 1, "how well the customer fits"),
    "value": Purpose(401, "normal", 1, "contract value"),
    "age": Purpose(402, "uniform", 1, "part of the contract year that has passed"),
    "churn": Purpose(403, "uniform", 1, "integrated hazard at which the customer leaves"),
}
