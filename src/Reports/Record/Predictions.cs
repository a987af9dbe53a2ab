namespace Unroll.Reports.Record;

/// <summary>What the model says about some samples, held against the truth.</summary>
internal sealed class Predictions
{
    private const int MostRows = 10_000;
    private const int MostWorst = 12;

    private Predictions(Dataset data, float[] outputs, LabelKind kind, int classes, bool ofValidation)
    {
        Outputs = outputs;
        Kind = kind;
        OfValidation = ofValidation;
        Count = data.Count;
        Size = outputs.Length / data.Count;
        float[] errors = new float[data.Count];
        Confusion = new int[classes, classes];
        for (int row = 0; row < data.Count; row++)
        {
            errors[row] = kind == LabelKind.None ? Distance(data.TargetOf(row), OutputOf(row)) : Note(data.TargetOf(row), OutputOf(row));
        }

        int[] order = [.. Enumerable.Range(0, data.Count)];
        Array.Sort([.. errors.Select(static error => -error)], order);
        Worst = [.. order.Take(MostWorst).Where(row => kind == LabelKind.None || errors[row] > 0.5f)
            .Select(row => new WorstSample(row, errors[row], data.FeaturesOf(row).ToArray(), data.TargetOf(row).ToArray(), OutputOf(row).ToArray()))];
        if (kind == LabelKind.None)
        {
            Targets = data.Targets.ToArray();
        }
    }

    public LabelKind Kind { get; }

    public bool OfValidation { get; }

    public int Count { get; }

    /// <summary>The outputs of a sample.</summary>
    public int Size { get; }

    public float[] Outputs { get; }

    /// <summary>The targets of a regression.</summary>
    public float[] Targets { get; } = [];

    /// <summary>How often each class, a row, was answered with each, a column.</summary>
    public int[,] Confusion { get; }

    public int Classes => Confusion.GetLength(0);

    public IReadOnlyList<WorstSample> Worst { get; }

    public static Predictions? Of(TrainingContext context, DataFacts? facts)
    {
        Dataset? data = context.Validation ?? context.Training;
        if (data is null || facts is null || context.Losses.Count != 1)
        {
            return null;
        }

        data = data.Count > MostRows ? data.Take(MostRows) : data;
        float[] outputs = context.Model.Predict(data.Features);
        int size = outputs.Length / data.Count;
        bool fits = facts.Kind switch
        {
            LabelKind.Index or LabelKind.Binary => data.TargetSize == 1 && (facts.Kind == LabelKind.Index || size == 1),
            _ => size == data.TargetSize,
        };
        return fits ? new Predictions(data, outputs, facts.Kind, facts.ClassCounts.Length, context.Validation is not null) : null;
    }

    public int Row(int actual) => Enumerable.Range(0, Classes).Sum(answer => Confusion[actual, answer]);

    private ReadOnlySpan<float> OutputOf(int row) => Outputs.AsSpan(row * Size, Size);

    /// <summary>Counts an answer, and says how far from sure of the truth it is: 0 to 1 for probabilities.</summary>
    private float Note(ReadOnlySpan<float> target, ReadOnlySpan<float> output)
    {
        int actual = DataFacts.ClassOf(target, Kind);
        int answer = output.Length == 1 ? (output[0] > 0.5f ? 1 : 0) : DataFacts.ClassOf(output, LabelKind.OneHot);
        if ((uint)actual >= (uint)Classes || (uint)answer >= (uint)Classes)
        {
            return 0f;
        }

        Confusion[actual, answer]++;
        return output.Length == 1 ? MathF.Abs(actual - output[0]) : 1f - output[actual];
    }

    private static float Distance(ReadOnlySpan<float> target, ReadOnlySpan<float> output)
    {
        float sum = 0;
        for (int i = 0; i < target.Length; i++)
        {
            sum += MathF.Abs(target[i] - output[i]);
        }

        return sum;
    }
}

/// <summary>A sample that the model is far from right about.</summary>
internal sealed record WorstSample(int Row, float Error, float[] Features, float[] Target, float[] Output);
