using Unroll;

(Dataset train, Dataset test) = Spirals.Draw(1500, seed: 1).Split(0.8f, seed: 1);

var model = new Classifier(seed: 1);
Console.WriteLine(model.Summary());
model.Compile(new Adam(learningRate: 0.01f), new SparseCategoricalCrossentropy(), new Accuracy());
model.Fit(train, epochs: 30, batchSize: 32, validationSplit: 0.1f, seed: 1, callbacks: [new ProgressBar()]);
Console.WriteLine($"accuracy on {test.Count} other points: {model.Evaluate(test)["accuracy"]:0.000}");

// Weights are saved as safetensors; the network itself is this program.
model.Save("classifier.safetensors");
var again = Classifier.Load("classifier.safetensors");
float[] probabilities = again.Predict(test.FeaturesOf(0));
Console.WriteLine($"a point of class {test.TargetOf(0)[0]}: {string.Join(" ", probabilities.Select(static p => $"{p:0.00}"))}");
