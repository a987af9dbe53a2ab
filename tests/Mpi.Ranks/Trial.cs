using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Unroll.Mpi.Ranks;

/// <summary>A training that is quick and has everything.</summary>
public static class Trial
{
    public const int Epochs = 3;

    /// <summary>Points around three centres; with 4 ranks and batches of 16 not all have the same number of batches.</summary>
    public static Dataset Data(int count = 130, int features = 20, int seed = 5)
    {
        const int classes = 3;
        var random = new Random(seed);
        float[] centres = [.. Enumerable.Range(0, classes * features).Select(_ => (float)random.NextDouble())];
        float[] points = new float[count * features];
        float[] labels = new float[count];
        for (int row = 0; row < count; row++)
        {
            int label = random.Next(classes);
            labels[row] = label;
            for (int i = 0; i < features; i++)
            {
                points[(row * features) + i] = centres[(label * features) + i] + (0.5f * ((float)random.NextDouble() - 0.5f));
            }
        }

        return new Dataset(points, labels, count);
    }

    public static Classifier Model(int seed)
    {
        var model = new Classifier(seed);

        // Not Adam: it makes large steps of gradients that are nothing but rounding, which another order of adding changes.
        model.Compile(new SGD(0.05f, momentum: 0.9f), new SparseCategoricalCrossentropy(), new Accuracy());
        return model;
    }

    public static FitOptions Options(ITrainingCluster? cluster) => new()
    {
        Epochs = Epochs,
        BatchSize = 16,
        Threads = 1,
        Verbose = false,
        Cluster = cluster,
    };

    /// <summary>All bits of all parameters, moving averages included.</summary>
    public static string HashOf(ModelBase model) => Convert.ToHexString(SHA256.HashData(MemoryMarshal.AsBytes(
        model.Parameters.SelectMany(static parameter => parameter.ToArray()).ToArray().AsSpan())));
}
