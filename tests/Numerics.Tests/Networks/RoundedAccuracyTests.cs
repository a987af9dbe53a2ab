using Unroll.Data;
using Unroll.Numerics.Tests.Harness;
using Unroll.Tests;

namespace Unroll.Numerics.Tests;

/// <summary>What half-width weights cost of the accuracy on real images.</summary>
public sealed class RoundedAccuracyTests
{
    private const string Layers = "[Dense(128, Activation.Relu)] [Dense(10, Activation.Softmax)] public sealed partial class";

    private static readonly NetworkLibrary s_library = new(
        $"[Network(28, 28)] [Flatten] {Layers} Exact;\n[Network(28, 28, InferenceWeights = WeightPrecision.BFloat16)] [Flatten] {Layers} Half;\n");

    /// <summary>At most 0.1 points, of 10,000 images.</summary>
    [Fact]
    public void MnistIsRecognizedAsBefore()
    {
        SlowTests.Require("It trains on MNIST");
        (Dataset training, Dataset test) = Mnist.Load(SharedData.PathOf("mnist"));
        Model exact = s_library.Create("Exact", Machines.Widest, seed: 1);
        Model half = s_library.Create("Half", Machines.Widest, seed: 1);
        exact.Compile(new Adam(), new SparseCategoricalCrossentropy(), new Accuracy());
        half.Compile(new Adam(), new SparseCategoricalCrossentropy(), new Accuracy());
        exact.Fit(training, epochs: 1, batchSize: 128, seed: 1);
        for (int i = 0; i < exact.Parameters.Count; i++)
        {
            half.Parameters[i].Assign(exact.Parameters[i].ToArray());
        }

        float accuracy = exact.Evaluate(test)["accuracy"];

        Assert.InRange(accuracy, 0.93f, 1f);
        Assert.NotEqual(exact.Evaluate(test).Loss, half.Evaluate(test).Loss);
        Assert.InRange(half.Evaluate(test)["accuracy"], accuracy - 0.001f, accuracy + 0.001f);
    }
}
