# make demo   crawl the replica and show what came out
# make test   run the tests
# make check  run the linters, the type checker and the tests of the conventions
# make bench  measure what hostile pages cost
# make crawl  crawl the live site; ARGS="-a sections=CaiJing -a pages=1"
# make clean  remove what the others made, except the data

PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
DEMO := demo-data

.PHONY: demo test check bench crawl clean venv-package

demo: $(READY)
	@rm -rf $(DEMO)
	GUANCHA_DATA=$(DEMO) $(BIN)/python -m replica run --articles 100 --era 2026 -- \
		$(BIN)/scrapy crawl articles -L WARNING \
		-s DOWNLOAD_DELAY=0 -s AUTOTHROTTLE_ENABLED=0
	@echo && echo "The first article, cut short:"
	@head -qn 1 $(DEMO)/articles/*.jsonl | $(BIN)/python -m json.tool --no-ensure-ascii | \
		LC_ALL=C.UTF-8 sed -E -e "s/^(.{60}).{3,}/\\1…/" -e 60q
	@echo && echo "All of it, one record a line (the stand-in has a clock of its own):"
	@wc -l $(DEMO)/*/*.jsonl

test: $(READY)
	$(BIN)/python -m pytest -n auto $(ARGS)

check: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/scrapy-lint
	$(BIN)/python -m pytest tests/test_conventions.py

bench: $(READY)
	$(BIN)/python -m bench.hostile

crawl: $(READY)
	$(BIN)/scrapy crawl articles $(ARGS)

clean:
	rm -rf .venv $(DEMO) .hypothesis .mypy_cache .pytest_cache .ruff_cache .scrapy
	find . -name __pycache__ -prune -exec rm -rf {} +

# Debian's python3 comes without what makes virtual environments.
$(READY): requirements.txt requirements-dev.txt
	@echo "Setting up .venv, once; this takes a moment."
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || $(MAKE) --no-print-directory venv-package
	@$(PYTHON) -m venv .venv
	@$(BIN)/pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

venv-package:
	@[ "$$(id -u)" = 0 ] || { echo "python3-venv is missing: apt-get install python3-venv" >&2; exit 1; }
	@export DEBIAN_FRONTEND=noninteractive DEBCONF_NOWARNINGS=yes; apt-get update -qq >/dev/null && \
		apt-get install -qq -y --no-install-recommends python3-venv >/dev/null
