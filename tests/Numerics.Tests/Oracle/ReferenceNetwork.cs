using Unroll.Numerics.Tests.Harness;

namespace Unroll.Numerics.Tests.Oracle;

/// <summary>A network computed naively in double precision, with the parameters a model has at the time.</summary>
internal sealed class ReferenceNetwork
{
    private readonly List<ReferenceLayer> _layers = [];
    private readonly int _columns;

    /// <param name="blueprint">The layers.</param>
    /// <param name="model">Where the parameters come from.</param>
    /// <param name="noise">The noise of the training step; null: inference, without dropout.</param>
    public ReferenceNetwork(Blueprint blueprint, Model model, ulong? noise = null)
    {
        int[] shape = blueprint.Input;
        int denses = 0;
        for (int position = 0; position < blueprint.Layers.Length; position++)
        {
            LayerSketch sketch = blueprint.Layers[position];
            switch (sketch)
            {
                case DenseSketch dense:
                    AddDense(dense, $"dense{++denses}", model);
                    break;
                case ActivateSketch activate:
                    AddActivation(activate.Activation, shape[^1]);
                    break;
                case DropoutSketch dropout when noise is ulong value:
                    _layers.Add(new ReferenceDropout(dropout.Rate, position, shape[^1], value));
                    break;
                default:
                    _layers.Add(new ReferenceIdentity());
                    break;
            }

            shape = sketch.OutputOf(shape);
        }

        _columns = shape[^1];
    }

    public IEnumerable<ReferenceParameter> Parameters => _layers.SelectMany(static layer => layer.Parameters);

    public double[] Predict(float[] inputs) => _layers.Aggregate(Doubles(inputs), static (x, layer) => layer.Forward(x));

    /// <summary>The mean loss plus penalties; fills the gradients of <see cref="Parameters"/>.</summary>
    public double Backpropagate(float[] inputs, float[] targets, ReferenceLoss loss)
    {
        double value = LossAndSlope(inputs, targets, loss, out double[] slope);
        for (int i = _layers.Count - 1; i >= 0; i--)
        {
            slope = _layers[i].Backward(slope);
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

        return (sum / vectors) + Parameters.Sum(static parameter => parameter.Penalty);
    }

    private void AddDense(DenseSketch dense, string name, Model model)
    {
        ReferenceParameter kernel = ParameterOf(model, name + "/kernel", dense.KernelL1, dense.KernelL2);
        ReferenceParameter? bias = dense.UseBias ? ParameterOf(model, name + "/bias", dense.BiasL1, dense.BiasL2) : null;
        _layers.Add(new ReferenceDense(dense, kernel, bias));
        AddActivation(dense.Activation, dense.Units);
    }

    private void AddActivation(Activation activation, int columns) =>
        _layers.Add(activation switch
        {
            Activation.Softmax => new ReferenceSoftmax(columns),
            Activation.LogSoftmax => new ReferenceLogSoftmax(columns),
            _ => new ReferenceActivation(activation, Functions.DefaultCoefficient(activation)),
        });

    private static ReferenceParameter ParameterOf(Model model, string name, double l1, double l2)
    {
        double[] values = Doubles(model.Parameters.Single(parameter => parameter.Name == name).ToArray());
        return new ReferenceParameter(name, values, new double[values.Length], l1, l2);
    }

    private static double[] Doubles(float[] values) => [.. values.Select(static value => (double)value)];
}
