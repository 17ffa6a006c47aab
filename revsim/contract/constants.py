"""What both engines call by the same number: roles, functions, readings, decisions; and a few fixed numbers.

Whatever a company could differ in stands in the scenario file; here is what only gives the mechanisms their shape.
"""

from __future__ import annotations

REP, MANAGER, ANALYST = 0, 1, 2  # roles
NOBODY = -1
MARKETING, SALES, OPERATIONS = 0, 1, 2  # functions, and their readings of `qualified`
COMMIT_SALES, COMMIT_OPERATIONS = 3, 4  # readings of `commit`
DESIGN, COORDINATION, HEROICS = 0, 1, 2  # blocks of choices
RESOURCES, REVISION, ARBITRATION, DISCOUNT = 0, 1, 2, 3  # actors of DECIDED rows

WEEKS, KEPT = 13, 4  # weeks of a quarter in history; quarters that are remembered
FORECASTS = 4  # of the quarter: those of sales, marketing and operations, and the run-rate
WEEKLY = 0.2773500981126146  # 1 / sqrt(13): sd a week from sd a root quarter
COMMON = 5  # part of a week's luck of definitions that all readings share
LEAST_GAP = 4.0  # weeks between resets that answer to low trust
CALLED = 2  # the last stages that reps call: best case and commit
BUDGET_LIMIT = 0.5  # largest change of the marketing budget against its reference
MOST = 0.9  # nobody loses more than this share of the hours of the role
MOST_BRIDGED = 0.8  # of a hero's hours in a week, as heroics.capacity is at most
CADENCE_SCALE = 22.0  # weeks between half-yearly and monthly reviews: the cadence lever as a dial
MOST_REWORKED = 0.95  # of the deals at the desk: some data are right
BUILT = 0.02  # share left at which a build counts as done
FIRST_DAY = 0.0  # choices that begin on it have always stood: nothing of them is built
