using System.Runtime.CompilerServices;

namespace Unroll.Compiled;

/// <content>What brings samples into the block.</content>
public sealed partial class TrainingStep
{
    /// <summary>Begins a batch.</summary>
    internal void Prepare(in BatchRows rows)
    {
        _batch = rows.Count;
        _penaltySums.AsSpan().Clear();
        _weightSize = rows.WeightSize;
        if (_weights.Length < Capacity * _weightSize)
        {
            _weights = new float[checked(Capacity * _weightSize)];
        }

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
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal bool Gather(in BatchRows rows, int first, int count)
    {
        ReadOnlySpan<float> features = rows.Data.Features;
        ReadOnlySpan<float> targets = rows.Data.Targets;
        ReadOnlySpan<float> weights = rows.Weights.Span;
        ReadOnlySpan<int> order = rows.Order.Span.Slice(first, count);
        int featureSize = rows.Data.FeatureSize;
        int targetSize = rows.Data.TargetSize;
        Span<float> block = _block.Span;
        int local = first - _first;
        for (int i = 0; i < order.Length; i++)
        {
            int row = order[i];
            ReadOnlySpan<float> sample = features.Slice(row * featureSize, featureSize);
            foreach (InputDescription input in _inputs)
            {
                int place = (input.TrainingOffset * _room) + ((local + i) * input.TrainingStride);
                RowCopy.Copy(sample.Slice(input.RowOffset, input.Size), block.Slice(place, input.Size));
            }

            ReadOnlySpan<float> target = targets.Slice(row * targetSize, targetSize);
            foreach (OutputStep output in _outputs)
            {
                output.Gather(target, first + i);
            }

            Span<float> own = _weights.AsSpan((first + i) * _weightSize, _weightSize);
            if (weights.IsEmpty)
            {
                own.Fill(1f);
            }
            else
            {
                weights.Slice(row * _weightSize, _weightSize).CopyTo(own);
            }
        }

        return AreFinite(block, local, first, count);
    }

    // As gathered, while it is still in the nearest cache.
    private bool AreFinite(ReadOnlySpan<float> block, int local, int first, int count)
    {
        foreach (OutputStep output in _outputs)
        {
            if (!FiniteData.Holds(output.Targets(first, count)))
            {
                return false;
            }
        }

        foreach (InputDescription input in _inputs)
        {
            int start = (input.TrainingOffset * _room) + (local * input.TrainingStride);
            if (!FiniteData.Holds(block.Slice(start, count * input.TrainingStride), input.Size, input.TrainingStride))
            {
                return false;
            }
        }

        return true;
    }
}
