# 两新 liangxin: `make help` lists what can be done here.
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory
PYTHON ?= python3
PY := .venv/bin/python
DISTRIBUTIONS := $(patsubst ./%,%,$(shell sed -n 's/^-e //p' requirements.in))
PURE_TESTS = $(wildcard tests/architecture libs/sealing/tests libs/sheets/tests) \
	$(shell find services gateway libs deploy demo -path '*/tests/*' -name 'test_*rules*.py')
TYPED = $(foreach d,$(DISTRIBUTIONS),$(d)/$(notdir $(d))) deploy demo tests conftest.py
TYPED_BESIDE = $(wildcard $(foreach d,$(DISTRIBUTIONS),$(d)/tests $(d)/migrations))
DEPTRY_OPTIONS := --no-ansi --package-module-name-map '$(shell sed -n 's|^-e .*/\(.*\)|liangxin-\1=\1|p' requirements.in | paste -sd,)'
IMAGE_LOCK := --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url \
	$(foreach d,$(DISTRIBUTIONS),--no-emit-package liangxin-$(notdir $(d)))
# pgBackRest knows the releases of PostgreSQL it comes with.
DEBIAN_POSTGRES := PG_BIN=$${PG_BIN:-$$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)}
# Where it is set, every process would compile everything again.
unexport PYTHONDONTWRITEBYTECODE
export LIANGXIN_PORT ?= $(or $(PORT),8000)

.PHONY: console-pictures console-test console console-check seeded-faults restore-drill dashboard-pictures upgrade-drill migration-check help run stop logs status reset test fuzz faults quick check tour bench features lock compose-test operations-test deploy-check bundle bundle-test sbom environment \
	format format-check lint types contracts dependencies features-check pure-tests openapi examples

help: ## 列出所有命令 · this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

environment:
	@$(PYTHON) deploy/launcher/environment.py

run: environment ## 启动整套系统(PORT=8000,目录 LIANGXIN_HOME=.local),Ctrl-C 停止 · run everything
	@$(PY) -m deploy.launcher up

stop: environment ## 停止 · stop
	@$(PY) -m deploy.launcher stop

logs: environment ## 持续查看日志 · follow the log
	@$(PY) -m deploy.launcher logs

status: environment ## 各进程是否就绪 · what is ready
	@$(PY) -m deploy.launcher status

reset: environment ## 清空 .local/ 中的全部数据(先询问) · delete all data, asks first
	@$(PY) -m deploy.launcher reset

tour: environment ## 演示全年工作:七步评议到星级公示 · play the whole year
	@$(PY) -m demo.tour

bench: environment ## 性能测量,写入 docs/benchmarks.md · measure
	@$(PY) -m deploy.bench

dashboard-pictures: environment ## 以真实数据绘制仪表盘 docs/pictures/(需要 prometheus、pgbackrest) · draw the dashboards
	@$(DEBIAN_POSTGRES) $(PY) -m deploy.observability.pictures

test: environment ## 全部测试(自带 PostgreSQL,并行) · all tests
	@$(PY) -m pytest -n logical --dist loadgroup -m "not browser"

console: environment ## 构建界面(make run 会自动在后台做) · build the pages
	@$(PY) -m deploy.console build

console-check: environment ## 界面的类型、规则与单元测试 · check the pages
	@$(PY) -m deploy.console check

console-test: environment ## 在真浏览器里用界面办事(需要 chromium) · work at the pages
	@$(PY) -m pytest -n 0 tests/console

console-pictures: environment ## 给正在运行的界面拍照 docs/pictures/(需要 chromium) · pictures of the pages
	@$(PY) -m deploy.console.pictures

fuzz: environment ## 每个接口 1000 次恶意输入(FUZZ_EXAMPLES=1000) · hostile input, long
	@LIANGXIN_FUZZ_EXAMPLES=$(or $(FUZZ_EXAMPLES),1000) $(PY) -m pytest -n logical --dist loadgroup tests/contracts/test_hostile.py

faults: environment ## 每个进程反复 kill -9(FAULT_ROUNDS=20,共 100 次) · kill everything, long
	@LIANGXIN_FAULT_ROUNDS=$(or $(FAULT_ROUNDS),20) $(PY) -m pytest -n 0 tests/faults

seeded-faults: environment ## 把 docs/seeded-faults.md 里的错误逐个种进副本,看测试是否发现 · sow faults, long
	@$(PY) -m tests.seeded_faults

quick: environment ## 提交前 60 秒内的检查 · before each commit
	@$(MAKE) -j2 --output-sync=target format-check lint types contracts pure-tests

