# Two commands for everybody: make lab, make test. Each does its own set-up first.
# On Windows, see README.md for the same commands.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
# Without bytecode every start of Python compiles everything again: three times slower.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: lab test test-browser notebooks check bench clean

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
	@command -v $(PYTHON) >/dev/null || { echo "There is no $(PYTHON) here. Install Python 3.11 or newer, or name yours: make PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "medialit needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Name a newer one: make PYTHON=python3.12")'
	@echo "Setting up the course in $(VENV). That takes a few minutes, once."
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[test]"
	@touch $(READY)

# A real JupyterLab in a real browser: needs Chromium, which the system's package manager brings.
test-browser: $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[test,browser]"
	$(BIN)/python -m pytest tests/browser

clean:
	rm -rf $(VENV) dist build
