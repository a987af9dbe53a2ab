using Unroll.Numerics.Tests.Harness;

namespace Unroll.Numerics.Tests.Training;

/// <summary>A small network and data for tests of what <c>Fit</c> does around its steps.</summary>
internal static class Fits
{
    public const int Rows = 28;
    public const int Inputs = 5;
    public const int Outputs = 3;

    private static readonly NetworkLibrary s_library = new(
        new Blueprint("Regressor", [Inputs], new DenseSketch(8, Activation.Tanh), new DropoutSketch(0.25f), new DenseSketch(Outputs)),
        new Blueprint("Ranked", [2, Inputs], new DenseSketch(Outputs, Activation.Tanh)),
        new Blueprint("Single", [Inputs], new DenseSketch(1)),
        new Blueprint("Classifier", [Inputs], new DenseSketch(8, Activation.Tanh), new DenseSketch(Outputs, Activation.Softmax)));

    public static float[] Features { get; } = RandomValues.Uniform(Rows * Inputs, seed: 1);

    public static float[] Targets { get; } = RandomValues.Uniform(Rows * Outputs, seed: 2);

    public static float[] Labels { get; } = RandomValues.Labels(Rows, Outputs, seed: 3);

    public static Dataset Data => new(Features, Targets, Rows);

    public static Dataset Labelled => new(Features, Labels, Rows);

    /// <summary>Three outputs for five inputs, with noise on the way.</summary>
    public static Model Model(int seed = 1) => s_library.Create("Regressor", Machines.Widest, seed);

    /// <summary>Twice three outputs for twice five inputs.</summary>
    public static Model Ranked(int seed = 1) => s_library.Create("Ranked", Machines.Widest, seed);

    /// <summary>One output for five inputs.</summary>
    public static Model Single(int seed = 1) => s_library.Create("Single", Machines.Widest, seed);

    /// <summary>Three probabilities for five inputs.</summary>
    public static Model Classifier(int seed = 1) => s_library.Create("Classifier", Machines.Widest, seed);

    public static float[] Weights(ModelBase model) => [.. model.Parameters.SelectMany(static parameter => parameter.ToArray())];
}
