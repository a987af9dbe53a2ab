namespace Unroll.Reports.Record;

/// <summary>What one output of the model says about some samples, held against the truth.</summary>
internal sealed class Predictions
{
    private const int MostRows = 10_000;
    private const int MostWorst = 12;

    private Predictions(Dataset data, float[] rows, Head head, bool ofValidation)
    {
        Head = head;
        OfValidation = ofValidation;
        Count = data.Count;
        int size = rows.Length / data.Count;
        Outputs = new float[data.Count * head.Size];
        Targets = new float[data.Count * head.TargetSize];
        float[] errors = new float[data.Count];
        Confusion = new int[head.Classes, head.Classes];
        for (int row = 0; row < data.Count; row++)
        {
            rows.AsSpan((row * size) + head.Offset, head.Size).CopyTo(Outputs.AsSpan(row * head.Size));
            head.TargetOf(data, row).CopyTo(Targets.AsSpan(row * head.TargetSize));
            errors[row] = Kind == LabelKind.None ? Distance(TargetOf(row), OutputOf(row)) : Note(TargetOf(row), OutputOf(row));
        }

        int[] order = [.. Enumerable.Range(0, data.Count)];
        Array.Sort([.. errors.Select(static error => -error)], order);
        Worst = [.. order.Take(MostWorst).Where(row => Kind == LabelKind.None || errors[row] > 0.5f)
            .Select(row => new WorstSample(row, errors[row], data.FeaturesOf(row).ToArray(), TargetOf(row).ToArray(), OutputOf(row).ToArray()))];
    }

    public Head Head { get; }

    public LabelKind Kind => Head.Kind;

    public bool OfValidation { get; }

    public int Count { get; }

    /// <summary>What the output says, sample after sample.</summary>
    public float[] Outputs { get; }

    public float[] Targets { get; }

    /// <summary>How often each class, a row, was answered with each, a column.</summary>
    public int[,] Confusion { get; }

    public int Classes => Confusion.GetLength(0);

    public IReadOnlyList<WorstSample> Worst { get; }

    /// <summary>Those of each output that can be held against its targets.</summary>
    public static IReadOnlyList<Predictions> Of(TrainingContext context, IReadOnlyList<Head> heads)
    {
        Dataset? data = context.Validation ?? context.Training;
        if (data is null || data.TargetSize == 0)
        {
            return [];
        }

        data = data.Count > MostRows ? data.Take(MostRows) : data;
        float[] rows = context.Model.Predict(data.Features);
        return [.. heads.Where(Fits).Select(head => new Predictions(data, rows, head, context.Validation is not null))];
    }

    public int Row(int actual) => Enumerable.Range(0, Classes).Sum(answer => Confusion[actual, answer]);

    private static bool Fits(Head head) => head.Kind switch
    {
        LabelKind.Index => head.IsClassifier,
        LabelKind.Binary => head.Size == 1,
        _ => head.Size == head.TargetSize,
    };

    private ReadOnlySpan<float> OutputOf(int row) => Outputs.AsSpan(row * Head.Size, Head.Size);

    private ReadOnlySpan<float> TargetOf(int row) => Targets.AsSpan(row * Head.TargetSize, Head.TargetSize);

    /// <summary>Counts an answer, and says how far from sure of the truth it is: 0 to 1 for probabilities.</summary>
    private float Note(ReadOnlySpan<float> target, ReadOnlySpan<float> output)
    {
        int actual = Head.ClassOf(target);
        int answer = Head.AnswerOf(output);
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
