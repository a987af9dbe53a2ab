using System.Globalization;
using Unroll.Generator.Model;

namespace Unroll.Generator.Graph.Contractions;

/// <summary>Collects the axes of a domain while the indices that they make up are written.</summary>
internal sealed class DomainWriter
{
    private readonly List<DomainAxis> _axes = [];

    /// <summary>A further axis, as an index.</summary>
    public Offset Axis(string name, int extent)
    {
        _axes.Add(new DomainAxis(name, extent));
        return Offset.Variable(name);
    }

    /// <summary>An axis for each extent, numbered.</summary>
    public Offset[] Axes(string name, IEnumerable<int> extents) =>
        [.. extents.Select((extent, index) => Axis(name + index.ToString(CultureInfo.InvariantCulture), extent))];

    /// <summary>A window's positions, the pixels under its taps there, and which tap it is, counted over all axes.</summary>
    public (Offset[] Positions, Offset[] Pixels, Offset Tap) Under(Window window, Shape y)
    {
        WindowAxis[] axes = y.Rank == 2 ? [window.Columns] : [window.Rows, window.Columns];
        Offset[] positions = Axes("o", y.Sizes.Take(axes.Length));
        Offset[] taps = Axes("k", axes.Select(static axis => axis.Size));
        Offset[] pixels = [.. axes.Select((axis, i) => (positions[i] * axis.Stride) + (taps[i] * axis.Dilation) - axis.Before)];
        return (positions, pixels, TapOf(taps, axes));
    }

    /// <summary>The taps of several axes counted as one.</summary>
    public static Offset TapOf(IReadOnlyList<Offset> taps, IReadOnlyList<WindowAxis> axes) =>
        Enumerable.Range(1, taps.Count - 1).Aggregate(taps[0], (tap, axis) => (tap * axes[axis].Size) + taps[axis]);

    public Contraction Contraction(params Offset[][] maps) =>
        new(_axes.ToEquatableArray(), maps.Select(static indices => new AccessMap(indices.ToEquatableArray())).ToEquatableArray());
}
