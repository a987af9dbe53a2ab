"""Writes small models as Keras's own model.export(format="onnx") does, each with inputs and outputs: golden/onnx/NAME.onnx, NAME.x0.npy, NAME.y0.npy.

Models with LayerNormalization cannot be exported by these versions, recurrent layers are written out step by step.

Run with Keras 3.16 over Debian 13's python3-torch (2.6), and onnxscript 0.3.0 of 28 February 2025 beside them:
KERAS_BACKEND=torch python3 tests/golden/onnx_keras.py
"""
import pathlib
import warnings

import numpy as np
import torch

torch.backends.mkldnn.enabled = False
import keras
from keras import layers

warnings.filterwarnings("ignore")
OUT = pathlib.Path(__file__).parent / "onnx"


def picture():
    return keras.Sequential([
        keras.Input((8, 6, 3)),
        layers.Conv2D(4, 3, padding="same", activation="relu"),
        layers.BatchNormalization(),
        layers.MaxPooling2D(2),
        layers.DepthwiseConv2D(3, padding="same"),
        layers.ReLU(6.0),
        layers.Flatten(),
        layers.Dense(5, activation="gelu"),
        layers.Dropout(0.2),
        layers.Dense(3, activation="softmax"),
    ])


def series():
    return keras.Sequential([keras.Input((6, 3)), layers.Conv1D(4, 3, padding="causal", activation="elu"), layers.GlobalMaxPooling1D(), layers.Dense(2)])


keras.utils.set_random_seed(3)
random = np.random.default_rng(4)
for make in (picture, series):
    model = make()
    for weight in model.weights:
        weight.assign(random.uniform(0.1 if "variance" in weight.path else -0.5, 0.6, weight.shape).astype(np.float32))
    x = random.normal(size=(3, *model.input_shape[1:])).astype(np.float32)
    name = f"keras_{make.__name__}"
    y = model.predict(x, verbose=0)
    model.export(OUT / f"{name}.onnx", format="onnx", verbose=False)
    np.save(OUT / f"{name}.x0.npy", x)
    np.save(OUT / f"{name}.y0.npy", y)
