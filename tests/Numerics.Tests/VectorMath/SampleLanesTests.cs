namespace Unroll.Numerics.Tests;

/// <summary>Rows of samples to groups of sixteen and back, at every way that a row ends.</summary>
public class SampleLanesTests
{
    private const int Group = 16;
    private const float Untouched = -7f;

    public static TheoryData<int, int> Sizes
    {
        get
        {
            var data = new TheoryData<int, int>();
            foreach (int samples in new[] { 1, 2, 7, 15, 16, 17, 33, 64 })
            {
                foreach (int columns in new[] { 1, 2, 3, 4, 5, 6, 7, 8, 11, 16, 17, 30 })
                {
                    data.Add(samples, columns);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void EveryValueGetsToItsLaneAndLanesWithoutASampleAreZero(int samples, int columns)
    {
        foreach (int stride in new[] { columns, Padded(columns) })
        {
            float[] x = Rows(samples, columns, stride);
            float[] y = new float[(Padded(samples) * columns) + 1];
            Array.Fill(y, Untouched);
            SampleLanes.FromRows(ref x[0], ref y[0], (nuint)samples, columns, stride);

            for (int sample = 0; sample < Padded(samples); sample++)
            {
                for (int column = 0; column < columns; column++)
                {
                    Assert.Equal(sample < samples ? Value(sample, column) : 0f, y[Lane(sample, column, columns)]);
                }
            }

            Assert.Equal(Untouched, y[^1]);
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void EveryLaneGetsToItsRowAndPaddingIsZero(int samples, int columns)
    {
        float[] x = new float[Padded(samples) * columns];
        Array.Fill(x, float.NaN);
        for (int sample = 0; sample < samples; sample++)
        {
            for (int column = 0; column < columns; column++)
            {
                x[Lane(sample, column, columns)] = Value(sample, column);
            }
        }

        foreach (int stride in new[] { columns, Padded(columns) })
        {
            float[] y = new float[(samples * stride) + 1];
            Array.Fill(y, Untouched);
            SampleLanes.ToRows(ref x[0], ref y[0], (nuint)samples, columns, stride);

            for (int i = 0; i < samples * stride; i++)
            {
                Assert.Equal(i % stride < columns ? Value(i / stride, i % stride) : 0f, y[i]);
            }

            Assert.Equal(Untouched, y[^1]);
        }
    }

    private static float[] Rows(int samples, int columns, int stride)
    {
        float[] rows = new float[samples * stride];
        Array.Fill(rows, float.NaN);
        for (int sample = 0; sample < samples; sample++)
        {
            for (int column = 0; column < columns; column++)
            {
                rows[(sample * stride) + column] = Value(sample, column);
            }
        }

        return rows;
    }

    private static float Value(int sample, int column) => (sample * 100) + column + 1;

    private static int Padded(int count) => (count + Group - 1) / Group * Group;

    private static int Lane(int sample, int column, int columns) => (((sample / Group * columns) + column) * Group) + (sample % Group);
}
