using System.Globalization;

namespace Unroll.Fitting;

/// <summary>How far a <c>Fit</c> is: what it needs beside model, optimizer and history to go on.</summary>
/// <param name="backupParts">What of the callbacks belongs into a backup.</param>
/// <param name="optimizer">Its settings.</param>
internal sealed class FitProgress(IReadOnlyList<BackupPart> backupParts, Optimizer optimizer)
{
    // Only a backup asks: a schedule of the user's may note each step it is asked for.
    private readonly Lazy<string> _learningRateSetting = new(() => Describe(optimizer));

    /// <summary>The epoch to run next, from 0.</summary>
    public required int NextEpoch { get; set; }

    /// <summary>Of shuffling and noise.</summary>
    public required ulong Seed { get; set; }

    /// <summary>What the training is with: the samples to learn from and those of the validation.</summary>
    public required Lazy<string> Data { get; init; }

    /// <summary>The learning rate that was chosen; of a schedule, its name and some of its values.</summary>
    public string LearningRateSetting => _learningRateSetting.Value;

    public IReadOnlyList<BackupPart> BackupParts => backupParts;

    private static string Describe(Optimizer optimizer) => optimizer.Schedule is null
        ? optimizer.LearningRate.ToString("R", CultureInfo.InvariantCulture)
        : string.Create(
            CultureInfo.InvariantCulture,
            $"{optimizer.Schedule.GetType().Name} {optimizer.RateAt(0):G4}, {optimizer.RateAt(1_000):G4}, {optimizer.RateAt(100_000):G4}");
}
