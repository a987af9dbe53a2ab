using System.Runtime.CompilerServices;
using Unroll.Numerics;

namespace Unroll.Runtime.Tests.Measures;

/// <summary>Losses of many samples at once against the same losses of one sample after another.</summary>
public class LossRowsTests
{
    // What surrounds the values of a vector and must neither count nor change; around the logits, the largest of which counts, its opposite.
    private const float Gap = -77f;

    public static TheoryData<Loss, int> Losses()
    {
        var data = new TheoryData<Loss, int>();
        foreach (int columns in (int[])[1, 2, 3, 4, 5, 10, 16])
        {
            data.Add(new MeanSquaredError(), columns);
        }

        foreach (int columns in (int[])[1, 2, 3, 10, 16, 17, 40])
        {
            data.Add(new SparseCategoricalCrossentropy(), columns);
            data.Add(new CategoricalCrossentropy(), columns);
            data.Add(new CategoricalCrossentropy(labelSmoothing: 0.2f), columns);
        }

        data.Add(new BinaryCrossentropy(), 1);
        data.Add(new BinaryCrossentropy(labelSmoothing: 0.2f), 1);
        return data;
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public void AgreeWithOneAfterAnother(Loss loss, int columns)
    {
        foreach (int count in (int[])[1, 3, 16, 37])
        {
            foreach (int gap in (int[])[0, 16])
            {
                AssertAgree(loss, new Sample(loss, columns, count, gap));
            }
        }
    }

    [Fact]
    public void LossesStayExactWhereProbabilitiesHaveRounded()
    {
        var sparse = new Sample([60f, -60f, 1f, 1f], [1f, 0f, 0.5f, 0.5f], [1f, 0f], columns: 2);
        Assert.True(new SparseCategoricalCrossentropy().EvaluateLogitRows(sparse.Rows(gradients: true)));
        Golden.AssertClose(120, sparse.Losses[0], 1e-6, 0, "rounded away");
        Golden.AssertClose(Math.Log(2), sparse.Losses[1], 1e-6, 0, "beside it");

        var categorical = new Sample([60f, -60f], [1f, 0f], [0f, 1f], columns: 2);
        Assert.True(new CategoricalCrossentropy().EvaluateLogitRows(categorical.Rows(gradients: true)));
        Golden.AssertClose(120, categorical.Losses[0], 1e-6, 0, "rounded away");

        var binary = new Sample([60f, 20f], [1f, 1f], [0f, 1f], columns: 1);
        Assert.True(new BinaryCrossentropy().EvaluateLogitRows(binary.Rows(gradients: true)));
        Golden.AssertClose(60, binary.Losses[0], 1e-6, 0, "far off");
        Golden.AssertClose(Math.Exp(-20), binary.Losses[1], 1e-6, 0, "nearly right");
    }

    [Fact]
    public void ANotANumberIsNotLostAndStaysInItsRow()
    {
        float[] logits = [float.NaN, 1f, 1f, 1f];
        float[] probabilities = [float.NaN, float.NaN, 0.5f, 0.5f];
        foreach ((Loss loss, float[] targets) in (ReadOnlySpan<(Loss, float[])>)
            [(new SparseCategoricalCrossentropy(), [1f, 1f]), (new CategoricalCrossentropy(), [0f, 1f, 0f, 1f])])
        {
            var sample = new Sample(logits, probabilities, targets, columns: 2);
            loss.EvaluateLogitRows(sample.Rows(gradients: true));
            Assert.True(float.IsNaN(sample.Losses[0]));
            Golden.AssertClose(Math.Log(2), sample.Losses[1], 1e-6, 0, "the other row");
            Assert.Equal([0.25f, -0.25f], sample.Gradients[16..18]);
        }

        var binary = new Sample([float.NaN, 0f], [float.NaN, 0.5f], [1f, 1f], columns: 1);
        new BinaryCrossentropy().EvaluateLogitRows(binary.Rows(gradients: true));
        Assert.True(float.IsNaN(binary.Losses[0]));
        Golden.AssertClose(Math.Log(2), binary.Losses[1], 1e-6, 0, "the other row");
    }

    [Fact]
    public void TheBitsOfASampleDoNotDependOnThoseBesideIt()
    {
        float[] logits = [1f, 0.3f, 60f, -60f];
        float[] probabilities = [0.668187774f, 0.331812226f, 1f, 0f];
        var loss = new SparseCategoricalCrossentropy();
        var alone = new Sample(logits[..2], probabilities[..2], [1f], columns: 2);
        var beside = new Sample(logits, probabilities, [1f, 1f], columns: 2);
        loss.EvaluateLogitRows(alone.Rows(gradients: true));
        loss.EvaluateLogitRows(beside.Rows(gradients: true));
        Assert.Equal(alone.Losses[0], beside.Losses[0]);
        Assert.NotEqual(loss.EvaluateLogits(logits.AsSpan(0, 2), probabilities.AsSpan(0, 2), [1f], []), alone.Losses[0]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void TheBitsOfFewOutputsDependNeitherOnTheirPlaceNorOnPadding(int columns)
    {
        const int Count = 9;
        var random = new RandomSource(6);
        float[] outputs = [.. Enumerable.Range(0, Count * columns).Select(_ => (float)random.NextNormal())];
        float[] targets = [.. outputs.Select(output => output + (float)random.NextNormal())];
        var loss = new MeanSquaredError();
        var together = new Sample(outputs, outputs, targets, columns, padding: float.NaN);
        Assert.True(loss.EvaluateRows(together.Rows(gradients: true, share: 1f)));
        for (int row = 0; row < Count; row++)
        {
            Range own = (row * columns)..((row + 1) * columns);
            var alone = new Sample(outputs[own], outputs[own], targets[own], columns);
            Assert.True(loss.EvaluateRows(alone.Rows(gradients: true, share: 1f)));
            Assert.Equal(alone.Losses[0], together.Losses[row]);
            Assert.Equal(alone.Gradients, together.Gradients[(row * 16)..((row + 1) * 16)]);
        }
    }

    [Theory]
    [InlineData(2f, "label 2 is not in 0..1")]
    [InlineData(-1f, "label -1 is not in 0..1")]
    [InlineData(0.5f, "label 0.5 is not an integer")]
    [InlineData(float.NaN, "label NaN is not an integer")]
    public void ALabelThatIsNoneIsRefused(float label, string fault)
    {
        var sample = new Sample([1f, 1f], [0.5f, 0.5f], [label], columns: 2);
        var loss = new SparseCategoricalCrossentropy();
        Assert.Contains(fault, Assert.Throws<ArgumentException>(() => loss.EvaluateLogitRows(sample.Rows(gradients: true))).Message);
    }

    [Fact]
    public void SeveralOutputsOfASigmoidGoOneAfterAnother()
    {
        var sample = new Sample([1f, 1f], [0.5f, 0.5f], [0f, 1f], columns: 2);
        Assert.False(new BinaryCrossentropy().EvaluateLogitRows(sample.Rows(gradients: true)));
    }

    /// <summary>A loss of the user's own is safe code: it cannot reach what lies beside the rows.</summary>
    [Theory]
    [InlineData(-1)]
    [InlineData(2)]
    [InlineData(int.MaxValue)]
    public void RowsThatAreNoneAreRefused(int row)
    {
        var sample = new Sample([1f, 1f, 1f, 1f], [0.5f, 0.5f, 0.5f, 0.5f], [0f, 1f, 0f, 1f], columns: 2);
        Assert.Contains("There are 2 rows", Assert.Throws<ArgumentOutOfRangeException>(() => sample.Rows(gradients: true).Gradient(row)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => sample.Rows(gradients: true).Logits(row));
        Assert.Throws<ArgumentOutOfRangeException>(() => sample.Rows(gradients: true).Outputs.Output(row));
        Assert.Throws<ArgumentOutOfRangeException>(() => sample.Rows(gradients: true).Outputs.Target(row));
        Assert.Contains("HasGradients", Assert.Throws<InvalidOperationException>(() => sample.Rows(gradients: false).Gradient(0)).Message, StringComparison.Ordinal);
    }

    private static void AssertAgree(Loss loss, Sample sample)
    {
        bool fused = loss is not MeanSquaredError;
        LossRows rows = sample.Rows(gradients: true);
        Assert.True(fused ? loss.EvaluateLogitRows(rows) : loss.EvaluateRows(rows));

        float[] gradient = new float[sample.Columns];
        for (int row = 0; row < sample.Count; row++)
        {
            OutputRows outputs = rows.Outputs;
            float value = fused
                ? loss.EvaluateLogits(rows.Logits(row), outputs.Output(row), outputs.Target(row), gradient)
                : loss.Evaluate(outputs.Output(row), outputs.Target(row), gradient);
            Golden.AssertClose(value * sample.Weights[row], sample.Losses[row], 2e-6, 2e-6, $"loss {row}");
            for (int i = 0; i < sample.Columns; i++)
            {
                float expected = gradient[i] * sample.Weights[row] * rows.Share;
                Golden.AssertClose(expected, sample.Gradients[(row * sample.Stride) + i], 1e-5, 1e-8, $"gradient {row}, {i}");
            }

            Assert.All(sample.Gradients[((row * sample.Stride) + sample.Columns)..((row * sample.Stride) + outputs.Padded)], x => Assert.Equal(0f, x));
            Assert.All(sample.Gradients[((row * sample.Stride) + outputs.Padded)..((row + 1) * sample.Stride)], x => Assert.Equal(Gap, x));
        }

        float[] losses = [.. sample.Losses];
        float[] gradients = [.. sample.Gradients];
        LossRows without = sample.Rows(gradients: false);
        Assert.True(fused ? loss.EvaluateLogitRows(without) : loss.EvaluateRows(without));
        Assert.Equal(losses, sample.Losses);
        Assert.Equal(gradients, sample.Gradients);
    }

    private sealed class Sample
    {
        private readonly float[] _logits;
        private readonly float[] _outputs;
        private readonly float[] _targets;

        public Sample(Loss loss, int columns, int count, int gap)
            : this(columns, count, gap)
        {
            var random = new RandomSource(5);
            _targets = new float[count * loss.TargetSizeFor(columns)];
            for (int row = 0; row < count; row++)
            {
                Weights[row] = row % 5 == 4 ? 0f : 0.5f + (float)random.NextDouble();
                Span<float> logits = _logits.AsSpan(row * Stride, columns);
                foreach (ref float logit in logits)
                {
                    logit = 3f * (float)random.NextNormal();
                }

                double sum = 0;
                foreach (float logit in logits)
                {
                    sum += Math.Exp(logit);
                }

                for (int i = 0; i < columns; i++)
                {
                    double e = Math.Exp(logits[i]);
                    _outputs[(row * Stride) + i] = (float)(loss is BinaryCrossentropy ? e / (1 + e) : e / sum);
                }

                if (loss is SparseCategoricalCrossentropy)
                {
                    _targets[row] = random.NextInt(columns);
                }
                else
                {
                    // Neither one-hot nor adding up to 1, with both ends among them.
                    foreach (ref float target in _targets.AsSpan(row * columns, columns))
                    {
                        target = random.NextInt(3) switch { 0 => 0f, 1 => 1f, _ => (float)random.NextDouble() };
                    }
                }
            }
        }

        public Sample(float[] logits, float[] outputs, float[] targets, int columns, float padding = 0f)
            : this(columns, logits.Length / columns, gap: 0)
        {
            _targets = targets;
            _outputs.AsSpan().Fill(padding);
            Weights.AsSpan().Fill(1f);
            for (int row = 0; row < Count; row++)
            {
                logits.AsSpan(row * columns, columns).CopyTo(_logits.AsSpan(row * Stride));
                outputs.AsSpan(row * columns, columns).CopyTo(_outputs.AsSpan(row * Stride));
            }
        }

        private Sample(int columns, int count, int gap)
        {
            int padded = (columns + 15) / 16 * 16;
            Columns = columns;
            Count = count;
            Stride = padded + gap;
            _targets = [];
            _logits = new float[count * Stride];
            _logits.AsSpan().Fill(-Gap);
            _outputs = new float[count * Stride];
            Gradients = new float[count * Stride];
            Gradients.AsSpan().Fill(Gap);
            Weights = new float[count];
            Losses = new float[count];
            for (int row = 0; row < count; row++)
            {
                _outputs.AsSpan((row * Stride) + padded, gap).Fill(Gap);
            }
        }

        public int Columns { get; }

        public int Count { get; }

        public int Stride { get; }

        public float[] Gradients { get; }

        public float[] Losses { get; }

        public float[] Weights { get; }

        public LossRows Rows(bool gradients, float? share = null) => new(in _logits[0], ref gradients ? ref Gradients[0] : ref Unsafe.NullRef<float>())
        {
            Outputs = new OutputRows(in _outputs[0])
            {
                Count = Count,
                Columns = Columns,
                Stride = Stride,
                Targets = _targets,
                TargetColumns = _targets.Length / Count,
            },
            Weights = Weights,
            Losses = Losses,
            Share = share ?? 1f / Count,
        };
    }
}
