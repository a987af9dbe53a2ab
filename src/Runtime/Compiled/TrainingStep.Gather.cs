using System.Runtime.CompilerServices;
using Unroll.Data;
using Unroll.Memory;
using Unroll.Numerics;

namespace Unroll.Compiled;

/// <content>What brings samples into the block.</content>
public sealed partial class TrainingStep
{
    /// <summary>Begins a batch.</summary>
    [MethodImpl(FirstCall.Optimized)]
    internal void Prepare(in BatchRows rows)
    {
        _batch = rows.Count;
        _penaltySums.AsSpan().Clear();
        _weightSize = rows.WeightSize;
        if (_weights.Length < Capacity * _weightSize)
        {
            _weights = new float[checked(Capacity * _weightSize)];
            _areWeightsOne = false;
        }

        // Nothing else writes to them: where no batch has weights they are set once.
        if (rows.Weights.IsEmpty && !_areWeightsOne)
        {
            _weights.AsSpan().Fill(1f);
        }

        _areWeightsOne = rows.Weights.IsEmpty;
        foreach (OutputStep output in _outputs)
        {
            output.Prepare(_weightSize);
        }
    }

    /// <summary>Turns to samples first.. of the batch, as many as there is room for.</summary>
    internal void Take(int first)
    {
        _first = first;
        _samples = Math.Min(_room, _batch - first);
    }

    /// <summary>Copies rows of the data into the places of samples first..</summary>
    /// <returns>Whether all values are finite.</returns>
    [MethodImpl(FirstCall.Optimized)]
    internal bool Gather(in BatchRows rows, int first, int count)
    {
        ReadOnlySpan<int> order = rows.Order.Span.Slice(first, count);
        Span<float> block = _block.Span;
        int local = first - _first;
        foreach (InputDescription input in _inputs)
        {
            Span<float> places = block[((input.TrainingOffset * _room) + (local * input.TrainingStride))..];
            RowCopy.Gather(rows.Data.Features, rows.Data.FeatureSize, order, input.RowOffset, input.Size, places, input.TrainingStride);
        }

        foreach (OutputStep output in _outputs)
        {
            output.Gather(rows.Data.Targets, rows.Data.TargetSize, order, first);
        }

        if (!_areWeightsOne)
        {
            GatherWeights(rows.Weights.Span, order, first);
        }

        return AreFinite(block, local, first, count);
    }

    [MethodImpl(MethodImplOptions.NoInlining | FirstCall.Optimized)]
    private void GatherWeights(ReadOnlySpan<float> weights, ReadOnlySpan<int> order, int first) => RowCopy.Gather(
        weights, _weightSize, order, 0, _weightSize, _weights.AsSpan(first * _weightSize, order.Length * _weightSize), _weightSize);

    // As gathered, while it is still in the nearest cache.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool AreFinite(ReadOnlySpan<float> block, int local, int first, int count)
    {
        foreach (OutputStep output in _outputs)
        {
            if (!Magnitude.AreFinite(output.Targets(first, count)))
            {
                return false;
            }
        }

        foreach (InputDescription input in _inputs)
        {
            int start = (input.TrainingOffset * _room) + (local * input.TrainingStride);
            if (!Magnitude.AreFinite(block.Slice(start, count * input.TrainingStride), input.Size, input.TrainingStride))
            {
                return false;
            }
        }

        return true;
    }
}
