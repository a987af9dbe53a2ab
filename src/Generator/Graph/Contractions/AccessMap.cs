using Unroll.Generator.Model;

namespace Unroll.Generator.Graph.Contractions;

/// <summary>Where the points of a domain lie in a value: for each axis of it an index, affine in the axes of the domain.</summary>
internal sealed record AccessMap(EquatableArray<Offset> Indices)
{
    public int Rank => Indices.Count;

    /// <summary>The name of the domain's axis that an index is; null where it is made of several, or of none.</summary>
    public string? AxisAt(int index) => AxisOf(Indices[index]);

    /// <summary>The names of the axes, where every index is one; else null.</summary>
    public IReadOnlyList<string>? Axes
    {
        get
        {
            string[] axes = [.. Indices.Select(AxisOf).OfType<string>()];
            return axes.Length == Rank ? axes : null;
        }
    }

    public override string ToString() => $"[{string.Join(", ", Indices)}]";

    private static string? AxisOf(Offset index) =>
        index is { Constant: 0, Terms: { Count: 1 } terms } && terms[0].Coefficient == 1 ? terms[0].Variable : null;
}
