namespace Unroll.Shift;

/// <summary>The distribution of one variable in the reference, by intervals of about equal frequency.</summary>
internal sealed class ReferenceBins
{
    /// <summary>The most intervals; a power of 2, for the search.</summary>
    public const int Most = 64;

    // With probability 0.95, what was not seen in n draws has a share of at most 3/n.
    private const double Unseen = 3;

    private ReferenceBins(float[] cuts, double[] masses, float minimum, float maximum)
    {
        Cuts = cuts;
        Masses = masses;
        Minimum = minimum;
        Maximum = maximum;
    }

    /// <summary>Ascending; an interval is a cut and what lies from it to the next. The first and the last reach to infinity.</summary>
    public float[] Cuts { get; }

    /// <summary>The frequency of each interval, one more than cuts.</summary>
    public double[] Masses { get; }

    /// <summary>The least value of the reference.</summary>
    public float Minimum { get; }

    /// <summary>The largest value of the reference.</summary>
    public float Maximum { get; }

    public static ReferenceBins Of(float[] sorted)
    {
        int count = sorted.Length;
        float minimum = sorted[0], maximum = sorted[^1];
        if (minimum == maximum)
        {
            double outside = Unseen / 2 / count;
            return new ReferenceBins([minimum, MathF.BitIncrement(minimum)], [outside, 1 - (2 * outside), outside], minimum, maximum);
        }

        var cuts = new List<float>();
        var masses = new List<double>();
        int last = 0;
        for (int bin = 1; bin < Most; bin++)
        {
            int place = BoundaryNear(sorted, (int)((long)bin * count / Most));
            if (place > last && place < count)
            {
                cuts.Add(Between(sorted[place - 1], sorted[place]));
                masses.Add((double)(place - last) / count);
                last = place;
            }
        }

        masses.Add((double)(count - last) / count);
        return new ReferenceBins([.. cuts], [.. masses], minimum, maximum);
    }

    /// <summary>Brings back what was saved.</summary>
    public static ReferenceBins From(float[] cuts, double[] masses, float minimum, float maximum) => new(cuts, masses, minimum, maximum);

    /// <summary>The frequencies of the intervals if every value moved by this much, values spread evenly within each interval.</summary>
    public double[] MassesAfter(double move)
    {
        double[] moved = new double[Masses.Length];
        double before = 0;
        for (int bin = 0; bin < moved.Length; bin++)
        {
            double upTo = bin < Cuts.Length ? Below(Cuts[bin] - move) : 1;
            moved[bin] = upTo - before;
            before = upTo;
        }

        return moved;
    }

    private double Below(double value)
    {
        double below = 0;
        for (int bin = 0; bin < Masses.Length; bin++)
        {
            double start = bin == 0 ? Minimum : Cuts[bin - 1], end = bin < Cuts.Length ? Cuts[bin] : Maximum;
            if (value < end)
            {
                return below + (value > start ? Masses[bin] * (value - start) / (end - start) : 0);
            }

            below += Masses[bin];
        }

        return 1;
    }

    /// <summary>The end of a run of equal values that is nearest to a place.</summary>
    private static int BoundaryNear(float[] sorted, int place)
    {
        int start = place, end = place;
        while (start > 0 && sorted[start - 1] == sorted[place])
        {
            start--;
        }

        while (end < sorted.Length && sorted[end] == sorted[place])
        {
            end++;
        }

        return place - start <= end - place && start > 0 ? start : end;
    }

    /// <summary>A value above the first and not above the second.</summary>
    private static float Between(float lower, float upper)
    {
        float middle = lower + ((upper - lower) / 2);
        return middle > lower && middle <= upper ? middle : upper;
    }
}
