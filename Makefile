# Everything sets itself up: a machine needs Python >= 3.11 and make, nothing else.
PYTHON ?= python3
ARGS ?=

.PHONY: help up test check bench soak messages lock clean

help:
	@echo "make up        set up, create the demo company once, and serve (PORT=8000)"
	@echo "make test      run every test that this machine can run (ARGS='-k unread')"
	@echo "make check     lint, types, layers, templates, migrations, settings, catalogues, links, house rules"
	@echo "make bench     measure (ARGS='fanout')"
	@echo "make soak      the failure tests at full counts"
	@echo "make messages  bring new texts of the sources into the message catalogue"
	@echo "make lock      resolve the dependencies again (ARGS='--upgrade')"
	@echo "make clean     remove what was built or installed; the data in var/ stays"

up test check bench soak messages lock:
	@command -v $(PYTHON) >/dev/null || { echo "Tongxin needs Python 3.11 or newer, and there is no $(PYTHON) here."; exit 1; }
	@exec $(PYTHON) -m tools.bootstrap $@ $(ARGS)

clean:
	rm -rf .venv node_modules intranet/web/static/dist
	find . -name __pycache__ -prune -exec rm -rf {} +
	find locale -name '*.mo' -delete
