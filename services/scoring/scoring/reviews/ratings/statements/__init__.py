"""A rating in set-based SQL (architecture D13): freeze the inputs, then rate them; a file for each part.

Every file holds named common table expressions over those before it, so that a test can run one part by itself and
compare it with its oracle in `rules.py`.
"""

from scoring.reviews.ratings.statements.freezing import FREEZE, RETIRE_INPUTS
from scoring.reviews.ratings.statements.rating import RATE, RETIRE_RATINGS

__all__ = ["FREEZE", "RATE", "RETIRE_INPUTS", "RETIRE_RATINGS"]
