"""What every block has beside its form: hints, solution, disagreeing; and coming back after a reload or a restart."""

import re

from lab import PANEL, PATIENCE, in_course, ready, settled

# What a program cannot judge is complete.
RIGHT = re.compile(r"Passed\.|Complete")
NOT_PASSED = re.compile("Not attempted|Not yet|Partly|Could not check")


def said(frame, words):
    """Wait until an announced place of this frame says these words."""
    frame.locator('[role="status"]', has_text=words).first.wait_for()


def button(frame, name):
    return frame.get_by_role("button", name=name, exact=True)


def push(hand, frame, act):
    """Press the button of a block that does this: check, hint, show, contest."""
    hand.press(frame.locator(f'[data-act="{act}"]'))


def first_step(hand, frame, hints):
    """Check with nothing done, then open the first hint."""
    push(hand, frame, "check")
    said(frame, NOT_PASSED)
    push(hand, frame, "hint")
    said(frame, f"Hint 1 of {hints}")


def climb(hand, frame, hints):
    """Check with nothing done, then go up the ladder of hints to its end and once beyond."""
    first_step(hand, frame, hints)
    for number in range(2, hints + 1):
        push(hand, frame, "hint")
        said(frame, f"Hint {number} of {hints}")
    push(hand, frame, "hint")
    said(frame, "There are no more hints.")


def climb_and_disagree(hand, frame, task):
    """All buttons below a task, each also when it is too early or when nothing was written."""
    push(hand, frame, "show")
    said(frame, "The solution opens after your first attempt")
    climb(hand, frame, len(task.hints))
    push(hand, frame, "show")
    said(frame, "Solution.")
    push(hand, frame, "contest")
    hand.press(button(frame, "Save my reason"))
    said(frame, "There is no reason yet.")
    hand.write(frame.get_by_label("What would you answer, and why?"), "The text leaves it open.")
    hand.press(button(frame, "Save my reason"))
    said(frame, "Saved. Your reason is in your progress file")


def reload(hand, page):
    """Load the page again and wait until all blocks are drawn. A plain page is saved first, and nothing of it is run."""
    blocks = page.locator(f"{PANEL} .ml-block")
    before = blocks.count()
    course = in_course(page)
    if not course:
        hand.save()
    page.reload()
    page.wait_for_function("() => !!window.medialit?.panel()?.context?.isReady", timeout=PATIENCE, polling=50)
    if course:
        ready(page)
    page.wait_for_function(
        "([blocks, before]) => document.querySelectorAll(blocks).length === before",
        arg=[f"{PANEL} .ml-block", before],
        timeout=2 * PATIENCE,
        polling=200,
    )
    settled(page)


def came_back(hand, frame, note):
    """A saved answer is in its form again: a check without touching anything passes."""
    said(frame, note)
    push(hand, frame, "check")
    said(frame, RIGHT)
