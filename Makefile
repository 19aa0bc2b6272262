# Thin names for run.py, which does the work and is the same on every system.
.PHONY: run test check bench translate vendor

run:
	python3 run.py

test check bench translate vendor:
	python3 run.py $@
