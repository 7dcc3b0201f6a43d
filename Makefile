# The verbs of dev.py, for those who are used to make: make run, make test ARGS="-k month"
PYTHON ?= python3

.PHONY: run test check bench pictures catalogue translations lock
run test check bench pictures catalogue translations lock:
	$(PYTHON) dev.py $@ $(ARGS)
