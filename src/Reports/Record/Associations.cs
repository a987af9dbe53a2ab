namespace Unroll.Reports.Record;

/// <summary>How much of the target each feature tells alone, from 0 to 1.</summary>
internal static class Associations
{
    /// <summary>η², the share of a feature's variance that lies between the classes.</summary>
    public static double[] WithClasses(Dataset data, Head head, int step)
    {
        int classes = head.Classes;
        int size = data.FeatureSize;
        double[] sums = new double[classes * size];
        double[] all = new double[size];
        double[] squares = new double[size];
        int[] counts = new int[classes];
        ReadOnlySpan<float> shift = data.FeaturesOf(0);
        int total = 0;
        for (int row = 0; row < data.Count; row += step)
        {
            int label = head.ClassOf(head.TargetOf(data, row));
            if ((uint)label >= (uint)classes)
            {
                continue;
            }

            total++;
            counts[label]++;
            Span<double> sum = sums.AsSpan(label * size, size);
            ReadOnlySpan<float> features = data.FeaturesOf(row);
            for (int i = 0; i < size; i++)
            {
                double value = features[i] - shift[i];
                sum[i] += value;
                all[i] += value;
                squares[i] += value * value;
            }
        }

        double[] shares = new double[size];
        for (int i = 0; i < size; i++)
        {
            double mean = total == 0 ? 0 : all[i] / total;
            double between = 0;
            for (int label = 0; label < classes; label++)
            {
                double distance = counts[label] == 0 ? 0 : (sums[(label * size) + i] / counts[label]) - mean;
                between += counts[label] * distance * distance;
            }

            shares[i] = Share(between, squares[i] - (total * mean * mean));
        }

        return shares;
    }

    /// <summary>R² of the line through feature and target, the square of their correlation.</summary>
    public static double[] WithNumbers(Dataset data, Head head, int step)
    {
        int size = data.FeatureSize;
        double[] x = new double[size];
        double[] xx = new double[size];
        double[] xy = new double[size];
        double y = 0, yy = 0;
        ReadOnlySpan<float> shift = data.FeaturesOf(0);
        float targetShift = head.TargetOf(data, 0)[0];
        int count = 0;
        for (int row = 0; row < data.Count; row += step, count++)
        {
            double target = head.TargetOf(data, row)[0] - targetShift;
            y += target;
            yy += target * target;
            ReadOnlySpan<float> features = data.FeaturesOf(row);
            for (int i = 0; i < size; i++)
            {
                double value = features[i] - shift[i];
                x[i] += value;
                xx[i] += value * value;
                xy[i] += value * target;
            }
        }

        double[] shares = new double[size];
        double ofTarget = yy - (y * y / count);
        for (int i = 0; i < size; i++)
        {
            double covariance = xy[i] - (x[i] * y / count);
            shares[i] = Share(covariance * covariance, (xx[i] - (x[i] * x[i] / count)) * ofTarget);
        }

        return shares;
    }

    private static double Share(double part, double whole) => whole > 0 ? Math.Min(1, part / whole) : 0;
}
