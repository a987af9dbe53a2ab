namespace Unroll;

/// <summary>How one network did on some folds.</summary>
/// <param name="Name">Its class.</param>
/// <param name="Parameters">The number of its parameters.</param>
/// <param name="Folds">Loss and metrics on the part of each fold that was kept back, with the weights that training ended with.</param>
/// <param name="Histories">How each training went.</param>
public sealed record CrossValidationScore(string Name, long Parameters, IReadOnlyList<EvaluationResult> Folds, IReadOnlyList<History> Histories)
{
    /// <summary>The mean of a value over the folds.</summary>
    /// <exception cref="KeyNotFoundException">There is no such value; the message lists those there are.</exception>
    public float Mean(string key) => (float)Folds.Average(fold => (double)fold[key]);

    /// <summary>Its standard deviation from fold to fold, with n − 1; 0 for a single fold.</summary>
    /// <exception cref="KeyNotFoundException">There is no such value; the message lists those there are.</exception>
    public float Deviation(string key)
    {
        double mean = Folds.Average(fold => (double)fold[key]);
        double squares = Folds.Sum(fold => (fold[key] - mean) * (fold[key] - mean));
        return Folds.Count < 2 ? 0f : (float)Math.Sqrt(squares / (Folds.Count - 1));
    }

    /// <summary>Name and mean loss.</summary>
    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Name}: loss {Mean("loss")} ± {Deviation("loss")} over {Folds.Count} folds");
}
