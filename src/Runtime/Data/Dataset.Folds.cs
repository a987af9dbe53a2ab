using Unroll.Data;

namespace Unroll;

/// <content>What parts the rows, to train on some and to measure with the others.</content>
public sealed partial class Dataset
{
    /// <summary>Splits the rows into a first part of <c>⌊Count·firstFraction⌋</c> rows and the rest.</summary>
    /// <param name="firstFraction">The share of the first part, strictly between 0 and 1.</param>
    /// <param name="seed">With a seed the rows are shuffled by it first (a copy); without one they stay in order (no copy).</param>
    /// <exception cref="ArgumentOutOfRangeException">The fraction is not between 0 and 1.</exception>
    /// <exception cref="ArgumentException">One of the parts would be empty.</exception>
    public (Dataset First, Dataset Second) Split(float firstFraction, int? seed = null)
    {
        int first = FirstRows(firstFraction);
        Dataset source = seed is int value ? Shuffle(value) : this;
        return (source.Take(first), source.Skip(first));
    }

    /// <summary>Parts the rows into <paramref name="count"/> folds; each is once the validation part, the others then train.</summary>
    /// <param name="count">The number of folds, 2 to Count. The first <c>Count mod count</c> of them have a row more.</param>
    /// <param name="seed">With a seed the rows are shuffled by it first; without one the folds are runs of rows.</param>
    /// <returns>A pair for each fold, copied when it is asked for.</returns>
    /// <remarks>Definition: <c>sklearn.model_selection.KFold</c>.</remarks>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is not in 2..Count.</exception>
    /// <example><code>
    /// foreach ((Dataset training, Dataset validation) in data.Folds(5, seed: 1))
    /// {
    ///     var model = new Net(seed: 1);
    ///     model.Compile(new Adam(), new MeanSquaredError());
    ///     model.Fit(training, epochs: 20);
    ///     Console.WriteLine(model.Evaluate(validation)["loss"]);
    /// }
    /// </code></example>
    public IEnumerable<(Dataset Training, Dataset Validation)> Folds(int count, int? seed = null)
    {
        RequireFolds(count);
        int[] order = Order(seed);
        int[] folds = new int[Count];
        (int size, int larger) = Math.DivRem(Count, count);
        for (int i = 0; i < order.Length; i++)
        {
            folds[order[i]] = i < larger * (size + 1) ? i / (size + 1) : (i - larger) / size;
        }

        return PartInto(count, order, folds);
    }

    /// <summary>As <see cref="Folds"/>, with each class in every fold in its share of the whole.</summary>
    /// <param name="count">The number of folds, from 2 to the rows of the largest class.</param>
    /// <param name="seed">With a seed the rows are shuffled by it first.</param>
    /// <returns>A pair for each fold, copied when it is asked for.</returns>
    /// <remarks>
    /// The class is the target, or the index of the largest where there are several. A class with fewer rows than folds is in as many
    /// validation parts as it has rows. Definition: <c>sklearn.model_selection.StratifiedKFold</c>.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is not in 2..Count.</exception>
    /// <exception cref="InvalidOperationException">There are no targets.</exception>
    /// <exception cref="ArgumentException">No class has as many rows as there are folds.</exception>
    public IEnumerable<(Dataset Training, Dataset Validation)> StratifiedFolds(int count, int? seed = null)
    {
        RequireFolds(count);
        int[] order = Order(seed);
        return PartInto(count, order, new Stratification(Targets, TargetSize, order).Folds(count, nameof(count)));
    }

    /// <summary>As <see cref="Split"/>, with each class in both parts in its share of the whole.</summary>
    /// <param name="firstFraction">The share of the first part, strictly between 0 and 1.</param>
    /// <param name="seed">With a seed the rows are shuffled by it first; without one the first rows of each class go first.</param>
    /// <returns>The first part, of <c>⌊Count·firstFraction⌋</c> rows, and the rest (copies).</returns>
    /// <remarks>The class is the target, or the index of the largest where there are several.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The fraction is not between 0 and 1.</exception>
    /// <exception cref="InvalidOperationException">There are no targets.</exception>
    /// <exception cref="ArgumentException">A class has a single row, or a part would have fewer rows than there are classes.</exception>
    /// <example><code>(Dataset train, Dataset test) = flowers.StratifiedSplit(0.8f, seed: 1);</code></example>
    public (Dataset First, Dataset Second) StratifiedSplit(float firstFraction, int? seed = null)
    {
        int first = FirstRows(firstFraction);
        int[] order = Order(seed);
        bool[] isFirst = new Stratification(Targets, TargetSize, order).Split(first, nameof(firstFraction));
        return (Select([.. order.Where(row => isFirst[row])]), Select([.. order.Where(row => !isFirst[row])]));
    }

    private int FirstRows(float firstFraction)
    {
        if (!(firstFraction > 0f && firstFraction < 1f))
        {
            throw new ArgumentOutOfRangeException(nameof(firstFraction), firstFraction, "The fraction must be strictly between 0 and 1.");
        }

        int first = (int)Math.Floor(Count * (decimal)firstFraction);
        if (first == 0 || first == Count)
        {
            throw new ArgumentException(
                $"Splitting {Count} rows at {firstFraction} leaves {first} and {Count - first} rows; both parts need at least one.",
                nameof(firstFraction));
        }

        return first;
    }

    private void RequireFolds(int count)
    {
        if (count < 2 || count > Count)
        {
            throw new ArgumentOutOfRangeException(nameof(count), count, $"Expected 2 to {Count} folds, for there are {Count} rows.");
        }
    }

    private IEnumerable<(Dataset Training, Dataset Validation)> PartInto(int count, int[] order, int[] folds)
    {
        for (int fold = 0; fold < count; fold++)
        {
            yield return (Select([.. order.Where(row => folds[row] != fold)]), Select([.. order.Where(row => folds[row] == fold)]));
        }
    }
}
