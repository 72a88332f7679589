# 新来的人只需要 make run 和 make test；缺什么它们自己装，装之前会说。

.DEFAULT_GOAL := help
.PHONY: help run check test lint bench docs clean

SAMPLE ?= samples/huailai-resettlement-2024.docx
DATA ?= .demo-data
PORT ?=
LIBREOFFICE ?= yes
PYTHON := .venv/bin/python

help: ## 列出这些命令
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-6s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo '  加 LIBREOFFICE=no 则不装、不用 LibreOffice（doc、wps、odt、rtf 便读不了）'

run: ## 装好所需，启动网页应用，带一个演示县（DATA=文件夹 PORT=端口 可换）
	@sh scripts/setup.sh run
	@sh scripts/install-system.sh $(if $(filter no,$(LIBREOFFICE)),,libreoffice) fonts || true
	@$(PYTHON) -m jixiao serve --demo --data '$(DATA)' $(if $(PORT),--port '$(PORT)')

check: ## 装好所需，用命令行审核一份示例文本（SAMPLE=文件 可换成自己的）
	@sh scripts/setup.sh run
	@sh scripts/install-system.sh $(if $(filter no,$(LIBREOFFICE)),,libreoffice) fonts || true
	@echo '运行：jixiao check $(SAMPLE)'
	@echo
	@$(PYTHON) -m jixiao check '$(SAMPLE)' || [ $$? -eq 1 ]
	@echo
	@echo '以上是对这份文本的审核意见。全部命令：$(PYTHON) -m jixiao --help'

test: ## 装好所需，跑全部测试
	@sh scripts/setup.sh dev
	@[ '$(LIBREOFFICE)' = no ] || sh scripts/install-system.sh libreoffice
	@sh scripts/install-system.sh fonts browser || true
	@.venv/bin/lint-imports
	@JIXIAO_REQUIRE_LIBREOFFICE=$(if $(filter no,$(LIBREOFFICE)),,1) $(PYTHON) -m pytest -n auto

lint: ## 检查代码：ruff、mypy、分层
	@sh scripts/setup.sh dev
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/mypy
	@.venv/bin/lint-imports

bench: ## 量速度、内存、网页应用的负载（JIXIAO_BENCH_QUICK=1 快跑）
	@sh scripts/setup.sh dev
	@$(PYTHON) -m benchmarks

docs: ## 生成文档网站，在 site/
	@sh scripts/setup.sh docs
	@$(PYTHON) -m sphinx -q -W --keep-going -b html docs site
	@echo '文档在 site/index.html'

clean: ## 删去生成的东西（不删 .venv）
	@rm -rf site dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
