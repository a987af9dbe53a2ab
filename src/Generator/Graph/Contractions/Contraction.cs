using Unroll.Generator.Model;

namespace Unroll.Generator.Graph.Contractions;

/// <summary>
/// Three values, and a domain at each of whose points lies one element of each. One of the three is computed: at every point the product of
/// the others' elements is added to its own; elements outside a value are 0. Which one it is, is no part of this: a contraction and its
/// gradients by both operands have the same domain and the same maps.
/// </summary>
/// <param name="Domain">Its axes: all points of a box.</param>
/// <param name="Maps">Of the three values.</param>
internal sealed record Contraction(EquatableArray<DomainAxis> Domain, EquatableArray<AccessMap> Maps)
{
    /// <summary>Values: x, w and y[v, u] = Σₖ x[v, k]·w[k, u] for each vector v.</summary>
    public static Contraction Product(Shape x, int units)
    {
        var domain = new DomainWriter();
        Offset[] vectors = domain.Axes("v", x.Sizes.Take(x.Rank - 1));
        Offset k = domain.Axis("k", x.Last);
        Offset u = domain.Axis("u", units);
        return domain.Contraction([.. vectors, k], [k, u], [.. vectors, u]);
    }

    /// <summary>
    /// Values: x, w and y[o, u] = Σₖ Σ_c x[o·stride + k·dilation − before, c]·w[k·channels + c, u], the taps k of all axes counted as one. In
    /// groups each unit has the channels of its group only: those and the units are counted through all groups.
    /// </summary>
    public static Contraction Convolution(Window window, Shape x, Shape y, int groups = 1)
    {
        var domain = new DomainWriter();
        (Offset[] positions, Offset[] pixels, Offset tap) = domain.Under(window, y);
        Offset g = groups == 1 ? 0 : domain.Axis("g", groups);
        (int channels, int units) = (x.Last / groups, y.Last / groups);
        Offset c = domain.Axis("c", channels);
        Offset u = (g * units) + domain.Axis("u", units);
        return domain.Contraction([.. pixels, (g * channels) + c], [(tap * channels) + c, u], [.. positions, u]);
    }

    /// <summary>Values: x, w and y[o, c] = Σₖ x[o·stride + k·dilation − before, c]·w[k, c].</summary>
    public static Contraction Depthwise(Window window, Shape y)
    {
        var domain = new DomainWriter();
        (Offset[] positions, Offset[] pixels, Offset tap) = domain.Under(window, y);
        Offset c = domain.Axis("c", y.Last);
        return domain.Contraction([.. pixels, c], [tap, c], [.. positions, c]);
    }

    /// <summary>
    /// What attention does by head: the scores p[h, t, s] = Σ_d a[t, h, d]·b[s, h, d] of steps t by steps s, and steps mixed by them,
    /// a[t, h, d] = Σ_s p[h, t, s]·b[s, h, d]. Values: a, b, p.
    /// </summary>
    public static Contraction Heads(Shape a, int steps)
    {
        var domain = new DomainWriter();
        Offset t = domain.Axis("t", a[0]), s = domain.Axis("s", steps), h = domain.Axis("h", a[1]), d = domain.Axis("d", a[2]);
        return domain.Contraction([t, h, d], [s, h, d], [h, t, s]);
    }

    /// <summary>Values: a, b and the sums of their products along one axis of each; its axes are those left of a, then those of b.</summary>
    public static Contraction Along(Shape a, int axisOfA, Shape b, int axisOfB)
    {
        var domain = new DomainWriter();
        Offset k = domain.Axis("k", a[axisOfA]);
        Offset[] ofA = domain.Axes("m", a.Sizes.Where((_, axis) => axis != axisOfA));
        Offset[] ofB = domain.Axes("n", b.Sizes.Where((_, axis) => axis != axisOfB));
        Offset[] left = [.. ofA, .. ofB];
        return domain.Contraction(
            [.. ofA.Take(axisOfA), k, .. ofA.Skip(axisOfA)], [.. ofB.Take(axisOfB), k, .. ofB.Skip(axisOfB)], left.Length == 0 ? [0] : left);
    }

    /// <summary>The number of products.</summary>
    public long Points => Domain.Aggregate(1L, static (points, axis) => checked(points * axis.Extent));

    /// <summary>The shape of a value that has no elements but those that its indices become.</summary>
    public Shape ShapeOf(int value) => new(Maps[value].Indices.Select(index => RangeOf(index).Most + 1).ToEquatableArray());

    public int ExtentOf(string axis)
    {
        foreach (DomainAxis each in Domain)
        {
            if (each.Name == axis)
            {
                return each.Extent;
            }
        }

        throw new InvalidOperationException($"no axis {axis}");
    }

    /// <summary>The least and the greatest that an index becomes.</summary>
    public (int Least, int Most) RangeOf(Offset index)
    {
        (int least, int most) = (index.Constant, index.Constant);
        foreach (OffsetTerm term in index.Terms)
        {
            int end = checked(term.Coefficient * (ExtentOf(term.Variable) - 1));
            least += Math.Min(end, 0);
            most += Math.Max(end, 0);
        }

        return (least, most);
    }

    /// <summary>
    /// Whether values of these shapes fit: an index that is an axis runs over all of its value, and any other begins at its first element or
    /// before and reaches some. (How far windows may reach out, the operations say that have kernels.)
    /// </summary>
    public bool Fits(IReadOnlyList<Shape> shapes)
    {
        for (int value = 0; value < Maps.Count; value++)
        {
            AccessMap map = Maps[value];
            bool fits = map.Rank == shapes[value].Rank;
            for (int axis = 0; fits && axis < map.Rank; axis++)
            {
                (int least, int most) = RangeOf(map.Indices[axis]);
                fits = map.AxisAt(axis) is null ? least <= 0 && most >= 0 : most + 1 == shapes[value][axis];
            }

            if (!fits)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The same over as many points as a value of this shape has along the axes that its indices are.</summary>
    public Contraction Over(int value, Shape shape)
    {
        var extents = Enumerable.Range(0, shape.Rank)
            .Where(axis => Maps[value].AxisAt(axis) is not null)
            .ToDictionary(axis => Maps[value].AxisAt(axis)!, axis => shape[axis], StringComparer.Ordinal);
        return this with
        {
            Domain = Domain.Select(axis => extents.TryGetValue(axis.Name, out int extent) ? axis with { Extent = extent } : axis).ToEquatableArray(),
        };
    }

    /// <summary>The formula of one of the values: <c>[v, u] = [v, k] · [k, u]</c>.</summary>
    public string FormulaOf(int value) => $"{Maps[value]} = {string.Join(" · ", Maps.Where((_, other) => other != value))}";
}

/// <summary>An axis of a domain.</summary>
internal sealed record DomainAxis(string Name, int Extent);
