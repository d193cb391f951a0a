# The commands of the README. Each stands alone on a fresh machine with Python 3.11 or later.
#
#   make demo PYTHON=python3.12    with a Python of your choice
#   make demo VENV=elsewhere       with the virtual environment in another folder

SHELL = /bin/sh
PYTHON = python3 python3.14 python3.13 python3.12 python3.11
VENV ?= .venv
OUT = out
TORCH = torch==2.13.0
EPOCHS = 8

.PHONY: help demo test test-long lint docs score scorecard parses mutants parser bench-parser bench-names bench-page bench-questions fuzz clean python installed installed-dev

help:
	@echo 'make demo     build the graph of corpus/articles, and say which file to open'
	@echo 'make test     run the tests'
	@echo 'make test-long  run the tests that take many minutes: 200 kills, more full disks'
	@echo 'make lint     check style and types'
	@echo 'make docs     build the documentation, to be opened from build/site/index.html'
	@echo 'make score    compare what is read with what people read; fail below tests/floor.json'
	@echo 'make scorecard  score public sentences that you have: tools/scoring/README.md'
	@echo 'make parses   sort the tables, read every example, record its parse for the tests'
	@echo 'make mutants  alter every row of rules.csv, and tell where no test sees it'
	@echo 'make parser   train the parser anew; make bench-parser measures it: tools/parser/README.md'
	@echo 'make bench-names measures how fast names are found; make bench-questions how fast questions are answered'
	@echo 'make bench-page measures how fast the network page is'
	@echo 'make fuzz     look for inputs that break what is promised of every input, SECONDS=60 for each kind'
	@echo 'make clean    remove what was built, and the virtual environment'

demo: installed
	"$(VENV)/bin/kg" build corpus/articles --out "$(OUT)"
	@echo 'Or ask: $(VENV)/bin/kg query who-met-whom --out $(OUT)'

test: installed-dev
	"$(VENV)/bin/python" -m pytest -rs

test-long: installed-dev
	"$(VENV)/bin/python" -m pytest -rs -m long

lint: installed-dev
	"$(VENV)/bin/ruff" check .
	"$(VENV)/bin/ruff" format --check .
	"$(VENV)/bin/python" -m mypy
	"$(VENV)/bin/python" -m tools.views.lint

docs: installed-dev
	"$(VENV)/bin/python" -m tools.docs.site

score: installed
	"$(VENV)/bin/kg" score corpus/annotations.csv --articles corpus/articles --floor tests/floor.json

scorecard: installed
	@if [ ! -d "$(GOLD)" ]; then echo 'Say where the sentences are: make scorecard GOLD=folder' >&2; exit 1; fi
	"$(VENV)/bin/python" -m tools.scoring.scorecard "$(GOLD)" > docs/scorecard.new && mv docs/scorecard.new docs/scorecard.md

parses: installed
	"$(VENV)/bin/kg" check --fix

mutants: installed
	"$(VENV)/bin/python" -m tools.rules.mutants --list

# Torch is needed here and nowhere else, so it has an environment of its own. Every step goes on where it was interrupted.
TEACHER_RUN = build/parser/teacher
STUDENT_RUN = build/parser/student
parser:
	@if [ ! -d "$(DATA)" ] || [ ! -d "$(ENCODER)" ] || [ ! -d "$(TEACHER)" ]; then \
	  echo 'Say where the treebanks and the encoders are: make parser DATA=folder ENCODER=folder TEACHER=folder' >&2; \
	  echo 'tools/parser/README.md tells what has to be in them.' >&2; exit 1; fi
	@$(MAKE) installed VENV=build/parser-venv
	build/parser-venv/bin/python -m pip install --quiet --quiet "$(TORCH)" onnx safetensors
	build/parser-venv/bin/python -m tools.parser.train "$(DATA)" "$(TEACHER)" $(TEACHER_RUN) --epochs 4
	[ -f build/parser/opinions.pt ] || build/parser-venv/bin/python -m tools.parser.teach \
	  "$(DATA)" "$(TEACHER)" $(TEACHER_RUN) tools/parser/prose build/parser/opinions.pt
	build/parser-venv/bin/python -m tools.parser.train "$(DATA)" "$(ENCODER)" $(STUDENT_RUN) --epochs $(EPOCHS) --opinions build/parser/opinions.pt
	build/parser-venv/bin/python -m tools.parser.export $(STUDENT_RUN) "$(ENCODER)" "$(TEACHER)" "$(DATA)"
	build/parser-venv/bin/python -m tools.parser.bench "$(DATA)" --note
	@echo 'The new parser is in kg/parser. Next: make parses, make score, make test.'

