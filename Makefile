# Two commands for everybody: make lab, make test. Each does its own set-up first.
# On Windows, see README.md for the same commands.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
# Without bytecode every start of Python compiles everything again: three times slower.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: lab test notebooks check bench clean

lab: $(READY)
	$(BIN)/medialit lab

test: $(READY)
	$(BIN)/python -m medialit.authoring.verify

notebooks: $(READY)
	$(BIN)/medialit build

check: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

bench: $(READY)
	$(BIN)/python benchmarks/kit.py

$(READY): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "medialit needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Set PYTHON=python3.12 or the like.")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[test]"
	@touch $(READY)

clean:
	rm -rf $(VENV) dist build

# A real JupyterLab in a real browser: needs Chromium, which the system's package manager brings.
.PHONY: test-browser
test-browser: $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check "playwright>=1.49"
	$(BIN)/python -m pytest tests/browser
