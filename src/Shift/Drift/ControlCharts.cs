using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Unroll.Shift;

/// <summary>Four control charts a variable, up and down of place and of spread, side by side in one vector each.</summary>
/// <remarks>Not for several threads at once, but for <see cref="FindBins"/>.</remarks>
internal sealed class ControlCharts
{
    /// <summary>The charts of a variable, in the order of <see cref="DriftDirection"/>.</summary>
    public const int Directions = 4;

    /// <summary>In place of an interval, for a value that is not finite.</summary>
    public const byte NoBin = byte.MaxValue;

    private const double Allowance = 0.25;
    private const double ErrorProbability = 0.05;

    private readonly DriftReference _reference;
    private readonly float _allowance;
    private readonly float[] _cuts;
    private readonly float[] _place;
    private readonly float[] _spread;
    private readonly float[] _limits;
    private readonly float[] _sums;
    private readonly byte[] _raised;
    private readonly long[] _since;

    public ControlCharts(DriftReference reference, double falseAlarmRate)
    {
        int count = reference.Variables.Length;
        _reference = reference;

        // The reference's own error, 1/√n of a score's deviation: with probability 0.95 it is less than this in all charts.
        double error = Distributions.NormalQuantile(1 - (ErrorProbability / (Directions * count))) / Math.Sqrt(reference.Count);
        _allowance = (float)(Allowance + error);
        _cuts = new float[count * ReferenceBins.Most];
        _place = new float[count * ReferenceBins.Most];
        _spread = new float[count * ReferenceBins.Most];
        _limits = new float[count * Directions];
        _sums = new float[count * Directions];
        _raised = new byte[count];
        _since = new long[count * Directions];
        Array.Fill(_cuts, float.PositiveInfinity);
        double runLength = Directions * count / falseAlarmRate;
        for (int variable = 0; variable < count; variable++)
        {
            ReferenceBins bins = reference.Variables[variable].Bins;
            double[] place = NormalScores.OfPlace(bins.Masses), spread = NormalScores.OfSpread(bins.Masses);
            int start = variable * ReferenceBins.Most;
            bins.Cuts.CopyTo(_cuts, start);
            Array.ConvertAll(place, static score => (float)score).CopyTo(_place, start);
            Array.ConvertAll(spread, static score => (float)score).CopyTo(_spread, start);
            Span<float> limits = _limits.AsSpan(variable * Directions, Directions);
            limits[(int)DriftDirection.Up] = LimitOf(place, bins.Masses, runLength);
            limits[(int)DriftDirection.Down] = LimitOf(Negative(place), bins.Masses, runLength);
            limits[(int)DriftDirection.Wider] = LimitOf(spread, bins.Masses, runLength);
            limits[(int)DriftDirection.Narrower] = LimitOf(Negative(spread), bins.Masses, runLength);
        }
    }

    /// <summary>The charts that are raised.</summary>
    public int Raised { get; private set; }

    /// <summary>How often a chart was raised while none was.</summary>
    public long Alarms { get; private set; }

    /// <summary>The interval of each value, for variables from <paramref name="first"/> on; <see cref="NoBin"/> where a value is not finite.</summary>
    public void FindBins(ReadOnlySpan<float> values, int first, Span<byte> bins)
    {
        for (int i = 0; i < values.Length; i++)
        {
            float value = values[i];
            ReadOnlySpan<float> cuts = _cuts.AsSpan((first + i) * ReferenceBins.Most, ReferenceBins.Most);
            int bin = value >= cuts[31] ? 32 : 0;
            bin += value >= cuts[bin + 15] ? 16 : 0;
            bin += value >= cuts[bin + 7] ? 8 : 0;
            bin += value >= cuts[bin + 3] ? 4 : 0;
            bin += value >= cuts[bin + 1] ? 2 : 0;
            bin += value >= cuts[bin] ? 1 : 0;
            bins[i] = float.IsFinite(value) ? (byte)bin : NoBin;
        }
    }

