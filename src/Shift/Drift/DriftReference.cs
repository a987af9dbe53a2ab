namespace Unroll.Shift;

/// <summary>What a network's inputs and outputs look like where all is well: what a <see cref="DriftMonitor"/> compares with.</summary>
/// <remarks>
/// Of each feature and each output it holds the distribution in 64 intervals of about equal frequency, fewer where values are tied, whatever the
/// number of samples it was made of. The more samples, the smaller the drifts a monitor can find: see <see cref="DriftMonitor"/>.
/// </remarks>
/// <example><code>
/// model.Save("digits.safetensors");
/// DriftReference.Create(model, validation).Save("reference.safetensors");
/// </code></example>
public sealed class DriftReference
{
    // With fewer, the error of the reference is larger than the drifts to be found.
    private const int LeastSamples = 100;

    internal DriftReference(ReferenceVariable[] variables, int featureSize, int count)
    {
        Variables = variables;
        FeatureSize = featureSize;
        Count = count;
    }

    /// <summary>The values in one sample.</summary>
    public int FeatureSize { get; }

    /// <summary>The values in one prediction.</summary>
    public int OutputSize => Variables.Length - FeatureSize;

    /// <summary>The samples it was made of.</summary>
    public int Count { get; }

    /// <summary>The features, then the outputs.</summary>
    internal ReferenceVariable[] Variables { get; }

    /// <summary>The distributions of some samples and of what the network predicts for them.</summary>
    /// <param name="model">The network that will be monitored, trained.</param>
    /// <param name="data">At least 100 samples as they come in use, but not those it learnt from: of these it is too sure. Targets are not
    /// read.</param>
    /// <exception cref="ArgumentException">There are too few samples, they do not fit the network, or a value is not finite.</exception>
    public static DriftReference Create(ModelBase model, Dataset data)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(data);
        return Create(data, model.Predict(data.Features));
    }

    /// <summary>The distributions of some samples and of given predictions for them.</summary>
    /// <param name="data">At least 100 samples.</param>
    /// <param name="predictions">A row for each sample.</param>
    /// <exception cref="ArgumentException">There are too few samples, or not as many predictions, or a value is not finite.</exception>
    public static DriftReference Create(Dataset data, ReadOnlySpan<float> predictions)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (data.Count < LeastSamples)
        {
            throw new ArgumentException($"Expected at least {LeastSamples} samples, but got {data.Count}.", nameof(data));
        }

        if (predictions.Length == 0 || predictions.Length % data.Count != 0)
        {
            throw new ArgumentException(
                $"Expected a prediction for each of the {data.Count} samples, but got {predictions.Length} values.", nameof(predictions));
        }

        int outputs = predictions.Length / data.Count;
        var variables = new ReferenceVariable[data.FeatureSize + outputs];
        float[] column = new float[data.Count];
        for (int i = 0; i < variables.Length; i++)
        {
            variables[i] = i < data.FeatureSize
                ? Variable(data.Features, data.FeatureSize, i, column, nameof(data))
                : Variable(predictions, outputs, i - data.FeatureSize, column, nameof(predictions));
        }

        return new DriftReference(variables, data.FeatureSize, data.Count);
    }

    /// <summary>Writes it to a safetensors file. A crash leaves the old file or the new one, never a part.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        DriftReferenceFile.Write(path, this);
    }

    /// <summary>Reads a file that <see cref="Save"/> wrote.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, or holds something else; the message says what.</exception>
    public static DriftReference Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return DriftReferenceFile.Read(path);
    }

    private static ReferenceVariable Variable(ReadOnlySpan<float> rows, int width, int index, float[] column, string argument)
    {
        double sum = 0, squares = 0;
        for (int row = 0; row < column.Length; row++)
        {
            float value = rows[(row * width) + index];
            if (!float.IsFinite(value))
            {
                throw new ArgumentException($"Expected finite values, but value {index} of row {row} is {value}.", argument);
            }

            column[row] = value;
            sum += value;
        }

        double mean = sum / column.Length;
        foreach (float value in column)
        {
            squares += (value - mean) * (value - mean);
        }

        Array.Sort(column);
        return new ReferenceVariable(ReferenceBins.Of(column), mean, Math.Sqrt(squares / column.Length));
    }
}
