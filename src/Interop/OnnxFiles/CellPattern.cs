namespace Unroll.Interop.OnnxFiles;

/// <summary>A cell of a recurrence, as a layer has it.</summary>
/// <param name="States">1, or 2 of an LSTM.</param>
/// <param name="Gates">4 of an LSTM, 3 of a GRU, 1 of a simple recurrence.</param>
/// <param name="Kernel">[inputs, gates·units].</param>
/// <param name="Recurrent">[units, gates·units].</param>
/// <param name="Bias">Of the inputs' product; null for none.</param>
/// <param name="RecurrentBias">Of the state's product, where that has its own.</param>
/// <param name="ResetsAfter">Whether a GRU resets what comes out of the state's product.</param>
internal sealed record CellPattern(int States, int Gates, OnnxTensor Kernel, OnnxTensor Recurrent, float[]? Bias, float[]? RecurrentBias, bool ResetsAfter)
{
    // Twice what a cell has.
    private const int MostConstants = 8;

    public int Units => Recurrent.Dims[0];

    public int Inputs => Kernel.Dims[0];

    /// <summary>The cells that some constants can be the numbers of.</summary>
    public static IEnumerable<CellPattern> Possible(IReadOnlyList<OnnxTensor> constants, int inputs, int states)
    {
        OnnxTensor[] matrices = [.. constants.Where(static constant => constant is { Floats: not null, Dims.Count: 2 }).Take(MostConstants)];
        foreach (int gates in states == 2 ? [4] : new[] { 3, 1 })
        {
            foreach (OnnxTensor recurrent in matrices.Where(matrix => matrix.Dims[0] > 0 && matrix.Dims[1] == gates * matrix.Dims[0]))
            {
                int width = recurrent.Dims[1];
                foreach (OnnxTensor kernel in matrices.Where(matrix => matrix.Dims[0] == inputs && matrix.Dims[1] == width && !ReferenceEquals(matrix, recurrent)))
                {
                    float[][] rows = [.. constants.Where(constant => constant.Floats is not null && constant.Dims.Count is 1 or 2 && constant.Dims[^1] == width && constant.Count <= 2 * width)
                        .SelectMany(constant => constant.Floats!.Chunk(width)).Take(MostConstants)];
                    foreach ((float[]? bias, float[]? recurrentBias) in Biases(rows, gates == 3))
                    {
                        yield return new CellPattern(states, gates, kernel, recurrent, bias, recurrentBias, ResetsAfter: gates == 3);
                        if (gates == 3 && recurrentBias is null)
                        {
                            yield return new CellPattern(states, gates, kernel, recurrent, bias, null, ResetsAfter: false);
                        }
                    }
                }
            }
        }
    }

    /// <summary>The two functions with which the cell computes the states behind those before; null where none do.</summary>
    public CellFunctions? Recognize(IReadOnlyList<CellStep> steps)
    {
        // What is reset before the product is bounded by then, and needs all digits.
        steps = [.. steps.Where(step => !step.IsRough || Gates != 3 || ResetsAfter)];

        // Most cells differ in the first.
        Lazy<(CellSums OfInput, CellSums OfState)>[] products =
            [.. steps.Select(step => new Lazy<(CellSums, CellSums)>(() => (Product(step.X, Kernel, Bias), Product(step.Before[0], Recurrent, RecurrentBias))))];
        foreach ((CellFunction inner, Func<double, double> gate) in Gates == 1 ? CellFunction.Known.Take(1) : CellFunction.Known)
        {
            // An LSTM's second function is one of its memory too, which no kernel scales.
            foreach ((CellFunction outer, Func<double, double> function) in CellFunction.Known.Where(known => Gates != 4 || known.Function.IsPlain))
            {
                if (steps.Zip(products).All(pair => Agrees(pair.First, pair.Second.Value.OfInput, pair.Second.Value.OfState, gate, function)))
                {
                    return new CellFunctions(Gates == 1 ? outer : inner, outer);
                }
            }
        }

        return null;
    }

