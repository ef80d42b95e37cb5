# make demo   crawl the replica and show what came out
# make test   run the tests
# make check  run the linters, the type checker and the tests of the conventions
# make crawl  crawl the live site; ARGS="-a sections=CaiJing -a pages=1"
# make clean  remove what the others made, except the data

PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
DEMO := demo-data

.PHONY: demo test check crawl clean

demo: $(READY)
	@rm -rf $(DEMO)
	GUANCHA_DATA=$(DEMO) $(BIN)/python -m replica run --articles 100 -- \
		$(BIN)/scrapy crawl articles -s DOWNLOAD_DELAY=0 -s AUTOTHROTTLE_ENABLED=0
	@$(BIN)/python -m replica.show $(DEMO)

test: $(READY)
	$(BIN)/python -m pytest $(ARGS)

check: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/scrapy-lint

crawl: $(READY)
	$(BIN)/scrapy crawl articles $(ARGS)

clean:
	rm -rf .venv $(DEMO) .hypothesis .mypy_cache .pytest_cache .ruff_cache .scrapy
	find . -name __pycache__ -prune -exec rm -rf {} +

# Debian's python3 comes without what makes virtual environments.
$(READY): requirements.txt requirements-dev.txt
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
		{ apt-get update -qq && apt-get install -qq -y --no-install-recommends python3-venv; }
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@
