namespace Unroll.Data;

/// <content>What works along one axis of several.</content>
public static partial class Preprocessing
{
    /// <summary>Scales the vectors along any axis to length 1, as keras.utils.normalize(x, axis, order) does.</summary>
    /// <remarks><c>y = x / (Σ |x|^order)^(1/order)</c>, the sum along the axis; a vector of zeros stays as it is.</remarks>
    /// <param name="values">As many values as the shape has, row-major.</param>
    /// <param name="shape">The length of every axis, that of the samples too.</param>
    /// <param name="axis">The axis, counted from 0, or from the end: −1, the default, is the last.</param>
    /// <param name="order">The order of the norm, at least 1: 2 for the Euclidean length, 1 for the sum of magnitudes.</param>
    /// <returns>The scaled values, in the same shape.</returns>
    /// <exception cref="ArgumentException">The shape does not fit the values, or has no such axis; or the order is less than 1.</exception>
    /// <example><code>float[] y = Preprocessing.Normalize(x, shape: [150, 4], axis: 0);   // each of the 4 columns</code></example>
    public static float[] Normalize(ReadOnlySpan<float> values, ReadOnlySpan<int> shape, int axis = -1, int order = 2)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(order, 1);
        (int length, int inner) = Along(values.Length, shape, axis);
        float[] scaled = new float[values.Length];
        for (int outer = 0; outer < values.Length; outer += length * inner)
        {
            for (int start = outer; start < outer + inner; start++)
            {
                double size = Norm(values, start, length, inner, order);
                for (int i = 0; i < length; i++)
                {
                    scaled[start + (i * inner)] = (float)(values[start + (i * inner)] / (size == 0 ? 1 : size));
                }
            }
        }

        return scaled;
    }

    /// <summary>The position of the largest value: the class of one prediction.</summary>
    /// <param name="values">At least one value; of equal ones the first counts.</param>
    /// <returns>A position from 0.</returns>
    /// <exception cref="ArgumentException">There is no value, or one is NaN.</exception>
    /// <example><code>int digit = Preprocessing.ArgMax(model.Predict(picture));</code></example>
    public static int ArgMax(ReadOnlySpan<float> values)
    {
        if (values.IsEmpty)
        {
            throw new ArgumentException("Expected at least one value, but there is none.", nameof(values));
        }

        int largest = 0;
        for (int i = 0; i < values.Length; i++)
        {
            if (float.IsNaN(values[i]))
            {
                throw new ArgumentException($"Expected numbers, but value {i} is NaN.", nameof(values));
            }

            largest = values[i] > values[largest] ? i : largest;
        }

        return largest;
    }

    /// <summary>The position of the largest value of each row: the classes of several predictions, or of one-hot targets.</summary>
    /// <param name="rows">n × <paramref name="columns"/> values, row-major; of equal ones the first counts.</param>
    /// <param name="columns">The values of a row.</param>
    /// <returns>n positions from 0, as numpy.argmax(rows, axis=1).</returns>
    /// <exception cref="ArgumentException">The number of values is no multiple of <paramref name="columns"/>, or one is NaN.</exception>
    /// <example><code>int[] digits = Preprocessing.ArgMax(model.Predict(test.Features), columns: 10);</code></example>
    public static int[] ArgMax(ReadOnlySpan<float> rows, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(columns);
        if (rows.Length % columns != 0)
        {
            throw new ArgumentException($"Expected a multiple of {columns} values, but got {rows.Length}.", nameof(rows));
        }

        int[] positions = new int[rows.Length / columns];
        for (int row = 0; row < positions.Length; row++)
        {
            positions[row] = ArgMax(rows.Slice(row * columns, columns));
        }

        return positions;
    }

    /// <summary>The length of an axis, and the distance of two values along it.</summary>
    private static (int Length, int Inner) Along(int count, ReadOnlySpan<int> shape, int axis)
    {
        long size = 1;
        foreach (int length in shape)
        {
            size = length > 0 && size <= count ? size * length : -1;
        }

        if (shape.IsEmpty || size != count)
        {
            throw new ArgumentException($"Expected a shape of {count} values, but got [{string.Join(", ", shape.ToArray())}].", nameof(shape));
        }

        int position = axis < 0 ? axis + shape.Length : axis;
        if (position < 0 || position >= shape.Length)
        {
            throw new ArgumentOutOfRangeException(nameof(axis), axis, $"Expected an axis of {-shape.Length} to {shape.Length - 1}.");
        }

        int inner = 1;
        foreach (int length in shape[(position + 1)..])
        {
            inner *= length;
        }

        return (shape[position], inner);
    }

    private static double Norm(ReadOnlySpan<float> values, int start, int length, int inner, int order)
    {
        double sum = 0;
        for (int i = 0; i < length; i++)
        {
            double magnitude = Math.Abs((double)values[start + (i * inner)]);
            sum += order == 1 ? magnitude : order == 2 ? magnitude * magnitude : Math.Pow(magnitude, order);
        }

        return order == 1 ? sum : order == 2 ? Math.Sqrt(sum) : Math.Pow(sum, 1.0 / order);
    }
}
