namespace Unroll.Shift;

/// <summary>The design of a control chart of cumulative sums: <c>S ← max(0, S + score − Allowance)</c>, an alarm where S reaches Limit.</summary>
/// <remarks>
/// <para>Source: Page, "Continuous inspection schemes", 1954. With scores of mean 0 and variance 1 the allowance is half the shift, in standard
/// deviations, that the chart is quickest to find.</para>
/// <para>The limit follows from the run length, the number of samples from 0 to an alarm. Its mean without drift grows as <c>exp(θ·Limit)</c>,
/// where <c>E[exp(θ·(score − Allowance))] = 1</c> (Lorden, "Procedures for reacting to a change in distribution", 1971: at least that). What
/// stands before the exponential is found at a low limit by the Markov chain of Brook and Evans, "An approach to the probability distribution
/// of cusum run length", 1972; scores too coarse for its grid go by Lorden's bound, which is on the safe side.</para>
/// </remarks>
internal readonly record struct CumulativeSum(double Allowance, double Limit)
{
    // The run length of the low limit is some exp(5) times what stands before the exponential.
    private const double LowExponent = 5;
    private const int LowStates = 64;
    private const int Refinement = 4;

    // In standard deviations of a score: a coarser grid would add to their variance.
    private const double CoarsestGrid = 0.5;

    /// <summary>The chart whose mean run length without drift is this; null where its sum can never rise.</summary>
    public static CumulativeSum? ForRunLength(double[] scores, double[] masses, double allowance, double runLength)
    {
        if (scores.Max() <= allowance)
        {
            return null;
        }

        double exponent = Exponent(scores, masses, allowance);
        double low = LowExponent / exponent;
        if (low / LowStates > CoarsestGrid)
        {
            return new CumulativeSum(allowance, Math.Log(runLength) / exponent);
        }

        double atLow = new CumulativeSum(allowance, low).RunLength(scores, masses, LowStates);
        return new CumulativeSum(allowance, Math.Max(low + (Math.Log(runLength / atLow) / exponent), scores.Max()));
    }

    /// <summary>The mean number of samples to an alarm, from 0, when the intervals have these frequencies.</summary>
    public double RunLength(double[] scores, double[] masses)
    {
        int states = (int)Math.Clamp(Limit * Refinement, LowStates, 400);
        return RunLength(scores, masses, states);
    }

    /// <summary>By the transitions between so many equally spaced values of the sum; a value between two goes to either in proportion.</summary>
    private double RunLength(double[] scores, double[] masses, int states)
    {
        double step = Limit / states;
        double[][] system = [.. Enumerable.Range(0, states).Select(_ => new double[states + 1])];
        for (int from = 0; from < states; from++)
        {
            system[from][from] = 1;
            system[from][states] = 1;
            for (int bin = 0; bin < scores.Length; bin++)
            {
                double place = Math.Max(0, from + ((scores[bin] - Allowance) / step));
                int below = (int)Math.Min(place, states);
                double rest = place - below;
                if (below < states)
                {
                    system[from][below] -= masses[bin] * (1 - rest);
                }

                if (below + 1 < states)
                {
                    system[from][below + 1] -= masses[bin] * rest;
                }
            }
        }

        return Solve(system)[0];
    }

    /// <summary>Gauss's elimination: the matrix is diagonally dominant, so the order of rows stays.</summary>
    private static double[] Solve(double[][] system)
    {
        int size = system.Length;
        for (int pivot = 0; pivot < size; pivot++)
        {
            for (int row = pivot + 1; row < size; row++)
            {
                double factor = system[row][pivot] / system[pivot][pivot];
                if (factor == 0)
                {
                    continue;
                }

                for (int column = pivot; column <= size; column++)
                {
                    system[row][column] -= factor * system[pivot][column];
                }
            }
        }

        double[] x = new double[size];
        for (int row = size - 1; row >= 0; row--)
        {
            double sum = system[row][size];
            for (int column = row + 1; column < size; column++)
            {
                sum -= system[row][column] * x[column];
            }

            x[row] = sum / system[row][row];
        }

        return x;
    }

    /// <summary>The θ &gt; 0 with log E[exp(θ·score)] = θ·allowance; the left side is convex, 0 at 0 and less than the right side just above.</summary>
    private static double Exponent(double[] scores, double[] masses, double allowance)
    {
        double high = 0.01;
        while (Excess(high) < 0)
        {
            high *= 2;
        }

        double low = high / 2;
        while (Excess(low) > 0)
        {
            low /= 2;
        }

        for (int i = 0; i < 60; i++)
        {
            double middle = (low + high) / 2;
            (low, high) = Excess(middle) < 0 ? (middle, high) : (low, middle);
        }

        return (low + high) / 2;

        double Excess(double theta)
        {
            double largest = scores.Max(), sum = 0;
            for (int bin = 0; bin < scores.Length; bin++)
            {
                sum += masses[bin] * Math.Exp(theta * (scores[bin] - largest));
            }

            return Math.Log(sum) + (theta * (largest - allowance));
        }
    }
}
