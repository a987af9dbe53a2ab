#!/bin/sh
# In place of a Python that has ONNX Runtime: it is given the script, a model and the seconds.
[ -s "$1" ] && [ -s "$2" ] && [ "$3" = 0.05 ] && echo 12.5 11.25
