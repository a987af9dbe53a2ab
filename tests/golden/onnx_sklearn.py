"""Writes multilayer perceptrons of scikit-learn as skl2onnx does, each with inputs and outputs: golden/onnx/NAME.onnx, NAME.x0.npy, NAME.y0.npy.

Run with Debian 13's python3-sklearn (1.4.2) and python3-onnx (1.17), and skl2onnx of 22 July 2026 beside them:
python3 tests/golden/onnx_sklearn.py
"""
import pathlib
import warnings

import numpy as np
from skl2onnx import to_onnx
from sklearn.neural_network import MLPClassifier, MLPRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import MinMaxScaler, StandardScaler

warnings.filterwarnings("ignore")
OUT = pathlib.Path(__file__).parent / "onnx"
random = np.random.default_rng(11)
X = random.normal(size=(60, 5)).astype(np.float32)


def write(name, model, predict, **options):
    (OUT / f"{name}.onnx").write_bytes(to_onnx(model, X[:1], target_opset=21, **options).SerializeToString())
    np.save(OUT / f"{name}.x0.npy", X[:6])
    np.save(OUT / f"{name}.y0.npy", np.asarray(predict(X[:6]), dtype=np.float32))


total = X[:, 0] - 2 * X[:, 1] * X[:, 2]
one = MLPRegressor((8, 6), max_iter=50, random_state=1).fit(X, total)
write("sklearn_regressor", one, one.predict)
two = make_pipeline(StandardScaler(), MLPRegressor((7,), "tanh", max_iter=50, random_state=2)).fit(X, total)
write("sklearn_scaled", two, two.predict)
three = MLPClassifier((9,), "logistic", max_iter=50, random_state=3).fit(X, np.array(["low", "mid", "top"])[np.digitize(total, [-1, 1])])
write("sklearn_classes", three, three.predict_proba)
binary = make_pipeline(MinMaxScaler(), MLPClassifier((6,), max_iter=50, random_state=4)).fit(X, (total > 0).astype(int))
write("sklearn_binary", binary, binary.predict_proba, options={"zipmap": False})
several = MLPClassifier((6,), "identity", max_iter=50, random_state=5).fit(X, np.stack([total > 0, X[:, 4] > 0], 1).astype(int))
write("sklearn_several", several, lambda x: np.hstack([1 - several.predict_proba(x), several.predict_proba(x)]), options={"zipmap": False})
