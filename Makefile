# make demo   crawl the replica and show what came out
# make test   run the tests
# make check  run the linters, the type checker and the tests of the conventions
# make bench  measure, beside what others would use; half an hour. ARGS="extraction crawl": only those
# make crawl  crawl the live site; ARGS="-a sections=CaiJing -a pages=1"
# make clean  remove what the others made, except the data

PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
# One more than there are processors: some tests wait for a clock.
WORKERS := $(shell expr $$(nproc) + 1)
DEMO := demo-data

.PHONY: demo test check bench crawl clean venv-package

demo: $(READY)
	@rm -rf $(DEMO)
	GUANCHA_DATA=$(DEMO) GUANCHA_CONTACT=you@example.org $(BIN)/python -m replica run --articles 100 \
		--era 2026 -- $(BIN)/scrapy crawl articles -s DOWNLOAD_DELAY=0 -s AUTOTHROTTLE_ENABLED=0
	@echo && echo "The first article, cut short:"
	@head -qn 1 $(DEMO)/articles/*.jsonl | $(BIN)/python -m json.tool --no-ensure-ascii | \
		LC_ALL=C.UTF-8 sed -E -e "s/^(.{60}).{3,}/\\1…/" -e 60q
	@echo && echo "All of it, one record a line (the stand-in has a clock of its own):"
	@wc -l $(DEMO)/*/*.jsonl
	@echo && echo "The run, as the ledger has it, and as a page to look at, $(DEMO)/runs/1.html:"
	@GUANCHA_DATA=$(DEMO) $(BIN)/scrapy runs

# Hundreds of crawls start there: what Python compiles is kept, whatever the environment says.
test: $(READY) .venv/.parts
	PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest -n $(WORKERS) --dist worksteal $(ARGS)

check: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/scrapy-lint
	$(BIN)/python -m pytest tests/test_conventions.py

bench: $(READY) .venv/.peers
	$(BIN)/python -m bench $(ARGS)

# What others would read the same pages with; only the benches want it.
.venv/.peers: $(READY) bench/requirements.txt
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps -r bench/requirements.txt
	@touch $@

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
	@$(call install,python3-venv)

# The tests start a PostgreSQL and a browser of their own. certutil makes the browser trust the replica;
# Playwright's own process needs libatomic.
.venv/.parts: $(READY)
	@missing=; \
	ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null || missing="postgresql"; \
	command -v chromium-headless-shell >/dev/null || command -v chromium >/dev/null || \
		command -v google-chrome >/dev/null || missing="$$missing chromium-headless-shell"; \
	command -v certutil >/dev/null || missing="$$missing libnss3-tools"; \
	ldconfig -p | grep -q libatomic || missing="$$missing libatomic1"; \
	[ -z "$$missing" ] || ( $(call install,$$missing) ) || echo "The tests that need$$missing will skip."
	@touch $@

# As root only; a database that is installed must not start a server of its own.
define install
[ "$$(id -u)" = 0 ] || { echo "$(1) is missing: apt-get install $(1)" >&2; exit 1; }; \
export DEBIAN_FRONTEND=noninteractive DEBCONF_NOWARNINGS=yes; \
mkdir -p /etc/postgresql-common && \
echo "create_main_cluster = false" > /etc/postgresql-common/createcluster.conf; \
apt-get update -qq >/dev/null && apt-get install -qq -y --no-install-recommends $(1) >/dev/null
endef
