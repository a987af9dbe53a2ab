using System.Globalization;

namespace Unroll.Samples;

/// <summary>Draws points from a plane whose weights are known, and learns them back.</summary>
internal static class PlaneFit
{
    private const float TrueBias = 4f;
    private const float Noise = 0.1f;

    private static readonly float[] s_trueWeights = [2f, -3f, 0.5f];

    public static void Run()
    {
        Dataset points = DrawPoints(count: 500);
        var model = new LinearUnit(seed: 1);
        Console.WriteLine(model.Summary());
        Console.WriteLine();
        Console.WriteLine($"Training on {points.Count} points of a plane, up to {Noise.ToString(CultureInfo.InvariantCulture)} beside it.");

        model.Compile(new SGD(learningRate: 0.05f), new MeanSquaredError());
        History history = model.Fit(points, epochs: 20, callbacks: [new ProgressBar()]);

        Console.WriteLine();
        Console.WriteLine("          true    learnt");
        float[] kernel = model.Parameters[0].ToArray();
        for (int i = 0; i < kernel.Length; i++)
        {
            Print($"w{i + 1}", s_trueWeights[i], kernel[i]);
        }

        Print("b", TrueBias, model.Parameters[1].ToArray()[0]);
        Console.WriteLine();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"mean squared error: {history["loss"][^1]:0.0000}"));
    }

    private static Dataset DrawPoints(int count)
    {
        var random = new Random(1);
        float Uniform(float limit) => limit * (2f * random.NextSingle() - 1f);

        float[] features = new float[count * LinearUnit.InputSize];
        float[] targets = new float[count];
        for (int point = 0; point < count; point++)
        {
            targets[point] = TrueBias + Uniform(Noise);
            for (int i = 0; i < LinearUnit.InputSize; i++)
            {
                float x = Uniform(1f);
                features[(point * LinearUnit.InputSize) + i] = x;
                targets[point] += s_trueWeights[i] * x;
            }
        }

        return new Dataset(features, targets, count);
    }

    private static void Print(string name, float truth, float learnt) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {name,-2} {truth,9:0.000} {learnt,9:0.000}"));
}