bench-parser: installed
	@if [ ! -d "$(DATA)" ]; then echo 'Say where the treebanks are: make bench-parser DATA=folder' >&2; exit 1; fi
	"$(VENV)/bin/python" -m tools.parser.bench "$(DATA)" $(if $(BESIDE),--beside "$(BESIDE)")

bench-names: installed
	"$(VENV)/bin/python" -m tools.mentions.bench

bench-questions: installed
	@if [ ! -f "$(GRAPH)/graph.ttl" ]; then echo 'Say which graph to ask: make bench-questions GRAPH=folder' >&2; exit 1; fi
	"$(VENV)/bin/python" -m tools.questions.bench "$(GRAPH)"

# Beside bare pyvis, whose physics takes some minutes to settle.
bench-page: installed-dev
	"$(VENV)/bin/python" -W ignore -m tools.views.bench

# What reaches new code is kept in build/fuzz; an input that breaks a promise stops it, and belongs into tests/fuzz/seeds.
SECONDS = 60
fuzz: installed-dev
	@for target in $$(ls tests/fuzz/seeds); do \
	  echo "$$target"; mkdir -p build/fuzz; \
	  PYTHONPATH=tests "$(VENV)/bin/python" -W ignore -m tools.fuzz.run $$target $(SECONDS) > build/fuzz/$$target.log 2>&1 || \
	    { tail -n 40 build/fuzz/$$target.log; exit 1; }; \
	  tail -n 1 build/fuzz/$$target.log; \
	done

clean:
	rm -rf out build .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis

# Debian has Python without ensurepip, macOS an old one: look for one that will do.
python:
	@if [ ! -x "$(VENV)/bin/pip" ]; then \
	  for python in $(PYTHON) ''; do \
	    [ -z "$$python" ] && break; \
	    "$$python" -c 'import ensurepip, sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && break; \
	  done; \
	  if [ -z "$$python" ]; then \
	    echo 'No Python of version 3.11 or later that can make virtual environments: tried $(PYTHON).' >&2; \
	    echo 'Debian, Ubuntu:  sudo apt-get install python3-venv' >&2; \
	    echo 'macOS:           brew install python, or the installer of https://www.python.org/downloads/' >&2; \
	    echo 'Elsewhere:       make demo PYTHON=/path/to/python3.12' >&2; \
	    exit 1; \
	  fi; \
	  echo "Making $(VENV) with $$("$$python" --version)"; \
	  "$$python" -m venv "$(VENV)"; \
	fi

# Editable, so that kg reads the tables of ontology/ as they stand here.
installed: python
	@if [ ! "$(VENV)/installed" -nt pyproject.toml ]; then \
	  echo 'Installing kg into $(VENV) (a minute or two)'; \
	  "$(VENV)/bin/python" -m pip install --quiet --quiet --disable-pip-version-check --editable . && touch "$(VENV)/installed"; \
	fi

installed-dev: python
	@if [ ! "$(VENV)/installed-dev" -nt pyproject.toml ]; then \
	  echo 'Installing kg and what its tests need into $(VENV) (a minute or two)'; \
	  "$(VENV)/bin/python" -m pip install --quiet --quiet --disable-pip-version-check --editable '.[dev]' && \
	  touch "$(VENV)/installed" "$(VENV)/installed-dev"; \
	fi
