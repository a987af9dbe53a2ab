using Unroll.Numerics;

namespace Unroll.Parameters;

/// <summary>Random matrices with orthonormal rows or columns, uniform over all such.</summary>
internal static class OrthogonalMatrix
{
    /// <summary>
    /// Fills a row-major matrix with a multiple of the Q of a normal matrix's QR decomposition, R having a positive diagonal: what
    /// <c>keras.initializers.Orthogonal</c> (Keras 3) makes by multiplying Q by the signs of that diagonal.
    /// </summary>
    public static void Fill(Span<float> values, int columns, float factor, RandomSource random)
    {
        int rows = values.Length / columns;
        int length = Math.Max(rows, columns);
        int count = Math.Min(rows, columns);
        double[][] vectors = Orthonormal(count, length, random);
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                double value = rows >= columns ? vectors[column][row] : vectors[row][column];
                values[(row * columns) + column] = (float)(factor * value);
            }
        }
    }

    private static double[][] Orthonormal(int count, int length, RandomSource random)
    {
        double[][] vectors = new double[count][];
        for (int i = 0; i < count; i++)
        {
            double[] vector = new double[length];
            for (int j = 0; j < length; j++)
            {
                vector[j] = random.NextNormal();
            }

            // Twice is enough: one pass of Gram-Schmidt leaves rounding errors of the size of what it removed.
            for (int pass = 0; pass < 2; pass++)
            {
                for (int before = 0; before < i; before++)
                {
                    Remove(vectors[before], vector);
                }
            }

            double norm = Math.Sqrt(Product(vector, vector));
            for (int j = 0; j < length; j++)
            {
                vector[j] /= norm;
            }

            vectors[i] = vector;
        }

        return vectors;
    }

    private static void Remove(double[] unit, double[] vector)
    {
        double share = Product(unit, vector);
        for (int j = 0; j < vector.Length; j++)
        {
            vector[j] -= share * unit[j];
        }
    }

    private static double Product(double[] left, double[] right)
    {
        double sum = 0;
        for (int j = 0; j < left.Length; j++)
        {
            sum += left[j] * right[j];
        }

        return sum;
    }
}
