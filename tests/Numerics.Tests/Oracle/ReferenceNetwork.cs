using Unroll.Numerics.Tests.Harness;

namespace Unroll.Numerics.Tests.Oracle;

/// <summary>A network computed naively in double precision, with the parameters a model has at the time.</summary>
internal sealed class ReferenceNetwork
{
    private readonly List<ReferenceLayer> _layers;
    private readonly int _columns;

    /// <param name="blueprint">The layers.</param>
    /// <param name="model">Where the parameters come from.</param>
    /// <param name="noise">The noise of the training step; null: inference.</param>
    public ReferenceNetwork(Blueprint blueprint, Model model, ulong? noise = null)
    {
        _layers = new ReferenceBuilder(model, noise).Build(blueprint.Layers, blueprint.Input, prefix: "");
        _columns = blueprint.Output[^1];
    }

    public IReadOnlyList<ReferenceLayer> Layers => _layers;

    /// <summary>How much relative errors grow on the way to the latest output.</summary>
    public double Cancellation => _layers.Aggregate(1.0, static (product, layer) => product * layer.ForwardCancellation);

    public IEnumerable<ReferenceParameter> Parameters => _layers.SelectMany(static layer => layer.Parameters);

    public double[] Predict(float[] inputs) => _layers.Aggregate(Doubles(inputs), static (x, layer) => layer.Forward(x));

    /// <summary>The mean loss plus penalties; fills the gradients of <see cref="Parameters"/>.</summary>
    public double Backpropagate(float[] inputs, float[] targets, ReferenceLoss loss)
    {
        double value = LossAndSlope(inputs, targets, loss, out double[] slope);
        double cancellation = Cancellation;
        for (int i = _layers.Count - 1; i >= 0; i--)
        {
            double before = slope.Max(Math.Abs);
            slope = _layers[i].Backward(slope);
            cancellation *= _layers[i].BackwardCancellation;

            // What cancelled has errors measured against its largest elements, which a mask may take out.
            double after = slope.Max(Math.Abs);
            bool mayMask = _layers[i] is ReferenceActivation or ReferenceDropout or ReferenceAlphaDropout;
            cancellation *= mayMask && cancellation > 1 && after > 0 ? Math.Max(1, before / after) : 1;
            foreach (ReferenceParameter parameter in _layers[i].Parameters)
            {
                parameter.Cancellation = cancellation;
            }
        }

        foreach (ReferenceParameter parameter in Parameters)
        {
            for (int i = 0; i < parameter.Gradient.Length; i++)
            {
                parameter.Gradient[i] += parameter.PenaltyGradient(i);
            }
        }

        return value;
    }

    /// <summary>The mean loss plus penalties.</summary>
    public double Loss(float[] inputs, float[] targets, ReferenceLoss loss) => LossAndSlope(inputs, targets, loss, out _);

    private double LossAndSlope(float[] inputs, float[] targets, ReferenceLoss loss, out double[] slope)
    {
        double[] y = Predict(inputs);
        double[] expected = Doubles(targets);
        slope = new double[y.Length];
        int vectors = y.Length / _columns;
        int width = expected.Length / vectors;
        double sum = 0;
        for (int vector = 0; vector < vectors; vector++)
        {
            sum += loss.Evaluate(
                y.AsSpan(vector * _columns, _columns), expected.AsSpan(vector * width, width), slope.AsSpan(vector * _columns, _columns));
        }

        for (int i = 0; i < slope.Length; i++)
        {
            slope[i] /= vectors;
        }

        return (sum / vectors) + Parameters.Sum(static parameter => parameter.Penalty) + _layers.Sum(static layer => layer.Penalty);
    }

    internal static double[] Doubles(float[] values) => [.. values.Select(static value => (double)value)];
}
