# The verbs of dev.py, for those who are used to make: make run, make test ARGS="-k month"
PYTHON ?= python3

.PHONY: run test check bench pictures catalogue lock
run test check bench pictures catalogue lock:
	$(PYTHON) dev.py $@ $(ARGS)