    private static IEnumerable<(float[]? Bias, float[]? RecurrentBias)> Biases(float[][] rows, bool hasTwo)
    {
        yield return (null, null);
        foreach (float[] row in rows)
        {
            yield return (row, null);
        }

        foreach (float[] row in hasTwo ? rows : [])
        {
            foreach (float[] other in rows.Where(other => !ReferenceEquals(other, row)))
            {
                yield return (row, other);
            }
        }
    }

    private bool Agrees(CellStep step, CellSums x, CellSums u, Func<double, double> gate, Func<double, double> function)
    {
        CellSums state = Gates == 3 && !ResetsAfter
            ? Product([.. step.Before[0].Select((h, unit) => (float)(gate(x.Values[Units + unit] + u.Values[Units + unit]) * h))], Recurrent, null)
            : u;
        for (int unit = 0; unit < Units; unit++)
        {
            int[] places = [.. Enumerable.Range(0, Gates).Select(number => (number * Units) + unit)];
            double[] sums = [.. places.Select(place => x.Values[place]), .. places.Select((place, number) => (number == 2 ? state : u).Values[place])];
            double[] values = Next(sums);
            double[] computed = [.. step.After.Select(after => (double)after[unit])];
            double[] least = [.. values.Select(static value => 5e-5 * (1 + Math.Abs(value)))];
            if (Agree(values, computed, least))
            {
                continue;
            }

            // Sums of many numbers have lost digits, which matters as far as the cell lets it.
            double[] errors = [.. places.Select(place => x.Error(place)), .. places.Select((place, number) => (number == 2 ? state : u).Error(place))];
            double[] lost = new double[values.Length];
            for (int i = 0; i < sums.Length; i++)
            {
                double[] other = [.. sums];
                other[i] += errors[i];
                lost = [.. lost.Zip(Next(other).Zip(values, static (moved, value) => Math.Abs(moved - value)), static (all, one) => all + one)];
            }

            if (!Agree(values, computed, [.. least.Zip(lost, static (one, more) => one + more)]))
            {
                return false;
            }

            double[] Next(double[] all)
            {
                double h = step.Before[0][unit];
                double Of(int number) => all[number] + all[Gates + number];
                if (Gates == 4)
                {
                    double c = (gate(Of(1)) * step.Before[1][unit]) + (gate(Of(0)) * function(Of(2)));
                    return [gate(Of(3)) * function(c), c];
                }

                if (Gates == 1)
                {
                    return [function(Of(0))];
                }

                double z = gate(Of(0));
                double candidate = function(all[2] + ((ResetsAfter ? gate(Of(1)) : 1) * all[Gates + 2]));
                return [(z * h) + ((1 - z) * candidate)];
            }
        }

        return true;

        static bool Agree(double[] values, double[] computed, double[] tolerances) =>
            values.Zip(computed, tolerances).All(static of => Math.Abs(of.First - of.Second) <= of.Third || of.First.Equals(of.Second));
    }

    private static CellSums Product(float[] row, OnnxTensor matrix, float[]? bias)
    {
        int width = matrix.Dims[1];
        double[] sums = bias is null ? new double[width] : [.. bias.Select(static value => (double)value)];
        for (int i = 0; i < row.Length; i++)
        {
            for (int j = 0; j < width; j++)
            {
                sums[j] += (double)row[i] * matrix.Floats![(i * width) + j];
            }
        }

        return new CellSums(row, matrix, sums);
    }
}

/// <summary>The products of a row and a matrix.</summary>
internal sealed record CellSums(float[] Row, OnnxTensor Matrix, double[] Values)
{
    // Of 32-bit sums in any order.
    private const double Rounding = 3e-7;

    /// <summary>How far off such a sum is where it is computed in 32 bits.</summary>
    public double Error(int place)
    {
        int width = Matrix.Dims[1];
        return Rounding * (Math.Abs(Values[place]) + Row.Select((value, i) => Math.Abs((double)value * Matrix.Floats![(i * width) + place])).Sum());
    }
}

/// <summary>What a cell did once.</summary>
/// <param name="X">The step.</param>
/// <param name="Before">The states.</param>
/// <param name="After">The states behind it.</param>
/// <param name="IsRough">Whether its numbers are so large that sums which cancel each other have no digits left.</param>
internal sealed record CellStep(float[] X, float[][] Before, float[][] After, bool IsRough);
