# make run       install what the workbench needs and open it with the 1955 chain
# make test      install what the tests need as well and run them all
# make check     style and types only
# make pictures  take the pictures of the README anew
# make transformers  install the optional encoder sentence-transformers (large) and test it
# make scans     install the optional extra that reads scans, and test it
# make bench     measure the aligner and its confidence: GOLD=folder of gold documents; and the reader
# make soak      the tests of long sittings, bursts and kills at full length
PYTHON ?= python3
BIN := .venv/bin
PORT ?= 8501

.PHONY: run install test check transformers scans bench soak packages pictures

run: install
	$(BIN)/python workbench.py serve --port $(PORT)

install: .venv/.runtime

test: check packages
	$(BIN)/python -m pytest -n auto --dist loadgroup

check: .venv/.development
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

transformers: .venv/.development
	$(BIN)/uv pip install --quiet --python $(BIN)/python -r requirements-sentence-transformers-dev.txt
	$(BIN)/python -m pytest tests/test_contracts.py tests/aligners/test_encoders.py

scans: .venv/.development
	$(BIN)/uv pip install --quiet --python $(BIN)/python -r requirements-scans.txt
	@command -v tesseract >/dev/null || echo "Tesseract itself is missing; on Debian: apt-get install tesseract-ocr tesseract-ocr-rus tesseract-ocr-kor"
	$(BIN)/python -m pytest tests/corpora/test_scan.py

bench: .venv/.development
	$(BIN)/python -m benchmarks.agreement $(GOLD)
	$(BIN)/python -m benchmarks.calibration $(GOLD)
	$(BIN)/python -m benchmarks.reader

soak: packages
	SOAK=1 $(BIN)/python -m pytest tests/browser/test_sessions.py tests/browser/test_burst.py tests/browser/test_two_readers.py tests/reviews --hypothesis-profile=soak

pictures: packages
	$(BIN)/python -m pytest tests/browser/test_looks.py
	cp test-results/read-1440-light.png docs/pictures/reader-light.png
	cp test-results/doubtful-1440-light.png docs/pictures/doubtful-light.png

packages: .venv/.development
	sh tests/install.sh

.venv/.runtime: requirements.txt | $(BIN)/uv
	$(BIN)/uv pip install --quiet --python $(BIN)/python -r requirements.txt
	@touch $@

.venv/.development: requirements-dev.txt requirements.txt requirements-postgresql.txt | $(BIN)/uv
	$(BIN)/uv pip install --quiet --python $(BIN)/python -r requirements-dev.txt
	@touch $@

# The last file of a whole environment: a first install that was interrupted is taken up again.
$(BIN)/uv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] < (3, 11))' || { echo "Python 3.11 or newer is needed; name one with: make PYTHON=python3.11"; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || { echo "This Python cannot make a virtual environment; install the package python3-venv and try again"; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check uv==0.13.9
