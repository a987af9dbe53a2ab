using Unroll.Optimizers;

namespace Unroll.Fitting;

/// <summary>Takes the last rows for validation, before shuffling: <c>split = ⌊n·(1 − f)⌋</c>, as <c>keras.Model.fit</c> does.</summary>
internal static class ValidationSplit
{
    public static (Dataset Training, Dataset? Validation) Apply(Dataset training, Dataset? validation, float fraction)
    {
        if (!(fraction >= 0f && fraction < 1f))
        {
            throw new ArgumentOutOfRangeException("validationSplit", fraction, "The share for validation must be in [0, 1).");
        }

        if (validation is not null || fraction == 0f)
        {
            return (training, validation);
        }

        int split = (int)Math.Floor(training.Count * (1.0 - OptimizerArgument.AsWritten(fraction)));
        if (split == 0 || split == training.Count)
        {
            throw new ArgumentException(
                $"A validation share of {fraction} leaves {split} of {training.Count} rows for training and {training.Count - split} for "
                + "validation; both need at least one.",
                "validationSplit");
        }

        return (training.Take(split), training.Skip(split));
    }
}
