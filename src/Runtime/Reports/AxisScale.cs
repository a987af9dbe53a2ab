using System.Globalization;

namespace Unroll.Reports;

/// <summary>A chart axis: its range and its round tick values, 1, 2 or 5 times a power of ten apart.</summary>
internal sealed class AxisScale
{
    private readonly double _low;
    private readonly double _high;
    private readonly double _step;

    private AxisScale(double low, double high, double step)
    {
        _low = low;
        _high = high;
        _step = step;
    }

    /// <summary>The ticks inside the range, ascending.</summary>
    public IEnumerable<double> Ticks
    {
        get
        {
            // Multiples of the step, not sums of it, so that 0.3 stays 0.3; the slack keeps an end that rounding moved outside.
            for (double i = Math.Ceiling((_low / _step) - 1e-9); i <= (_high / _step) + 1e-9; i++)
            {
                // Adding 0 turns −0, whose label would carry the sign, into 0.
                yield return (i * _step) + 0.0;
            }
        }
    }

    /// <summary>An axis for measured values: both ends are ticks, and it starts at 0 where that costs little room.</summary>
    public static AxisScale Covering(double low, double high)
    {
        if (low == high)
        {
            double margin = low == 0 ? 1 : Math.Abs(low) / 10;
            low -= margin;
            high += margin;
        }
        else if (low > 0 && low < 0.4 * high)
        {
            low = 0;
        }

        double step = RoundStep((high - low) / 6);
        return new AxisScale(Math.Floor(low / step) * step, Math.Ceiling(high / step) * step, step);
    }

    /// <summary>An axis for counted things: no fractions, and exactly the given range.</summary>
    public static AxisScale OfCounts(int first, int last) => first == last
        ? new AxisScale(first - 0.5, first + 0.5, 1)
        : new AxisScale(first, last, Math.Max(1, RoundStep((last - first) / 9.0)));

    /// <summary>Where a value lies: 0 at the low end, 1 at the high one.</summary>
    public double Position(double value) => (value - _low) / (_high - _low);

    /// <summary>The tick as text, with the decimals the step needs.</summary>
    public string Label(double tick)
    {
        double largest = Math.Max(Math.Abs(_low), Math.Abs(_high));
        if (largest is >= 1e6 or < 1e-3)
        {
            return tick == 0 ? "0" : tick.ToString("0.##e+0", CultureInfo.InvariantCulture);
        }

        int decimals = Math.Max(0, (int)-Math.Floor(Math.Log10(_step) + 1e-9));
        return tick.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }

    private static double RoundStep(double rough)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        double leading = rough / power;
        return power * (leading <= 1 ? 1 : leading <= 2 ? 2 : leading <= 5 ? 5 : 10);
    }
}
