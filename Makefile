# The tools of the environment come first, Node among them; nothing is installed outside this folder.
PYTHON ?= python3
export PATH := $(CURDIR)/.venv/bin:$(CURDIR)/node_modules/.bin:$(PATH)
export CDK_DISABLE_CLI_TELEMETRY := true

CONFIG ?= studio.yaml
CDK = cdk $(1) '**' --context config=$(CONFIG)

.PHONY: synth diff deploy bootstrap schema test check format lint types bench clean

synth: .venv/ready
	@scripts/synth $(CONFIG) $(if $(STRICT),--strict)

diff deploy: .venv/ready
	$(call CDK,$@)

bootstrap: .venv/ready
	$(call CDK,$@)

schema: .venv/ready
	python -m stacks.schema > studio.schema.json

test: .venv/ready
	pytest

check: format lint types test

format: .venv/ready
	ruff format --check .

lint: .venv/ready
	ruff check .

types: .venv/ready
	mypy

bench: .venv/ready
	python -m benchmarks.round_trips

.venv/ready: requirements.txt package-lock.json scripts/setup
	scripts/setup $(PYTHON)

clean:
	rm -rf .venv node_modules cdk.out cdk.log dist
