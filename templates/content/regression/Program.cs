using Unroll;

(Dataset train, Dataset test) = Waves.Measure(2000, seed: 1).Split(0.8f, seed: 1);

var model = new Regression(seed: 1);
Console.WriteLine(model.Summary());
model.Adapt(train); // measures mean and variance for the Normalization layer
model.Compile(new Adam(learningRate: 0.005f), new MeanSquaredError(), new MeanAbsoluteError(), new R2Score());
model.Fit(train, epochs: 30, batchSize: 32, validationSplit: 0.1f, seed: 1, callbacks: [new ProgressBar()]);
Console.WriteLine($"R² on {test.Count} other measurements: {model.Evaluate(test)["r2_score"]:0.000}");

// Weights are saved as safetensors; the network itself is this program.
model.Save("regression.safetensors");
var again = Regression.Load("regression.safetensors");
Console.WriteLine($"measured {test.TargetOf(0)[0]:0.000}, predicted {again.Predict(test.FeaturesOf(0))[0]:0.000}");
