using Unroll.Numerics.Tests.Harness;

namespace Unroll.Numerics.Tests.Training;

/// <summary>A loss of the user's own, one that takes the samples of a block at once among them.</summary>
public sealed class UserLossTests
{
    private const int Rows = 70;

    private static readonly NetworkLibrary s_library = new(
        new Blueprint("One", [5], new DenseSketch(7, Activation.Tanh), new DenseSketch(1)), new Blueprint("Some", [5], new DenseSketch(3)));

    [Theory]
    [InlineData("One", 1, 1)]
    [InlineData("One", 1, 2)]
    [InlineData("Some", 3, 1)]
    public void RowsAtOnceLearnAsOneAfterAnother(string network, int columns, int threads)
    {
        float[] weights = [.. Enumerable.Range(0, Rows).Select(static row => row % 3 * 0.5f)];
        var data = new Dataset(RandomValues.Uniform(Rows * 5, seed: 1), RandomValues.Uniform(Rows * columns, seed: 2), Rows, weights);
        var atOnce = new HalfSquares(atOnce: true);
        Model first = Fitted(network, atOnce, data, threads), second = Fitted(network, new HalfSquares(atOnce: false), data, threads);

        Assert.True(atOnce.Calls > 0);
        Assert.Equal(Values(second), Values(first));
        Assert.Equal(second.Evaluate(data)["loss"], first.Evaluate(data)["loss"]);
    }

    private static Model Fitted(string network, Loss loss, Dataset data, int threads)
    {
        Model model = s_library.Create(network, Machines.Widest);
        model.Compile(new SGD(0.1f), loss);
        model.Fit(data, epochs: 2, batchSize: 32, seed: 1, threads: threads);
        return model;
    }

    private static IEnumerable<float[]> Values(Model model) => model.Parameters.Select(static parameter => parameter.ToArray());

    // Half the squared error, by public members alone.
    private sealed class HalfSquares(bool atOnce) : Loss
    {
        private int _calls;

        public int Calls => _calls;

        public override string Name => "half_squares";

        public override float Evaluate(ReadOnlySpan<float> prediction, ReadOnlySpan<float> target, Span<float> gradient)
        {
            float sum = 0f;
            for (int i = 0; i < prediction.Length; i++)
            {
                float error = prediction[i] - target[i];
                sum += error * error;
                if (!gradient.IsEmpty)
                {
                    gradient[i] = error;
                }
            }

            return sum / 2f;
        }

        public override bool EvaluateRows(in LossRows rows)
        {
            if (!atOnce)
            {
                return false;
            }

            Interlocked.Increment(ref _calls);
            for (int row = 0; row < rows.Outputs.Count; row++)
            {
                Span<float> gradient = rows.HasGradients ? rows.Gradient(row) : [];
                rows.Losses[row] = rows.Weights[row] * Evaluate(rows.Outputs.Output(row), rows.Outputs.Target(row), gradient.IsEmpty ? gradient : gradient[..rows.Outputs.Columns]);
                foreach (ref float value in gradient.IsEmpty ? gradient : gradient[..rows.Outputs.Columns])
                {
                    value *= rows.Weights[row] * rows.Share;
                }

                if (!gradient.IsEmpty)
                {
                    gradient[rows.Outputs.Columns..].Clear();
                }
            }

            return true;
        }
    }
}
