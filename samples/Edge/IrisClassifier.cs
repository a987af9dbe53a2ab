namespace Unroll.Samples;

/// <summary>Four measurements in centimetres to the probabilities of three species.</summary>
[Network(4)]
[Normalization]
[Dense(16, Activation.Relu)]
[Dense(3, Activation.Softmax)]
internal sealed partial class IrisClassifier
{
    public static readonly string[] Species = ["setosa", "versicolor", "virginica"];

    /// <summary>The network of a weights file, or, where there is none, one trained now and saved there.</summary>
    public static IrisClassifier LoadOrTrain(string path, TextWriter log)
    {
        if (File.Exists(path))
        {
            return Load(path);
        }

        (Dataset train, Dataset test) = IrisData.Load().Split(0.8f, seed: 1);
        var model = new IrisClassifier(seed: 1);
        model.Adapt(train);
        model.Compile(new Adam(learningRate: 0.01f), new SparseCategoricalCrossentropy(), new Accuracy());
        model.Fit(train, epochs: 100, batchSize: 16, seed: 1, verbose: false);
        log.WriteLine($"trained; accuracy on {test.Count} other flowers: {model.Evaluate(test)["accuracy"]:0.000}");
        model.Save(path);
        return model;
    }
}
