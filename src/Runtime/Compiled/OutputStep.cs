using System.Runtime.CompilerServices;
using Unroll.Losses;
using Unroll.Memory;
using Unroll.Numerics;

namespace Unroll.Compiled;

/// <summary>One output in a training step: its targets, and the losses of the batch.</summary>
/// <param name="goal">What it is trained for.</param>
/// <param name="capacity">The largest batch.</param>
/// <param name="keepsValues">Whether its values are kept where they are asked for, as they do not stay where they are.</param>
internal sealed class OutputStep(OutputGoal goal, int capacity, bool keepsValues)
{
    // Metrics look at them, and a check of the first batch where the loss does not know what they come of.
    private readonly float[] _values =
        new float[keepsValues && (goal.Metrics.Length > 0 || !goal.FusesHead) ? checked(capacity * goal.Output.SampleStride) : 0];

    private readonly int _vectors = goal.Output.Vectors;
    private readonly int _columns = goal.Output.Columns;
    private readonly int _stride = goal.Output.Stride;
    private readonly int _targetOffset = goal.TargetOffset;
    private readonly int _targetColumns = goal.TargetColumns;
    private readonly int _targetSize = goal.TargetSize;
    private readonly Loss _loss = goal.Loss;
    private readonly float[] _targets = new float[checked(capacity * goal.TargetSize)];
    private readonly float[] _losses = new float[capacity];
    private readonly float[] _mask = new float[goal.Output.HasMask ? checked(capacity * goal.Output.Vectors) : 0];

    // What each vector weighs, where those of a sample may differ.
    private float[] _rowWeights = [];

    public OutputGoal Goal => goal;

    /// <summary>Whether the values of a batch are kept.</summary>
    public bool KeepsValues => _values.Length > 0;

    /// <summary>Whether the loss takes the logits of the last activation.</summary>
    public bool FusesHead { get; } = goal.FusesHead;

    /// <summary>The mean of the losses of the last batch, unweighted by <see cref="OutputGoal.Weight"/>.</summary>
    public float MeanLoss { get; set; }

    /// <summary>The loss of each sample of the batch, times its weight.</summary>
    public ReadOnlySpan<float> Losses(int samples) => _losses.AsSpan(0, samples);

    /// <summary>Makes room for weights of vectors where they differ, before any is evaluated.</summary>
    /// <param name="weightSize">Weights of a sample.</param>
    [MethodImpl(FirstCall.Optimized)]
    public void Prepare(int weightSize)
    {
        int rows = weightSize > 1 || goal.Output.HasMask ? checked(capacity * _vectors) : 0;
        if (_rowWeights.Length != rows)
        {
            _rowWeights = new float[rows];
        }
    }

    /// <summary>Takes in which steps of some samples count.</summary>
    /// <param name="mask">The first sample's.</param>
    /// <param name="weight">What a step weighs that does.</param>
    /// <param name="first">The first sample.</param>
    /// <param name="count">How many.</param>
    /// <param name="weights">Those of the samples, or of their vectors.</param>
    [MethodImpl(FirstCall.Optimized)]
    public void Mask(ref float mask, float weight, int first, int count, ReadOnlySpan<float> weights)
    {
        Span<float> all = _mask.AsSpan(first * _vectors, count * _vectors);
        StepWeights.ReadMask(ref mask, goal.Output, all);
        StepWeights.Fill(_rowWeights.AsSpan(first * _vectors, count * _vectors), weights, all, weight, _vectors);
    }

    /// <summary>Fills ∂(mean loss)/∂output or logits for some samples, and remembers their losses.</summary>
    // Optimized at once wherever it runs: from machine code compiled ahead, a step of a small network takes a tenth longer.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Evaluate(
        ref float logits, ref float output, ref float gradient, int first, int count, ReadOnlySpan<float> weights, float share, bool fromLogits)
    {
        Span<float> rowWeights = _rowWeights.Length == 0 ? [] : _rowWeights.AsSpan(first * _vectors, count * _vectors);
        if (rowWeights.Length > 0 && _mask.Length == 0)
        {
            StepWeights.Fill(rowWeights, weights, [], 1f, _vectors);
        }

        var rows = new LossRows(ref logits, ref gradient)
        {
            Outputs = Rows(ref output, first, count),
            Weights = weights,
            RowWeights = rowWeights,
            Losses = _losses.AsSpan(first, count),
            Share = share * goal.Weight,
        };
        LossEvaluation.Run(_loss, rows, _vectors, fromLogits);
    }

    /// <summary>Keeps the values of some samples.</summary>
    /// <param name="values">The first sample's, and more.</param>
    /// <param name="first">The first sample.</param>
    /// <param name="count">How many.</param>
    public void Keep(ReadOnlySpan<float> values, int first, int count)
    {
        int size = goal.Output.SampleStride;
        values[..(count * size)].CopyTo(_values.AsSpan(first * size));
    }

    /// <summary>What was kept of some samples, with their targets.</summary>
    public OutputRows KeptRows(int first, int count) => Rows(ref _values[first * goal.Output.SampleStride], first, count);

    /// <summary>Copies this output's part of some rows of targets into the places of samples first..</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Gather(ReadOnlySpan<float> targets, int rowSize, ReadOnlySpan<int> order, int first) =>
        RowCopy.Gather(targets, rowSize, order, _targetOffset, _targetSize, _targets.AsSpan(first * _targetSize), _targetSize);

    /// <summary>The targets of some samples.</summary>
    public ReadOnlySpan<float> Targets(int first, int count) => _targets.AsSpan(first * _targetSize, count * _targetSize);

    /// <summary>What the network said of some samples, with their targets.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public OutputRows Rows(ref float output, int first, int count) => new(ref output)
    {
        Count = count * _vectors,
        Columns = _columns,
        Stride = _stride,
        Targets = Targets(first, count),
        Mask = _mask.Length == 0 ? [] : _mask.AsSpan(first * _vectors, count * _vectors),
        TargetColumns = _targetColumns,
    };
}
