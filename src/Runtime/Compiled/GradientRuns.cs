using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Unroll.Numerics;

namespace Unroll.Compiled;

/// <summary>
/// Which gradients of a step may differ from zero: all but those of an embedding's rows that no id of the batch named.
/// </summary>
/// <remarks>
/// A step clears what the one before has touched of the tables, and nothing else of them: they cost what occurs, however long they are.
/// </remarks>
internal sealed class GradientRuns
{
    /// <summary>The floats of the longest run: parameters and gradients fit the nearest cache.</summary>
    public const int Longest = 8192;

    private readonly Table[] _tables;
    private readonly (int First, int Length)[] _all;
    private readonly (int First, int Length)[] _outside;
    private readonly List<(int First, int Length)> _touched = [];
    private bool _touchesAll;

    public GradientRuns(NetworkDescription network)
    {
        _tables = [.. network.Parameters.Where(static parameter => parameter.RowsByInput >= 0).Select(parameter => new Table(network, parameter))];
        _all = Cut(0, network.TrainedFloats);
        _outside = HasTables ? Outside(network.TrainedFloats) : [];
        _touchesAll = !HasTables;
    }

    /// <summary>Whether there is an embedding whose untouched rows are left alone.</summary>
    public bool HasTables => _tables.Length > 0;

    /// <summary>Everything.</summary>
    public ReadOnlySpan<(int First, int Length)> All => _all;

    /// <summary>What may differ from zero, in an order that the batch alone decides.</summary>
    public ReadOnlySpan<(int First, int Length)> Touched => _touchesAll ? _all : CollectionsMarshal.AsSpan(_touched);

    /// <summary>Makes the tables' gradients zero, before a step adds to them.</summary>
    [MethodImpl(FirstCall.Optimized)]
    public void Clear(Span<float> gradients)
    {
        foreach (Table table in _tables)
        {
            table.Clear(gradients, _touchesAll);
        }

        _touched.Clear();
        _touchesAll = !HasTables;
    }

    /// <summary>Notes the rows that the ids of some samples of a batch name.</summary>
    /// <param name="block">The samples, as they were gathered.</param>
    /// <param name="room">How many it has room for.</param>
    /// <param name="samples">How many there are.</param>
    [MethodImpl(FirstCall.Optimized)]
    public void Collect(ReadOnlySpan<float> block, int room, int samples)
    {
        foreach (Table table in _tables)
        {
            for (int sample = 0; sample < samples; sample++)
            {
                table.Collect(block.Slice((table.Ids.TrainingOffset * room) + (sample * table.Ids.TrainingStride), table.Ids.Size));
            }
        }
    }

    /// <summary>All samples of the batch were there.</summary>
    public void Complete()
    {
        if (!HasTables)
        {
            return;
        }

        _touched.AddRange(_outside);
        foreach (Table table in _tables)
        {
            table.AddRuns(_touched);
        }
    }

    /// <summary>The magnitude of the largest gradient; infinity where there is one, NaN where there is one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Largest(ReadOnlySpan<float> gradients) => HasTables ? LargestTouched(gradients) : Magnitude.Largest(gradients);

    [MethodImpl(MethodImplOptions.NoInlining | FirstCall.Optimized)]
    private float LargestTouched(ReadOnlySpan<float> gradients)
    {
        float largest = 0f;
        foreach ((int first, int length) in Touched)
        {
            largest = Math.Max(largest, Magnitude.Largest(gradients.Slice(first, length)));
        }

        return largest;
    }

    /// <summary>Says that the gradients came from elsewhere: any may differ from zero.</summary>
    public void TouchAll() => _touchesAll = true;

    private static (int First, int Length)[] Cut(int first, int end)
    {
        var runs = new (int First, int Length)[(end - first + Longest - 1) / Longest];
        for (int i = 0; i < runs.Length; i++, first += Longest)
        {
            runs[i] = (first, Math.Min(Longest, end - first));
        }

        return runs;
    }

    private (int First, int Length)[] Outside(int end)
    {
        List<(int First, int Length)> runs = [];
        int first = 0;
        foreach (Table table in _tables.OrderBy(static table => table.First))
        {
            runs.AddRange(Cut(first, table.First));
            first = table.First + table.Length;
        }

        runs.AddRange(Cut(first, end));
        return [.. runs];
    }

    private sealed class Table(NetworkDescription network, ParameterDescription parameter)
    {
        private readonly int _rows = parameter.Shape[0];
        private readonly int _stride = parameter.StoredColumns;
        private readonly bool[] _isTouched = new bool[parameter.Shape[0]];
        private readonly List<int> _touched = [];

        public int First => parameter.Offset;

        public int Length => _rows * _stride;

        public InputDescription Ids { get; } = network.Inputs[parameter.RowsByInput];

        public void Clear(Span<float> gradients, bool whole)
        {
            if (whole)
            {
                gradients.Slice(First, Length).Clear();
            }

            foreach (int row in _touched)
            {
                _isTouched[row] = false;
                gradients.Slice(First + (row * _stride), _stride).Clear();
            }

            _touched.Clear();
        }

        public void Collect(ReadOnlySpan<float> ids)
        {
            foreach (float id in ids)
            {
                int row = EmbeddingRows.RowOf(id, _rows);
                if (!_isTouched[row])
                {
                    _isTouched[row] = true;
                    _touched.Add(row);
                }
            }
        }

        public void AddRuns(List<(int First, int Length)> runs)
        {
            foreach (int row in _touched)
            {
                runs.Add((First + (row * _stride), _stride));
            }
        }
    }
}
