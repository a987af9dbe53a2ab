"""Opens the .keras files that the tests of Keras.Export write, predicts, and says how far Keras is from Unroll.

KERAS_FILES=FOLDER dotnet test --project tests/Interop.Tests --filter-class "*KerasExportTests"
KERAS_BACKEND=torch python3 tests/golden/keras_opens.py FOLDER
"""
import json
import pathlib
import sys

import keras
import numpy as np

worst, count = 0.0, 0
for path in sorted(pathlib.Path(sys.argv[1]).glob("*.keras")):
    record = json.loads(path.with_suffix(".json").read_text())
    model = keras.models.load_model(path)
    inputs = [np.array(x, dtype="float32").reshape((2, *i.shape[1:])) for x, i in zip(record["inputs"], model.inputs)]
    outputs = model.predict(inputs if len(inputs) > 1 else inputs[0], verbose=0)
    outputs = list(outputs.values()) if isinstance(outputs, dict) else outputs if isinstance(outputs, list) else [outputs]
    expected = record["expected"]
    if len(outputs) == 2:
        # Keras gives outputs with names in the order of these.
        outputs.sort(key=np.size)
        expected.sort(key=len)
    assert len(outputs) == len(expected), path
    worst = max([worst, *(float(np.abs(np.array(e, dtype="float32") - y.ravel()).max()) for e, y in zip(expected, outputs))])
    count += 1
print(f"Keras {keras.__version__} ({keras.backend.backend()}): {count} files, largest difference {worst:.2g}")
