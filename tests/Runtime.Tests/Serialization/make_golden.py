#!/usr/bin/env python3
"""Makes golden.safetensors from the definition of the format alone, with nothing but the standard library.

    python3 make_golden.py
"""
import pathlib
import struct

header = (
    b'{"__metadata__":{"model":"Golden"},'
    b'"dense1/kernel":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]},'
    b'"dense1/bias":{"dtype":"F32","shape":[3],"data_offsets":[24,36]},'
    b'"step":{"dtype":"F32","shape":[],"data_offsets":[36,40]}}'
)
header += b" " * (-len(header) % 8)
values = [1.0, -2.0, 0.5, 3.25, -0.0, 1e-40, float("inf"), float("-inf"), 1.17549435e-38, 42.0]

path = pathlib.Path(__file__).with_name("golden.safetensors")
path.write_bytes(struct.pack("<Q", len(header)) + header + struct.pack("<10f", *values))
