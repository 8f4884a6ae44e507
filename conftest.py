"""No test and no notebook under test ever reads or writes somebody's own progress file."""

import os

os.environ["MEDIALIT_PROGRESS"] = ":memory:"
