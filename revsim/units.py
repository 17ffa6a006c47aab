"""Time and its units; the only file that knows how long a week or a quarter is.

All times are working days since the start of the warm-up, continuous.
"""

from __future__ import annotations

DAYS_PER_WEEK = 5.0
WEEKS_PER_QUARTER = 13
QUARTERS_PER_YEAR = 4
DAYS_PER_QUARTER = 65.0
DAYS_PER_YEAR = 260.0
WEEKS_PER_YEAR = 52
HOURS_PER_WEEK = 40.0
