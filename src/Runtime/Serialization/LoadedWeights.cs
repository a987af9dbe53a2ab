using Unroll.Serialization;

namespace Unroll;

/// <summary>What <c>LoadWeights</c> took from a file, and what it left out.</summary>
/// <example><code>
/// LoadedWeights loaded = model.LoadWeights("base.safetensors", WeightsMatching.NameAndShape);
/// Console.WriteLine(loaded);   // 4 parameters loaded; not in the file: 'head/kernel', 'head/bias'; not in the model: 'dense3/kernel'
/// </code></example>
public sealed class LoadedWeights
{
    internal LoadedWeights(
        IReadOnlyList<string> loaded, IReadOnlyList<string> missing, IReadOnlyList<string> otherShape, IReadOnlyList<string> unused)
    {
        Loaded = loaded;
        Missing = missing;
        OtherShape = otherShape;
        Unused = unused;
    }

    /// <summary>The names of the parameters that were replaced, in the model's order.</summary>
    public IReadOnlyList<string> Loaded { get; }

    /// <summary>Parameters of the model that the file does not hold; they are as they were.</summary>
    public IReadOnlyList<string> Missing { get; }

    /// <summary>Parameters of the model that have another shape in the file; they are as they were.</summary>
    public IReadOnlyList<string> OtherShape { get; }

    /// <summary>Tensors of the file that are no parameters of the model; they were not read.</summary>
    public IReadOnlyList<string> Unused { get; }

    /// <summary>Whether every parameter of the model was replaced.</summary>
    public bool IsComplete => Missing.Count == 0 && OtherShape.Count == 0;

    /// <summary>One line: how many were loaded, and the names of what was left out, where they are many the first of them.</summary>
    public override string ToString()
    {
        string text = $"{Loaded.Count} parameters loaded";
        foreach ((string what, IReadOnlyList<string> names) in new[]
            { ("not in the file", Missing), ("of another shape in the file", OtherShape), ("not in the model", Unused) })
        {
            if (names.Count > 0)
            {
                text += $"; {what}: {MessageText.Join(", ", [.. names.Select(MessageText.Quote)])}";
            }
        }

        return text;
    }
}
