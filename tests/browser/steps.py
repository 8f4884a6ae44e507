"""What every widget has beside its form: hints, solution, disagreeing; and coming back after a reload or a restart."""

import re

from lab import PANEL, PATIENCE, settled

NOT_PASSED = re.compile("Not attempted|Not yet|Partly|Could not check")


def said(frame, words):
    """Wait until an announced place of this frame says these words."""
    frame.locator('[role="status"]', has_text=words).first.wait_for()


def button(frame, name):
    return frame.get_by_role("button", name=name, exact=True)


def first_step(hand, frame, check, hint, hints):
    """Check with nothing done, then open the first hint."""
    hand.press(button(frame, check))
    said(frame, NOT_PASSED)
    hand.press(button(frame, hint))
    said(frame, f"Hint 1 of {hints}")


def climb(hand, frame, check, hint, hints):
    """Check with nothing done, then go up the ladder of hints to its end and once beyond."""
    first_step(hand, frame, check, hint, hints)
    for number in range(2, hints + 1):
        hand.press(button(frame, hint))
        said(frame, f"Hint {number} of {hints}")
    hand.press(button(frame, hint))
    said(frame, "There are no more hints.")


def climb_and_disagree(hand, frame, task):
    """All buttons below a task, each also when it is too early or when nothing was written."""
    hand.press(button(frame, "Solution"))
    said(frame, "The solution opens after your first attempt")
    climb(hand, frame, "Check", "Hint", len(task.hints))
    hand.press(button(frame, "Solution"))
    said(frame, "Solution.")
    hand.press(button(frame, "I disagree"))
    said(frame, "A box for your reason is open below.")
    hand.press(button(frame, "Save my reason"))
    said(frame, "There is no reason yet.")
    hand.write(frame.get_by_label("What would you answer, and why?"), "The text leaves it open.")
    hand.press(button(frame, "Save my reason"))
    said(frame, "Saved. Your reason stands in your progress file")


def reload(hand, page):
    """Save, load the page again, and wait until all widgets are drawn; nothing is run."""
    blocks = page.locator(f"{PANEL} .medialit-block")
    before = blocks.count()
    hand.save()
    page.reload()
    page.wait_for_function("() => !!window.medialit?.panel()?.context?.isReady", timeout=PATIENCE, polling=50)
    # Hundreds of widgets ask the kernel for their state; on a busy machine each one asks alone.
    page.wait_for_function(
        "([blocks, before]) => document.querySelectorAll(blocks).length === before",
        arg=[f"{PANEL} .medialit-block", before],
        timeout=2 * PATIENCE,
        polling=200,
    )
    settled(page)


def came_back(hand, frame, check, note):
    """A saved answer is in its form again: a check without touching anything passes."""
    said(frame, note)
    hand.press(button(frame, check))
    said(frame, "Passed.")
