using Unroll.Numerics.Tests.Oracle;
using Unroll.Tests;

namespace Unroll.Numerics.Tests.Harness;

/// <summary>Holds a model against the reference: outputs, loss and the gradient of every parameter.</summary>
internal static class Agreement
{
    /// <summary>A partial tile, whole tiles, one block of samples less and more, several blocks.</summary>
    public static readonly int[] Batches = SlowTests.AreAskedFor ? [1, 2, 7, 32, 33, 131] : [1, 7, 33];

    /// <summary>The same for networks of windows, where a sample is many vectors.</summary>
    public static readonly int[] FewerBatches = [1, 2, 7, 33];

    private static readonly float[] s_surroundings = [.. Enumerable.Repeat(float.NaN, 16)];

    public static void OfOutputs(Blueprint blueprint, Model model, float[] inputs)
    {
        var reference = new ReferenceNetwork(blueprint, model);
        double[] expected = reference.Predict(inputs);
        double scale = expected.Max(Math.Abs) * reference.Cancellation;

        // Kernels read the caller's memory: what lies around it must not count, and nothing may change.
        float[] surrounded = [.. s_surroundings, .. inputs, .. s_surroundings];
        Span<float> caller = surrounded.AsSpan(s_surroundings.Length, inputs.Length);
        Closeness.AssertClose(expected, model.Predict(caller), Depth(blueprint, batch: 1), $"{blueprint.Name} outputs", scale);

        // A sample alone runs through kernels of its own.
        float[] alone = model.Predict(caller[..blueprint.InputSize]);
        Assert.Equal([.. s_surroundings, .. inputs, .. s_surroundings], surrounded);
        Closeness.AssertClose(expected[..alone.Length], alone, Depth(blueprint, batch: 1), $"{blueprint.Name} output of one sample", scale);
    }

    /// <param name="noise">The noise of the step; any where the network has none.</param>
    public static void OfGradients(Blueprint blueprint, Model model, Dataset batch, ReferenceLoss loss, ulong noise = 0)
    {
        var reference = new ReferenceNetwork(blueprint, model, noise);
        double value = reference.Backpropagate(batch.Features.ToArray(), batch.Targets.ToArray(), loss);
        model.Compile(new NoOptimizer(), loss.Loss);
        Gradients gradients = model.ComputeGradients(batch);

        int depth = Depth(blueprint, batch.Count);
        string what = $"{blueprint.Name}, batch {batch.Count}, {loss.Loss.Name}";
        Closeness.AssertClose([value], [gradients.Loss], depth, what, value * reference.Cancellation);
        foreach (ReferenceParameter parameter in reference.Parameters)
        {
            Closeness.AssertClose(parameter.Gradient, gradients[parameter.Name], depth, $"{what}, {parameter.Name}", parameter.Scale);
        }
    }

    /// <summary>Outputs and the gradients of the mean squared error, for every batch size.</summary>
    public static void AtEveryBatch(Blueprint blueprint, Model model, float gain = 1f)
    {
        RandomValues.AssignTo(model, seed: 5, gain);
        foreach (int batch in Batches)
        {
            float[] inputs = RandomValues.Uniform(batch * blueprint.InputSize, seed: batch);
            float[] targets = RandomValues.Uniform(batch * Blueprint.Size(blueprint.Output), seed: batch + 1000);
            OfOutputs(blueprint, model, inputs);
            OfGradients(blueprint, model, new Dataset(inputs, targets, batch), new ReferenceMeanSquaredError());
        }
    }

    /// <summary>Outputs, gradients and evaluated loss, for every batch size.</summary>
    /// <param name="network">The network and its loss.</param>
    /// <param name="model">Its parameters stay as they are.</param>
    /// <param name="seed">The model's.</param>
    /// <param name="batches">The sizes; by default those of <see cref="Batches"/>.</param>
    public static void OfCase(NetworkCase network, Model model, int seed, int[]? batches = null)
    {
        foreach (int count in batches ?? Batches)
        {
            Dataset batch = network.Batch(count);
            float[] features = batch.Features.ToArray();
            OfOutputs(network.Blueprint, model, features);

            // ComputeGradients is the step after those of training; here none was made.
            OfGradients(network.Blueprint, model, batch, network.Loss, RandomSource.Combine(RandomSource.Combine((ulong)seed, 0), 0));
            var reference = new ReferenceNetwork(network.Blueprint, model);
            double expected = reference.Loss(features, batch.Targets.ToArray(), network.Loss);
            string what = $"{network.Blueprint.Name}, batch {count}, evaluated loss";
            Closeness.AssertClose([expected], [model.Evaluate(batch).Loss], depth: 100, what, expected * reference.Cancellation);
            Assert.Equal(features, batch.Features);
        }
    }

    // The longest sum: over a layer's inputs or units, or over the vectors of the batch.
    private static int Depth(Blueprint blueprint, int batch)
    {
        int[] shape = blueprint.Input;
        int depth = 1;
        foreach (LayerSketch layer in blueprint.Layers)
        {
            depth = Math.Max(depth, Math.Max(layer.TermsOf(shape), batch * Blueprint.Size(shape[..^1])));
            shape = layer.OutputOf(shape);
        }

        return Math.Max(depth, shape[^1]);
    }
}
