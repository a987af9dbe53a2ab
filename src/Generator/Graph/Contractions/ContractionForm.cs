using Unroll.Generator.Model;

namespace Unroll.Generator.Graph.Contractions;

/// <summary>What a contraction is, as its maps tell: one of those that have kernels of their own.</summary>
internal abstract record ContractionForm
{
    /// <summary>y[v, u] = Σₖ x[v, k]·w[k, u].</summary>
    public sealed record Product : ContractionForm;

    /// <summary>
    /// y[o, u] = Σₖ Σ_c x[o at tap k, c]·w[k·channels + c, u], where in groups the channels are those of u's; or by depth
    /// y[o, c] = Σₖ x[o at tap k, c]·w[k, c].
    /// </summary>
    public sealed record Windowed(Window Window, bool IsDepthwise, int Groups) : ContractionForm;

    /// <summary>p[h, t, s] = Σ_d a[t, h, d]·b[s, h, d].</summary>
    public sealed record Heads : ContractionForm;

    /// <summary>The form of a contraction; null where it is none of these.</summary>
    public static ContractionForm? Of(Contraction contraction) =>
        IsProduct(contraction) ? new Product() : IsOfHeads(contraction) ? new Heads() : OfWindow(contraction);

    private static bool IsProduct(Contraction contraction)
    {
        (AccessMap x, AccessMap w, AccessMap y) = (contraction.Maps[0], contraction.Maps[1], contraction.Maps[2]);
        return x.Axes is { Count: > 0 } ofX && w.Axes is { Count: 2 } ofW && y.Axes is { } ofY
            && ofX.SequenceEqual([.. ofY.Take(ofY.Count - 1), ofW[0]])
            && ofY.SequenceEqual([.. ofX.Take(ofX.Count - 1), ofW[1]])
            && AreAll(contraction, ofX.Append(ofW[1]));
    }

    private static bool IsOfHeads(Contraction contraction)
    {
        (AccessMap a, AccessMap b, AccessMap p) = (contraction.Maps[0], contraction.Maps[1], contraction.Maps[2]);
        return a.Axes is { Count: 3 } ofA && b.Axes is { Count: 3 } ofB && p.Axes is { } ofP
            && ofB.SequenceEqual([ofB[0], ofA[1], ofA[2]])
            && ofP.SequenceEqual([ofA[1], ofA[0], ofB[0]])
            && AreAll(contraction, ofA.Append(ofB[0]));
    }

    private static ContractionForm? OfWindow(Contraction contraction)
    {
        (AccessMap x, AccessMap w, AccessMap y) = (contraction.Maps[0], contraction.Maps[1], contraction.Maps[2]);
        int last = x.Rank - 1;
        if (last is not (1 or 2) || y.Rank != x.Rank || w.Rank != 2 || w.Indices[1] != y.Indices[last])
        {
            return null;
        }

        var axes = new List<WindowAxis>();
        var taps = new List<Offset>();
        for (int axis = 0; axis < last; axis++)
        {
            Offset pixel = x.Indices[axis];
            if (pixel.Terms.Count != 2 || pixel.Terms[0].Variable != y.AxisAt(axis))
            {
                return null;
            }

            (OffsetTerm position, OffsetTerm tap) = (pixel.Terms[0], pixel.Terms[1]);
            axes.Add(new WindowAxis(contraction.ExtentOf(tap.Variable), position.Coefficient, tap.Coefficient, -pixel.Constant));
            taps.Add(Offset.Variable(tap.Variable));
        }

        var window = new Window(last == 1 ? new WindowAxis(1) : axes[0], axes[last - 1]);
        Offset row = DomainWriter.TapOf(taps, axes);
        (Offset channel, Offset unit) = (x.Indices[last], y.Indices[last]);
        IEnumerable<string> spatial = x.Indices.Take(last).SelectMany(static pixel => pixel.Terms).Select(static term => term.Variable);
        if (channel == unit)
        {
            return x.AxisAt(last) is string both && w.Indices[0] == row && AreAll(contraction, [.. spatial, both])
                ? new Windowed(window, IsDepthwise: true, Groups: 1)
                : null;
        }

        return InGroups(contraction, channel) is var (ofChannel, c) && InGroups(contraction, unit) is var (ofUnit, u) && ofChannel == ofUnit
            && w.Indices[0] == (row * contraction.ExtentOf(c)) + Offset.Variable(c)
            && AreAll(contraction, ofChannel is null ? [.. spatial, c, u] : [.. spatial, c, u, ofChannel])
            ? new Windowed(window, IsDepthwise: false, ofChannel is null ? 1 : contraction.ExtentOf(ofChannel))
            : null;
    }

    // An axis by itself, or counted through groups: g · extent + axis.
    private static (string? Group, string Axis)? InGroups(Contraction contraction, Offset index)
    {
        if (index.Constant != 0 || index.Terms.Count is not (1 or 2))
        {
            return null;
        }

        OffsetTerm inner = index.Terms[index.Terms.Count - 1];
        OffsetTerm? outer = index.Terms.Count == 2 ? index.Terms[0] : null;
        bool isCounted = inner.Coefficient == 1 && (outer is null || outer.Coefficient == contraction.ExtentOf(inner.Variable));
        return isCounted ? (outer?.Variable, inner.Variable) : null;
    }

    private static bool AreAll(Contraction contraction, IEnumerable<string> axes) =>
        new HashSet<string>(axes, StringComparer.Ordinal).SetEquals(contraction.Domain.Select(static axis => axis.Name))
        && axes.Count() == contraction.Domain.Count;
}
