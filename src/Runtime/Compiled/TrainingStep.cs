using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Unroll.Compiled;

/// <summary>The arenas and the loss of one training step, as generated code sees them.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class TrainingStep
{
    private readonly NetworkDescription _network;
    private readonly Arena _parameters;
    private readonly Arena _gradients;
    private readonly Arena _temporaries;
    private readonly Arena _blocks;
    private readonly Loss _loss;
    private readonly float[] _targets;
    private readonly int _targetSize;
    private readonly float[] _weights;
    private readonly float[] _losses;
    private readonly int[] _activityPenalties;

    // The output of a sample: its vectors, their columns and the floats from one to the next.
    private readonly int _vectors;
    private readonly int _columns;
    private readonly int _stride;
    private readonly int _targetColumns;

    internal TrainingStep(NetworkDescription network, Arena parameters, Loss loss, int capacity)
    {
        _network = network;
        _parameters = parameters;
        _loss = loss;
        _gradients = new Arena(network.TrainedFloats);
        _temporaries = new Arena(network.TemporaryFloats);
        int blocks = (capacity + network.BlockSamples - 1) / network.BlockSamples;
        _blocks = new Arena(checked(blocks * network.TrainingBlockFloats));
        _vectors = network.OutputVectors;
        _columns = network.OutputColumns;
        _stride = network.OutputStride;
        _targetColumns = loss.TargetSizeFor(_columns);
        _targetSize = _vectors * _targetColumns;
        _targets = new float[checked(capacity * _targetSize)];
        _weights = new float[capacity];
        _losses = new float[capacity];
        _activityPenalties = [.. network.TrainingPenalties];
        Capacity = capacity;
        FusesHead = network.Head != Activation.Linear && loss.FusesWith(network.Head);
    }

    /// <summary>The arena of the parameters.</summary>
    public ref float Parameters => ref _parameters.Origin;

    /// <summary>The arena of their gradients.</summary>
    public ref float Gradients => ref _gradients.Origin;

    /// <summary>The arena of values without batch axis.</summary>
    public ref float Temporaries => ref _temporaries.Origin;

    /// <summary>The first block.</summary>
    public ref float Blocks => ref _blocks.Origin;

    /// <summary>The samples of this batch.</summary>
    public nuint Samples { get; internal set; }

    /// <summary>One sample's share in a mean over the batch.</summary>
    public float Share => 1f / Samples;

    /// <summary>What random masks depend on: the seed and the number of the step.</summary>
    public ulong Noise { get; internal set; }

    /// <summary>Whether the loss takes the logits of the last activation.</summary>
    public bool FusesHead { get; }

    /// <summary>The largest batch there is room for.</summary>
    internal int Capacity { get; }

    internal Span<float> GradientSpan => _gradients.Span;

    /// <summary>The loss of each sample of the batch, times its weight.</summary>
    internal ReadOnlySpan<float> Losses => _losses.AsSpan(0, (int)Samples);

    /// <summary>Fills ∂(mean loss)/∂output for some samples, and remembers their losses.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void EvaluateLoss(ref float output, ref float gradient, nuint first, nuint samples)
    {
        if (_vectors == 1 && _loss.EvaluateRows(Rows(ref output, ref output, ref gradient, (int)first, (int)samples)))
        {
            return;
        }

        for (int sample = 0; sample < (int)samples; sample++)
        {
            float weight = _weights[(int)first + sample];
            float sum = 0f;
            for (int vector = 0; vector < _vectors; vector++)
            {
                Span<float> slope = Padded(ref gradient, sample, vector);
                sum += _loss.Evaluate(
                    Logical(ref output, sample, vector), Target((int)first + sample, vector), slope[.._columns]);
                Scale(slope, weight);
            }

            _losses[(int)first + sample] = weight * sum / _vectors;
        }
    }

    /// <summary>Fills ∂(mean loss)/∂logits for some samples, and remembers their losses.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void EvaluateLossAtLogits(ref float logits, ref float output, ref float gradient, nuint first, nuint samples)
    {
        if (_vectors == 1 && _loss.EvaluateLogitRows(Rows(ref logits, ref output, ref gradient, (int)first, (int)samples)))
        {
            return;
        }

        for (int sample = 0; sample < (int)samples; sample++)
        {
            float weight = _weights[(int)first + sample];
            float sum = 0f;
            for (int vector = 0; vector < _vectors; vector++)
            {
                Span<float> slope = Padded(ref gradient, sample, vector);
                sum += _loss.EvaluateLogits(
                    Logical(ref logits, sample, vector),
                    Logical(ref output, sample, vector),
                    Target((int)first + sample, vector),
                    slope[.._columns]);
                Scale(slope, weight);
            }

            _losses[(int)first + sample] = weight * sum / _vectors;
        }
    }

    /// <summary>Copies rows of the data into the places of samples first.., which stand in one block.</summary>
    /// <returns>Whether all values are finite.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal bool Gather(in BatchRows rows, int first, int count)
    {
        ReadOnlySpan<float> features = rows.Data.Features;
        ReadOnlySpan<float> targets = rows.Data.Targets;
        ReadOnlySpan<float> weights = rows.Weights.Span;
        ReadOnlySpan<int> order = rows.Order.Span.Slice(first, count);
        int size = _network.InputSize;
        Span<float> block = BlockSpan(first, out int local);
        int stride = _network.TrainingInputStride;
        block = block.Slice(_network.TrainingInput + (local * stride), count * stride);
        Span<float> places = _targets.AsSpan(first * _targetSize, count * _targetSize);
        for (int i = 0; i < order.Length; i++)
        {
            int row = order[i];
            RowCopy.Copy(features.Slice(row * size, size), block.Slice(i * stride, size));
            RowCopy.Copy(targets.Slice(row * _targetSize, _targetSize), places.Slice(i * _targetSize, _targetSize));
            _weights[first + i] = weights.IsEmpty ? 1f : weights[row];
        }

        return FiniteData.Holds(places) && FiniteData.Holds(block, size, stride);
    }

    internal ref float Block(int block) => ref Unsafe.Add(ref _blocks.Origin, block * _network.TrainingBlockFloats);

    /// <summary>What the network said of some samples, which stand in one block.</summary>
    internal OutputRows Outputs(int first, int count)
    {
        Span<float> block = BlockSpan(first, out int local);
        return OutputRows(ref block[_network.TrainingOutput + (local * _vectors * _stride)], first, count);
    }

    /// <summary>The sum of the penalties on the activations of the batch.</summary>
    internal double SumOfPenalties()
    {
        double sum = 0;
        foreach (int offset in _activityPenalties)
        {
            for (int sample = 0; sample < (int)Samples; sample++)
            {
                (int block, int local) = Math.DivRem(sample, _network.BlockSamples);
                sum += _blocks.Span[(block * _network.TrainingBlockFloats) + offset + (local * NetworkDescription.PenaltyStride)];
            }
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private LossRows Rows(ref float logits, ref float outputs, ref float gradients, int first, int count) => new(ref logits, ref gradients)
    {
        Outputs = OutputRows(ref outputs, first, count),
        Weights = _weights.AsSpan(first, count),
        Losses = _losses.AsSpan(first, count),
        Share = Share,
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private OutputRows OutputRows(ref float outputs, int first, int count) => new(ref outputs)
    {
        Count = count * _vectors,
        Columns = _columns,
        Stride = _stride,
        Targets = _targets.AsSpan(first * _targetSize, count * _targetSize),
        TargetColumns = _targetColumns,
    };

    // The mean over all vectors of the batch, not over their weights, as sum_over_batch_size of Keras; padding gets no gradient.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Scale(Span<float> slope, float weight)
    {
        float share = weight / ((int)Samples * _vectors);
        foreach (ref Vector<float> values in MemoryMarshal.Cast<float, Vector<float>>(slope))
        {
            values *= share;
        }

        slope[_columns..].Clear();
    }

    private Span<float> BlockSpan(int sample, out int local)
    {
        (int block, local) = Math.DivRem(sample, _network.BlockSamples);
        return _blocks.Span.Slice(block * _network.TrainingBlockFloats, _network.TrainingBlockFloats);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Span<float> Padded(ref float values, int sample, int vector) =>
        MemoryMarshal.CreateSpan(ref Unsafe.Add(ref values, ((sample * _vectors) + vector) * _stride), _stride);

    private ReadOnlySpan<float> Target(int sample, int vector) =>
        _targets.AsSpan(((sample * _vectors) + vector) * _targetColumns, _targetColumns);

    private ReadOnlySpan<float> Logical(ref float values, int sample, int vector) => Padded(ref values, sample, vector)[.._columns];
}
