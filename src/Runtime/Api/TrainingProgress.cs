namespace Unroll;

/// <summary>How far a training is, for <c>FitAsync</c>.</summary>
public sealed record TrainingProgress
{
    /// <summary>The current epoch, from 0.</summary>
    public required int Epoch { get; init; }

    /// <summary>The number of epochs asked for.</summary>
    public required int Epochs { get; init; }

    /// <summary>The batches of this epoch that are done.</summary>
    public required int Batches { get; init; }

    /// <summary>The number of batches in an epoch; 0 while that is not known.</summary>
    public required int BatchesPerEpoch { get; init; }

    /// <summary>Whether the epoch is over, validation included.</summary>
    public required bool IsEndOfEpoch { get; init; }

    /// <summary>The time spent in this epoch so far.</summary>
    public required TimeSpan EpochTime { get; init; }

    /// <summary>The values so far in this epoch, with those of the validation at its end.</summary>
    public required IReadOnlyDictionary<string, float> Logs { get; init; }

    /// <summary>The share of the whole training that is done, from 0 to 1; early stopping ends it before 1.</summary>
    public double Fraction
    {
        get
        {
            double inEpoch = IsEndOfEpoch ? 1 : BatchesPerEpoch == 0 ? 0 : Math.Min(1.0, (double)Batches / BatchesPerEpoch);
            return (Epoch + inEpoch) / Epochs;
        }
    }

    /// <inheritdoc/>
    public override string ToString() => $"Epoch {Epoch + 1}/{Epochs}, batch {Batches}/{BatchesPerEpoch}: {Logs}";
}
