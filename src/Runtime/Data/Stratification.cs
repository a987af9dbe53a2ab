using Unroll.Measures;

namespace Unroll.Data;

/// <summary>Parts rows class by class, so that each part holds each class in its share of the whole.</summary>
internal sealed class Stratification
{
    private readonly int _count;

    // The rows of each class, in the order they were given; classes in the order they come.
    private readonly List<List<int>> _classes = [];
    private readonly List<float> _labels = [];

    /// <param name="targets">The targets of all rows, row-major.</param>
    /// <param name="targetSize">The values of one.</param>
    /// <param name="order">The rows, in the order in which they are dealt out.</param>
    public Stratification(ReadOnlySpan<float> targets, int targetSize, int[] order)
    {
        if (targetSize == 0)
        {
            throw new InvalidOperationException("The data set has no targets, and so no classes to part its rows by.");
        }

        _count = order.Length;
        var positions = new Dictionary<float, int>();
        foreach (int row in order)
        {
            ReadOnlySpan<float> target = targets.Slice(row * targetSize, targetSize);
            float label = target.Length == 1 ? target[0] : Probability.IndexOfLargest(target);
            if (positions.TryAdd(label, _classes.Count))
            {
                _classes.Add([]);
                _labels.Add(label);
            }

            _classes[positions[label]].Add(row);
        }
    }

    /// <summary>The fold of each row.</summary>
    public int[] Folds(int count, string argument)
    {
        int largest = _classes.Max(static rows => rows.Count);
        if (largest < count)
        {
            throw new ArgumentException(
                $"Expected a class with at least {count} rows, one for each fold, but the largest of {_classes.Count} classes has {largest}.",
                argument);
        }

        // Rows in the order of their classes are dealt out in turn; each class then fills fold after fold with its number of rows.
        int[] folds = new int[_count];
        int dealt = 0;
        foreach (List<int> rows in _classes)
        {
            int next = 0;
            for (int fold = 0; fold < count; fold++)
            {
                int offset = (fold - (dealt % count) + count) % count;
                for (int share = (rows.Count - offset + count - 1) / count; share > 0; share--)
                {
                    folds[rows[next++]] = fold;
                }
            }

            dealt += rows.Count;
        }

        return folds;
    }

    /// <summary>Whether each row is one of the first part, which has <paramref name="first"/> rows.</summary>
    public bool[] Split(int first, string argument)
    {
        if (_classes.FindIndex(static rows => rows.Count < 2) is int single and >= 0)
        {
            throw new ArgumentException(
                $"Expected at least two rows of each class, one for each part, but class {_labels[single]} has one.", argument);
        }

        if (first < _classes.Count || _count - first < _classes.Count)
        {
            throw new ArgumentException(
                $"Expected parts of at least {_classes.Count} rows, one for each class, but they have {first} and {_count - first}.", argument);
        }

        bool[] isFirst = new bool[_count];
        int[] shares = Shares(first);
        for (int i = 0; i < shares.Length; i++)
        {
            foreach (int row in _classes[i].Take(shares[i]))
            {
                isFirst[row] = true;
            }
        }

        return isFirst;
    }

    /// <summary>How many rows of each class the first part takes: its share, rounded so that the sum is right and no part is without.</summary>
    private int[] Shares(int first)
    {
        double[] exact = [.. _classes.Select(rows => (double)rows.Count * first / _count)];
        int[] shares = [.. exact.Select((share, i) => Math.Clamp((int)share, 1, _classes[i].Count - 1))];
        for (int missing = first - shares.Sum(); missing != 0; missing -= Math.Sign(missing))
        {
            int step = Math.Sign(missing);
            int best = -1;
            for (int i = 0; i < shares.Length; i++)
            {
                int next = shares[i] + step;
                bool isPossible = next >= 1 && next <= _classes[i].Count - 1;
                if (isPossible && (best < 0 || step * (exact[i] - shares[i]) > step * (exact[best] - shares[best])))
                {
                    best = i;
                }
            }

            shares[best] += step;
        }

        return shares;
    }
}
