namespace Unroll.Interop.Networks;

/// <summary>A layer of a compiled network with the arguments of its attribute.</summary>
/// <param name="Name">Its name, those of the blocks around it before it.</param>
/// <param name="Owner">The name that its parameters carry: its own, or that of the layer it shares them with.</param>
/// <param name="Kind">As <c>Dense</c>.</param>
/// <param name="Attribute">Its attribute; that of the use where a residual block ends.</param>
/// <param name="Inputs">Positions among the network's inputs and, behind them, its layers.</param>
/// <param name="Shape">Of its value, the batch axis left out.</param>
internal sealed record ModelLayer(string Name, string Owner, string Kind, LayerAttribute Attribute, IReadOnlyList<int> Inputs, int[] Shape)
{
    /// <summary>What is applied to each step, where the layer is that.</summary>
    public LayerGraph? Inside { get; init; }

    /// <summary>Whether its own activation is left to a layer behind it.</summary>
    public bool IsLinear { get; init; }

    /// <summary>An argument by its name.</summary>
    public T Argument<T>(string name) => (T)Attribute.GetType().GetProperty(name)!.GetValue(Attribute)!;

    /// <summary>A number for each axis where the attribute has one for all.</summary>
    public int[] PerAxis(string name, int axes, int[]? fallback = null)
    {
        object? value = Attribute.GetType().GetProperty(name)!.GetValue(Attribute);
        int[] numbers = value switch
        {
            int number => [number],
            int[] given => given,
            IReadOnlyList<int> given => [.. given],
            _ => fallback ?? [1],
        };
        return numbers.Length == 1 ? [.. Enumerable.Repeat(numbers[0], axes)] : numbers;
    }
}
