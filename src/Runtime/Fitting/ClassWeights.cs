using Unroll.Compiled;
using Unroll.Measures;

namespace Unroll.Fitting;

/// <summary>What the samples of each class count in the loss: <c>class_weight</c> of <c>keras.Model.fit</c>.</summary>
/// <remarks>
/// The class is the label, rounded, or the index of the largest target value where there are several; a class that is not named counts 1.
/// </remarks>
internal sealed class ClassWeights
{
    private const string Argument = "classWeight";

    private readonly IReadOnlyDictionary<int, float> _weights;

    /// <exception cref="ArgumentException">The network has several predictions a sample, a class is not one of its outputs, or a weight is
    /// negative or not finite.</exception>
    public ClassWeights(IReadOnlyDictionary<int, float> weights, NetworkDescription network)
    {
        _weights = weights;
        OutputDescription output = network.Outputs[0];
        if (network.Outputs.Count > 1 || output.Vectors != 1)
        {
            string shapes = string.Join(" and ", network.Outputs.Select(static output => LogicalShape.Describe(output.Shape)));
            throw new ArgumentException(
                $"Class weights need one prediction a sample, but {network.Name} has {network.Outputs.Sum(static output => output.Vectors)} "
                + $"({shapes}). Give the data set sample weights instead.",
                Argument);
        }

        foreach ((int label, float weight) in weights)
        {
            // The label of a single output may be any whole number: hinge losses have −1 and 1.
            if (output.Columns > 1 && (label < 0 || label >= output.Columns))
            {
                throw new ArgumentException(
                    $"There is no class {label}: {network.Name} has {output.Columns} outputs, counted from 0.", Argument);
            }

            if (!(weight >= 0f) || !float.IsFinite(weight))
            {
                throw new ArgumentException($"A weight must be finite and not negative, but that of class {label} is {weight}.", Argument);
            }
        }
    }

    /// <summary>The weight of each row: that of its class times its own.</summary>
    /// <param name="data">The rows.</param>
    /// <param name="weights">Receives as many values.</param>
    public void Fill(Dataset data, Span<float> weights)
    {
        for (int row = 0; row < data.Count; row++)
        {
            ReadOnlySpan<float> target = data.TargetOf(row);
            int label = target.Length == 1 ? (int)MathF.Round(target[0]) : Probability.IndexOfLargest(target);
            float weight = _weights.TryGetValue(label, out float found) ? found : 1f;
            weights[row] = data.SampleWeights.IsEmpty ? weight : weight * data.SampleWeights[row];
        }
    }
}
