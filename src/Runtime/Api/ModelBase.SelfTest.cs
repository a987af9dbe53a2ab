using Unroll.Serialization;

namespace Unroll;

/// <content>What checks predictions against given ones.</content>
public abstract partial class ModelBase
{
    private const string WeightsEnding = ".safetensors";

    // Where the weights came from, if they came from a file whole.
    private string? _weightsPath;

    /// <summary>Predicts the inputs in the file of check vectors beside the weights, and holds the predictions against the outputs there.</summary>
    /// <remarks>
    /// For weights of <c>Models/Digit.safetensors</c> it is <c>Models/Digit.vectors.safetensors</c>, as <c>dotnet unroll import --check</c> writes
    /// it; for weights in the assembly the file that is there with them.
    /// </remarks>
    /// <returns>The largest |difference|.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, or its tensors are not those of this network.</exception>
    /// <exception cref="InvalidOperationException">The weights were not loaded whole from a file; in an output the difference is above 1e-4 of
    /// the larger of 1 and the expected values; or another thread trains the model or changes its parameters.</exception>
    public virtual float SelfTest()
    {
        string weights = _weightsPath ?? throw new InvalidOperationException(
            $"{GetType().Name}: the check vectors lie beside the file of the weights, and none was loaded. Load one, or give the path: SelfTest(path).");
        string stem = weights.EndsWith(WeightsEnding, StringComparison.OrdinalIgnoreCase) ? weights[..^WeightsEnding.Length] : weights;
        return SelfTest(stem + ".vectors" + WeightsEnding);
    }

    /// <summary>Predicts the inputs in a file and holds the predictions against the outputs there.</summary>
    /// <remarks>
    /// The file is a safetensors file with a tensor <c>inputs/NAME</c> for each input and <c>outputs/NAME</c> for each output, the samples'
    /// axis first. <c>dotnet unroll import</c> writes one beside the weights, <c>NAME.vectors.safetensors</c>, where it was given vectors.
    /// </remarks>
    /// <param name="path">The file.</param>
    /// <returns>The largest |difference|.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, or its tensors are not those of this network.</exception>
    /// <exception cref="InvalidOperationException">In an output the difference is above 1e-4 of the larger of 1 and the expected values, or
    /// another thread trains the model or changes its parameters.</exception>
    public float SelfTest(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using SafetensorsReader reader = SafetensorsReader.Open(path);
        CheckVectors vectors = CheckVectors.Read(reader, path, Network);
        return vectors.Compare(Predict(vectors.ReadInputs()));
    }
}
