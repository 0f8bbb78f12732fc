# The tools of the environment come first, Node among them; nothing is installed outside this folder.
PYTHON ?= python3
override CONFIG := $(or $(CONFIG),studio.yaml)
export PATH := $(CURDIR)/.venv/bin:$(CURDIR)/node_modules/.bin:$(PATH)
export NODE_COMPILE_CACHE := $(CURDIR)/node_modules/.cache/node
unexport PYTHONDONTWRITEBYTECODE # else each process of a test compiles all tests again

.PHONY: synth lock diff deploy bootstrap deploy-local destroy-local schema docs coverage check format lint types test e2e bench wheel clean

synth: .venv/ready
	@scripts/synth '$(CONFIG)' $(if $(filter-out 0 no false,$(STRICT)),--strict)

lock: .venv/ready
	@scripts/lock '$(CONFIG)' $(foreach one,$(ACCEPT),'$(one)')

diff: .venv/ready
	cdk diff --context config='$(CONFIG)' '**'

deploy: .venv/ready
	cdk deploy --context config='$(CONFIG)' '**'

bootstrap: .venv/ready
	cdk bootstrap --context config='$(CONFIG)'

deploy-local: synth .localcloud/ready
	@python -m localcloud deploy

destroy-local: .venv/ready .localcloud/ready
	@python -m localcloud destroy

schema: .venv/ready
	python -m stacks.schema

docs: .venv/ready
	python -m tests.access.render
	python -m tests.checks.render
	python -m tests.safety.render
	python -m tests.limits.render

coverage: .venv/ready
	@python -m tests.coverage

check: format lint types test

format: .venv/ready
	ruff format --check .

lint: .venv/ready
	ruff check .

types: .venv/ready
	mypy

test: .venv/ready
	pytest --numprocesses 2 --dist loadfile

e2e: .venv/ready .localcloud/ready
	pytest -m e2e --numprocesses 4 --dist loadfile $$(grep -rl --include='*.py' 'pytest\.mark\.e2e' tests)

bench: .venv/ready
	python -m benchmarks.round_trips
	python -m benchmarks.checks

wheel: .venv/ready
	python -m build --wheel --no-isolation

.venv/ready: scripts/setup requirements.txt package.json package-lock.json
	@scripts/setup $(PYTHON)

.localcloud/ready: scripts/setup-localcloud localcloud/requirements.txt | .venv/ready
	@scripts/setup-localcloud

clean:
	@if [ -e .localcloud/state.json ]; then $(PYTHON) -m localcloud stop; fi
	rm -rf .venv .localcloud node_modules cdk.out cdk.log dist