check: environment format-check lint types contracts dependencies features-check migration-check console-check test ## 全部检查 · everything

format: environment ## 整理代码格式 · format
	@$(PY) -m ruff format .
	@$(PY) -m ruff check --fix --quiet .

format-check: environment
	@$(PY) -m ruff format --check --quiet . || { echo "格式不符:请执行 make format"; exit 1; }

lint: environment
	@$(PY) -m ruff check .

types: environment
	@$(PY) -m mypy $(TYPED)
	@$(PY) -m mypy --config-file tests/mypy.ini $(TYPED_BESIDE)

contracts: environment
	@.venv/bin/lint-imports

dependencies: environment
	@for folder in $(DISTRIBUTIONS); do (cd $$folder && "$(CURDIR)/$(PY)" -m deptry . $(DEPTRY_OPTIONS)) || exit 1; done

restore-drill: environment ## 备份与恢复演练(需要 pgbackrest) · back up, kill, restore, compare
	@$(DEBIAN_POSTGRES) $(PY) -m deploy.backup.drill

upgrade-drill: environment ## 升级与回退演练:请求零失败 · exchange a release under load
	@$(PY) -m deploy.upgrade.drill

migration-check: environment ## 检查尚未发布的迁移是否会锁表或破坏旧版本 · squawk
	@$(PY) -m deploy.upgrade.check

features: environment ## 更新 docs/features.md(每项能力与其测试) · capability table
	@$(PY) -m deploy.features write

features-check: environment
	@$(PY) -m deploy.features check

pure-tests: environment
	@$(PY) -m pytest -q -n logical $(PURE_TESTS)

openapi: environment ## 重写各服务的 openapi.json、events.json · write the documents
	@REGISTRY_DATABASE_URL=postgresql+psycopg:// $(PY) -m registry openapi
	@$(PY) -m registry events-schema
	@SCORING_DATABASE_URL=postgresql+psycopg:// $(PY) -m scoring openapi
	@$(PY) -m scoring events-schema
	@TRAINING_DATABASE_URL=postgresql+psycopg:// $(PY) -m training openapi
	@$(PY) -m training events-schema
	@$(PY) -m tests.support.earning_events
	@$(PY) -m gateway openapi

examples: environment ## 逐个调用全部接口,重写文档中的示例 · play every operation, write the examples
	@LIANGXIN_WRITE_EXAMPLES=1 $(PY) -m pytest -q -n logical tests/contracts/test_examples.py -k committed
	@$(MAKE) openapi

compose-test: environment ## 在真实 Docker 中启动、使用、逐个杀死、扩容、重启 · the house in containers
	@deploy/ci/compose-test.sh house

operations-test: environment ## 在真实 Docker 中换密钥、搬家、升级与回退、备份与恢复 · what an operator does
	@deploy/ci/compose-test.sh operations

deploy-check: environment ## 检查部署文件 · compose files, Dockerfiles, scripts
	@deploy/ci/check.sh

bundle: environment ## 离线安装包 dist/liangxin-<版本>.tar · everything for a machine without network
	@deploy/bundle/make.sh

bundle-test: environment ## 做安装包,在没有网络的机器上安装 · install the bundle without network
	@deploy/ci/bundle-test.sh

sbom: environment ## 依赖清单 dist/sbom.cdx.json(CycloneDX) · software bill of materials
	@mkdir -p dist && .venv/bin/cyclonedx-py environment --output-reproducible -o dist/sbom.cdx.json $(PY) && echo dist/sbom.cdx.json

lock: environment ## 重新锁定依赖 · renew requirements.lock
	@$(PY) -m pip install --quiet --require-hashes -r deploy/launcher/uv.lock.txt
	@$(PY) -m uv --quiet pip compile requirements.in --group pyproject.toml:run --group pyproject.toml:dev \
		--universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url \
		$(foreach d,$(DISTRIBUTIONS),--no-emit-package liangxin-$(notdir $(d))) -o requirements.lock $(LOCK_OPTIONS)
	@for image in registry scoring training gateway; do \
		$(PY) deploy/docker/ours.py $$image | sed 's/^/-e /' | $(PY) -m uv --quiet pip compile - $(IMAGE_LOCK) \
			-c requirements.lock -o deploy/docker/locks/$$image.lock || exit 1; done
	@printf '%s\n' setuptools pkgconfig | $(PY) -m uv --quiet pip compile - $(IMAGE_LOCK) -c requirements.lock -o deploy/bundle/building.lock
	@printf '%s\n' hatchling cyclonedx-bom uv | $(PY) -m uv --quiet pip compile - $(IMAGE_LOCK) -c requirements.lock -o deploy/docker/locks/build.lock
