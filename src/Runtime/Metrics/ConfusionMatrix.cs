using System.Globalization;
using System.Text;
using Unroll.Measures;

namespace Unroll;

/// <summary>How often each class was answered with each class: rows are the true classes, columns the answers.</summary>
/// <remarks>
/// <para>Target: one label, or as long as the prediction with its largest value at the class. The answer is the index of the largest
/// output; a single output answers 1 above 0.5, else 0. As a number, under the name <c>confusion_matrix</c>, it is the share on the
/// diagonal: the accuracy. Layout as <c>keras.metrics</c>' <c>confusion_matrix</c> (Keras 3).</para>
/// <para>After <c>Evaluate</c> the object that was given to <c>Compile</c> holds the counts of the evaluated data.</para>
/// </remarks>
/// <example><code>
/// var confusion = new ConfusionMatrix();
/// model.Compile(new Adam(), new SparseCategoricalCrossentropy(), confusion);
/// model.Evaluate(test);
/// Console.WriteLine(confusion);
/// </code></example>
public sealed class ConfusionMatrix : Metric
{
    private double[] _counts = [];

    /// <inheritdoc/>
    protected override string DefaultName => "confusion_matrix";

    /// <inheritdoc/>
    public override bool? HigherIsBetter => true;

    /// <summary>The number of classes; 0 before anything was seen.</summary>
    public int Classes { get; private set; }

    /// <inheritdoc/>
    public override float Result
    {
        get
        {
            double right = 0;
            for (int i = 0; i < Classes; i++)
            {
                right += _counts[(i * Classes) + i];
            }

            return right == 0 ? 0f : (float)(right / _counts.Sum());
        }
    }

    /// <summary>The weight of the vectors of class <paramref name="actual"/> answered with <paramref name="predicted"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An index is not in 0..Classes-1.</exception>
    public double this[int actual, int predicted]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)actual, (uint)Classes, nameof(actual));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)predicted, (uint)Classes, nameof(predicted));
            return _counts[(actual * Classes) + predicted];
        }
    }

    /// <inheritdoc/>
    public override string? FindFault(ReadOnlySpan<float> target, int outputs) =>
        FaultOfClass(target, outputs, Math.Max(2, outputs));

    /// <inheritdoc/>
    public override void Reset() => Array.Clear(_counts);

    internal override bool AddTo(MetricSums sums)
    {
        sums.Add(_counts);
        return true;
    }

    /// <inheritdoc/>
    protected internal override Metric Copy() => new ConfusionMatrix { Name = Name };

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">
    /// The target is neither as long as the prediction nor one of its classes, or their number changed.
    /// </exception>
    public override void Update(ReadOnlySpan<float> prediction, ReadOnlySpan<float> target, float weight = 1f)
    {
        RequireTargetOrLabel(prediction, target);
        int classes = Math.Max(2, prediction.Length);
        if (Classes == 0)
        {
            Classes = classes;
            _counts = new double[classes * classes];
        }
        else if (Classes != classes)
        {
            RequireClasses(Classes, prediction);
        }

        int answer = prediction.Length == 1 ? (prediction[0] > 0.5f ? 1 : 0) : Probability.IndexOfLargest(prediction);
        _counts[(ClassTarget.IndexOf(target, classes) * classes) + answer] += weight;
    }

    /// <summary>The matrix as a table, a row for each true class.</summary>
    public override string ToString()
    {
        string[] cells = [.. _counts.Select(count => count.ToString("0.##", CultureInfo.InvariantCulture))];
        int width = cells.Append(Label(Classes)).Max(cell => cell.Length) + 2;
        var table = new StringBuilder("actual \\ predicted\n").Append(' ', width);
        for (int column = 0; column < Classes; column++)
        {
            table.Append(Label(column).PadLeft(width));
        }

        for (int row = 0; row < Classes; row++)
        {
            table.Append('\n').Append(Label(row).PadLeft(width));
            for (int column = 0; column < Classes; column++)
            {
                table.Append(cells[(row * Classes) + column].PadLeft(width));
            }
        }

        return table.ToString();
    }

    private static string Label(int index) => index.ToString(CultureInfo.InvariantCulture);
}
