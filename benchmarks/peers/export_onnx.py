"""Writes networks as ONNX files with inputs of any batch: export_onnx.py OUT_DIR NAME ..."""
import pathlib
import sys
import warnings

import torch

import networks

warnings.filterwarnings("ignore")
folder = pathlib.Path(sys.argv[1])
folder.mkdir(parents=True, exist_ok=True)
for name in sys.argv[2:]:
    network = networks.create(name)
    batch = {"x": {0: "batch"}, "y": {0: "batch"}}
    torch.onnx.export(
        network.module.eval(), network.batch(2), str(folder / f"{name}.onnx"), input_names=["x"], output_names=["y"], dynamic_axes=batch, opset_version=17,
        dynamo=False)
