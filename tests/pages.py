"""Play the browser: what a page would send to Python, and what it would show."""

import json


def press(page, act, block=None, answer=None, certainty=None, **more):
    """Press a button of a block (the only one when none is named) with this answer in its form."""
    name = block or next(iter(page.state))
    message = {"act": act, "id": name, "n": f"test-{len(page.state)}", "answer": answer, "certainty": certainty, **more}
    page._heard(page, json.loads(json.dumps(message)), [])
    return page.state.get(name, {})


def step_of(page, name):
    """The full name of a step of the annotation page: that of a card or a claim ends in its number."""
    return next((full for full in page.state if full.split("-")[0] == name), name)


def ask(page, what, block=None, **more):
    """The answer to a question of the page."""
    told = []
    send, page.send = page.send, told.append
    try:
        page._heard(page, {"ask": 1, "id": block or next(iter(page.state)), "what": what, **more}, [])
    finally:
        page.send = send
    return told[0]["data"]


def sent(page):
    """All that the browser is sent."""
    state = page.get_state() | {"words": page.shared.words}
    return json.dumps({name: value for name, value in state.items() if name != "_esm"}, default=str)


def confirm_quotes(page):
    """Keep what is proposed on the page of quotations, and say who speaks as it is proposed."""
    press(page, "save", "marks", [[*quote.content, quote.kind] for quote in page.quotes])
    said = {f"q{n}": "yes" if quote.speaker_name else "nobody" for n, quote in enumerate(page.quotes, 1)}
    press(page, "save", "speakers", said)
