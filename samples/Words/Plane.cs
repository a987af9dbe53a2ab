namespace Unroll.Samples;

/// <summary>The plane in which points differ most: their two principal components.</summary>
internal static class Plane
{
    private const int Iterations = 500;

    /// <param name="points">Points of any dimension.</param>
    /// <returns>Their places in the plane, and the share of their variance that it shows.</returns>
    public static ((double X, double Y)[] Places, double Share) Of(float[][] points)
    {
        int size = points[0].Length;
        double[] mean = [.. Enumerable.Range(0, size).Select(i => points.Average(point => (double)point[i]))];
        double[][] centered = [.. points.Select(point => (double[])[.. point.Select((value, i) => value - mean[i])])];
        double all = centered.Sum(static point => Dot(point, point));
        double[] first = Direction(centered);
        double[][] rest = [.. centered.Select(point => Without(point, first))];
        double[] second = Direction(rest);
        (double X, double Y)[] places = [.. centered.Select(point => (Dot(point, first), Dot(point, second)))];
        return (places, places.Sum(static place => (place.X * place.X) + (place.Y * place.Y)) / all);
    }

    // The power iteration: what the sum of all x·xᵀ stretches most comes out in the end.
    private static double[] Direction(double[][] points)
    {
        double[] direction = [.. Enumerable.Range(0, points[0].Length).Select(static i => 1.0 / (i + 1))];
        for (int iteration = 0; iteration < Iterations; iteration++)
        {
            double[] next = new double[direction.Length];
            foreach (double[] point in points)
            {
                double along = Dot(point, direction);
                for (int i = 0; i < next.Length; i++)
                {
                    next[i] += along * point[i];
                }
            }

            double length = Math.Sqrt(Dot(next, next));
            direction = [.. next.Select(value => value / length)];
        }

        return direction;
    }

    private static double[] Without(double[] point, double[] direction)
    {
        double along = Dot(point, direction);
        return [.. point.Select((value, i) => value - (along * direction[i]))];
    }

    private static double Dot(double[] x, double[] y) => x.Zip(y, static (a, b) => a * b).Sum();
}