    /// <summary>Moves the charts of some variables by one sample.</summary>
    /// <returns>How many values were not finite and moved none.</returns>
    public int Update(ReadOnlySpan<byte> bins, int first, long observation)
    {
        var allowance = Vector128.Create(_allowance);
        ref float sums = ref MemoryMarshal.GetArrayDataReference(_sums);
        ref float limits = ref MemoryMarshal.GetArrayDataReference(_limits);
        int notFinite = 0;
        for (int i = 0; i < bins.Length; i++)
        {
            if (bins[i] == NoBin)
            {
                notFinite++;
                continue;
            }

            int variable = first + i;
            nuint at = (nuint)(variable * Directions);
            float place = _place[(variable * ReferenceBins.Most) + bins[i]], spread = _spread[(variable * ReferenceBins.Most) + bins[i]];
            Vector128<float> moved = Vector128.LoadUnsafe(ref sums, at) + Vector128.Create(place, -place, spread, -spread) - allowance;
            var limit = Vector128.LoadUnsafe(ref limits, at);
            uint reached = Vector128.GreaterThanOrEqual(moved, limit).ExtractMostSignificantBits();
            uint atZero = Vector128.LessThanOrEqual(moved, Vector128<float>.Zero).ExtractMostSignificantBits();

            // Held at the limit, so that a chart falls back soon after a drift has ended.
            Vector128.Min(Vector128.Max(moved, Vector128<float>.Zero), limit).StoreUnsafe(ref sums, at);
            uint raised = (_raised[variable] | reached) & ~atZero;
            if (raised != _raised[variable])
            {
                Change(variable, raised, observation);
            }
        }

        return notFinite;
    }

    /// <summary>What is raised, by variable and direction.</summary>
    public IEnumerable<(int Variable, DriftDirection Direction, long Since)> RaisedCharts() =>
        from variable in Enumerable.Range(0, _raised.Length)
        from direction in Enumerable.Range(0, Directions)
        where (_raised[variable] >> direction & 1) != 0
        select (variable, (DriftDirection)direction, _since[(variable * Directions) + direction]);

    /// <summary>The largest sum as a share of its limit.</summary>
    public double LargestShare()
    {
        double largest = 0;
        for (int i = 0; i < _sums.Length; i++)
        {
            largest = Math.Max(largest, _sums[i] / _limits[i]);
        }

        return largest;
    }

    public void Reset()
    {
        Array.Clear(_sums);
        Array.Clear(_raised);
        Raised = 0;
    }

    /// <summary>The mean number of samples to an alarm of one variable's chart after it moved by so many of its standard deviations.</summary>
    public double DelayAfter(int variable, double deviations)
    {
        ReferenceVariable moved = _reference.Variables[variable];
        DriftDirection direction = deviations >= 0 ? DriftDirection.Up : DriftDirection.Down;
        float limit = _limits[(variable * Directions) + (int)direction];
        if (float.IsInfinity(limit))
        {
            return double.PositiveInfinity;
        }

        double[] scores = NormalScores.OfPlace(moved.Bins.Masses);
        double[] masses = moved.Bins.MassesAfter(deviations * moved.Deviation);
        return new CumulativeSum(_allowance, limit).RunLength(direction == DriftDirection.Up ? scores : Negative(scores), masses);
    }

    private void Change(int variable, uint raised, long observation)
    {
        uint risen = raised & ~(uint)_raised[variable];
        Alarms += Raised == 0 && risen != 0 ? 1 : 0;
        Raised += BitOperations.PopCount(raised) - BitOperations.PopCount(_raised[variable]);
        _raised[variable] = (byte)raised;
        for (int direction = 0; direction < Directions; direction++)
        {
            if ((risen >> direction & 1) != 0)
            {
                _since[(variable * Directions) + direction] = observation;
            }
        }
    }

    private float LimitOf(double[] scores, double[] masses, double runLength) =>
        (float)(CumulativeSum.ForRunLength(scores, masses, _allowance, runLength)?.Limit ?? double.PositiveInfinity);

    private static double[] Negative(double[] scores) => Array.ConvertAll(scores, static score => -score);
}
