using Unroll.Generator.Model;

namespace Unroll.Generator.Graph.Contractions;

/// <summary>What a contraction is, as its maps tell: one of those that have kernels of their own.</summary>
internal abstract record ContractionForm
{
    /// <summary>y[v, u] = Σₖ x[v, k]·w[k, u].</summary>
    public sealed record Product : ContractionForm;

    /// <summary>y[o, u] = Σₖ Σ_c x[o at tap k, c]·w[k·channels + c, u], or by depth y[o, c] = Σₖ x[o at tap k, c]·w[k, c].</summary>
    public sealed record Windowed(Window Window, bool IsDepthwise) : ContractionForm;

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
        if (last is not (1 or 2) || x.AxisAt(last) is not string channel || y.Axes is not { } ofY || ofY.Count != x.Rank || w.Rank != 2 || w.AxisAt(1) != ofY[last])
        {
            return null;
        }

        var axes = new List<WindowAxis>();
        var taps = new List<Offset>();
        for (int axis = 0; axis < last; axis++)
        {
            Offset pixel = x.Indices[axis];
            if (pixel.Terms.Count != 2 || pixel.Terms[0].Variable != ofY[axis])
            {
                return null;
            }

            (OffsetTerm position, OffsetTerm tap) = (pixel.Terms[0], pixel.Terms[1]);
            axes.Add(new WindowAxis(contraction.ExtentOf(tap.Variable), position.Coefficient, tap.Coefficient, -pixel.Constant));
            taps.Add(Offset.Variable(tap.Variable));
        }

        Offset row = DomainWriter.TapOf(taps, axes);
        var window = new Window(last == 1 ? new WindowAxis(1) : axes[0], axes[last - 1]);
        bool isDepthwise = channel == ofY[last];
        Offset expected = isDepthwise ? row : (row * contraction.ExtentOf(channel)) + Offset.Variable(channel);
        return w.Indices[0] == expected ? new Windowed(window, isDepthwise) : null;
    }

    private static bool AreAll(Contraction contraction, IEnumerable<string> axes) =>
        new HashSet<string>(axes, StringComparer.Ordinal).SetEquals(contraction.Domain.Select(static axis => axis.Name))
        && axes.Count() == contraction.Domain.Count;
}
