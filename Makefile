# Two commands for everybody: make lab, make test. Each does its own set-up first.
# On Windows, see README.md for the same commands.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
FLOORS := .floors
SITE := dist/site
AXE := tests/browser/node_modules/axe-core/axe.min.js
# Without bytecode every start of Python compiles everything again: three times slower.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: lab test test-more test-floors test-browser site serve notebooks labextension check bench mutants clean

lab: $(READY)
	$(BIN)/medialit lab

test: $(READY)
	$(BIN)/python -m medialit.authoring.verify

# What "make test" has shown, once more in another place: the pages of the workshops, whose cells are those of the lessons.
test-more: $(READY)
	$(BIN)/python -m medialit.authoring.verify more

# The lowest versions that pyproject.toml allows, in an environment of their own: most of the unit tests, and their coverage.
test-floors: $(FLOORS)/.ready
	$(FLOORS)/bin/python -m medialit.authoring.verify floors

$(FLOORS)/.ready: pyproject.toml
	$(PYTHON) -m venv --clear $(FLOORS)
	$(FLOORS)/bin/python -m pip install --quiet --disable-pip-version-check uv
	$(FLOORS)/bin/uv pip install --quiet --python $(FLOORS)/bin/python --resolution lowest-direct -e ".[test]"
	@touch $@

# The course as one static folder. What it is made of is fetched into .site the first time; npm is needed.
site: $(READY)
	$(BIN)/medialit site --out $(SITE)

# On this computer alone, always at the same port.
serve: $(READY)
	@[ -f $(SITE)/site.json ] || $(MAKE) site
	$(BIN)/python src/medialit/site/serve.py $(SITE)

notebooks: $(READY)
	$(BIN)/medialit author build

# The course view, from its TypeScript into src/medialit/labextensions/medialit. Only those who change it need npm.
labextension: labextension/node_modules/.package-lock.json
	npm run --silent --prefix labextension build

labextension/node_modules/.package-lock.json: labextension/package-lock.json
	npm ci --prefix labextension --no-audit --no-fund --silent
	@touch $@

check: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# One small change at a time in what scores: does a test notice? Hours for everything; see benchmarks/README.md.
mutants: $(READY)
	nice -n 15 $(BIN)/python benchmarks/mutants.py $(ARGS)

bench: $(READY)
	$(BIN)/python benchmarks/kit.py

$(READY): pyproject.toml constraints.txt
	@command -v $(PYTHON) >/dev/null || { echo "There is no $(PYTHON) here. Install Python 3.11 or newer, or name yours: make PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "medialit needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Name a newer one: make PYTHON=python3.12")'
	@echo "Setting up the course in $(VENV). That takes a few minutes, once."
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[test]"
	@touch $(READY)

# A real JupyterLab in a real browser. Chromium comes from the system's package manager, the rules for accessibility from npm.
# A test that failed is run again, twice at most; the last lines then say "rerun" and name it.
# make test-browser ONLY="claims and keyboard" runs those alone.
test-browser: $(VENV)/.browser $(AXE)
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null || echo "There is no Chromium here. On Debian and Ubuntu: apt-get install chromium"
	# Two at a time, each with a server and a browser of its own. One test after the other: a walk takes a minute or more.
	$(BIN)/python -m pytest tests/browser -rRs --reruns 2 -n 2 --maxschedchunk 1 -k '$(ONLY)'

$(VENV)/.browser: $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[test,browser]"
	@touch $@

$(AXE): tests/browser/package-lock.json
	@if command -v npm >/dev/null; then npm ci --prefix tests/browser --no-audit --no-fund --silent && touch $@; \
	elif [ -n "$$CI" ]; then echo "There is no npm here, and on CI axe-core may not be left out. On Debian and Ubuntu: apt-get install npm"; exit 1; \
	else echo "There is no npm here, so axe-core is left out and its tests are skipped. On Debian and Ubuntu: apt-get install npm"; fi

clean:
	rm -rf $(VENV) $(FLOORS) .site dist build
