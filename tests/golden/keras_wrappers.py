"""Writes models of layers around layers, of recurrences with given states and of keras.ops: golden/files/NAME, and NAME.json with inputs and what Keras predicts.

Run with Keras 3.16 (keras-team/keras 3422977a) over Debian 13's python3-torch (2.6):
KERAS_BACKEND=torch python3 tests/golden/keras_wrappers.py
"""
import json
import pathlib

import numpy as np
import torch

torch.backends.mkldnn.enabled = False
import keras
from keras import layers

OUT = pathlib.Path(__file__).parent / "files"
rng = np.random.default_rng(7)


def film():
    frame = keras.Sequential(
        [keras.Input((5, 4, 2)), layers.Conv2D(3, 2, activation="relu", name="see"), layers.BatchNormalization(), layers.Flatten(), layers.Dense(4)],
        name="frame",
    )
    x = keras.Input((3, 5, 4, 2), name="pictures")
    y = layers.TimeDistributed(frame, name="frames")(x)
    z = layers.TimeDistributed(layers.Conv2D(2, 3, padding="same"), name="smooth")(x)
    z = layers.TimeDistributed(layers.GlobalMaxPooling2D())(z)
    y = layers.Concatenate()([y, z])
    y = layers.TimeDistributed(layers.Dense(3, activation="tanh"), name="each")(y)
    return keras.Model(x, layers.Dense(2, name="head")(layers.GRU(4)(y)))


def pages():
    shared = layers.TimeDistributed(layers.Bidirectional(layers.LSTM(2), merge_mode="sum"), name="lines")
    word = keras.Input((4, 2))
    part = layers.Dense(3, name="part")(word)
    book = keras.Model(word, layers.Add()([part, layers.Dense(3)(part)]), name="words")
    a = keras.Input((3, 4, 2), name="a")
    b = keras.Input((3, 4, 2), name="b")
    x = layers.Add()([shared(a), shared(b)])
    y = layers.GlobalAveragePooling2D()(layers.TimeDistributed(book)(a))
    return keras.Model([a, b], layers.Dense(2)(layers.Concatenate()([layers.Flatten()(x), y])))


def states():
    x = keras.Input((5, 2), name="series")
    k = keras.Input((3,), name="kind")
    h = layers.Dense(3, name="start")(k)
    c = layers.Dense(3, activation="tanh", name="memory")(k)
    a = layers.LSTM(3, return_sequences=True, name="first")(x, initial_state=[h, c])
    b = layers.GRU(3, name="second")(a, initial_state=h)
    d = layers.Bidirectional(layers.SimpleRNN(3), name="third")(a, initial_state=[h, c])
    e = layers.Bidirectional(layers.LSTM(3, return_sequences=True), merge_mode="ave", name="fourth")(a, initial_state=[h, c, c, h])
    return keras.Model([x, k], layers.Concatenate(name="all")([b, d, layers.GlobalMaxPooling1D()(e)]))


def translator():
    x = keras.Input((5, 2), name="heard")
    y = keras.Input((4, 2), name="said")
    _, h = layers.GRU(3, return_state=True, name="encoder")(x)
    s, h2 = layers.GRU(3, return_sequences=True, return_state=True, name="second")(x, initial_state=h)
    z = layers.SimpleRNN(3, return_sequences=True, name="decoder")(y, initial_state=h2)
    v, hv, _ = layers.LSTM(3, return_state=True, name="last")(s)
    return keras.Model([x, y], [layers.Dense(2, name="words")(z), layers.Subtract(name="rest")([v, layers.Dense(3)(hv)])])


def operations():
    x = keras.Input((4,), name="x")
    y = layers.Dense(5)(x)
    z = keras.ops.gelu(y, approximate=True) + keras.ops.celu(y, 2.0)
    z = layers.Dense(5)(keras.ops.maximum(z, keras.ops.tanh(y)) * keras.ops.soft_shrink(y, 0.1))
    z = keras.ops.hard_shrink(z, 0.2) - keras.ops.squareplus(y, 2) + keras.ops.exp(y)
    z = keras.ops.leaky_relu(keras.ops.minimum(z, y), 0.3) + keras.ops.gelu(y, approximate=False)
    return keras.Model(x, keras.ops.softmax(keras.ops.silu(z)))


def tensor(x):
    return {"shape": list(x.shape), "dtype": str(x.dtype), "data": [float(str(v)) for v in x.reshape(-1)]}


def write(name, model):
    for weight in model.weights:
        value = np.round(rng.uniform(-0.8, 0.8, weight.shape), 3).astype("float32")
        weight.assign(np.abs(value) + 0.2 if "variance" in weight.path else value)
    inputs = [np.round(rng.uniform(-1, 1, (2, *x.shape[1:])), 3).astype("float32") for x in model.inputs]
    outputs = model.predict(inputs, verbose=0)
    outputs = outputs if isinstance(outputs, list) else [outputs]
    model.save(OUT / name)
    record = {
        "meta": {"keras": keras.__version__, "backend": keras.backend.backend(), "torch": torch.__version__},
        "input": {x.name: tensor(v) for x, v in zip(model.inputs, inputs)},
        "output": {n: tensor(v) for n, v in zip(model.output_names, outputs)},
    }
    (OUT / f"{name}.json").write_text(json.dumps(record))


for made in (film, pages, states, translator):
    write(f"{made.__name__}.keras", made())
write("film.h5", film())
write("states.h5", states())
write("operations.keras", operations())
