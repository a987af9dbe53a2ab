using Unroll.Shift;

namespace Unroll.Extensions;

/// <summary>How a network serves: what <c>AddUnroll</c> is told.</summary>
/// <example><code>
/// services.AddUnroll&lt;DigitClassifier&gt;(options =>
/// {
///     options.Weights = "digits.safetensors";
///     options.Check = static snapshot => RequireAccuracy(snapshot, 0.95f);
/// });
/// </code></example>
public sealed class UnrollOptions
{
    /// <summary>The weights file, in 32 or 16 bits; null (the default) to serve what the new network predicts, until one is published.</summary>
    public string? Weights { get; set; }

    /// <summary>Whether weights are replaced when the file changes; true by default.</summary>
    public bool ReloadOnChange { get; set; } = true;

    /// <summary>How often to look whether the file has changed; a second by default.</summary>
    /// <remarks>
    /// It is looked at rather than waited for: notifications do not come over network file systems, nor where a container's folder is
    /// replaced by a link.
    /// </remarks>
    public TimeSpan ReloadInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>What weights must stand before they serve, beside what every file must: an exception refuses them. None by default.</summary>
    /// <remarks>Of every file names, shapes and values are checked, and that the network's outputs for a sample of zeros are finite.</remarks>
    public Action<ModelSnapshot>? Check { get; set; }

    /// <summary>The samples that may wait in the queue; 16,384 by default. <c>PredictAsync</c> refuses what is more.</summary>
    public int QueueCapacity { get; set; } = 16_384;

    /// <summary>The most samples of the queue that run together; 256 by default.</summary>
    public int MaxBatchSize { get; set; } = 256;

    /// <summary>The batches that run at the same time; 0, the default, for half of the processors, so that the others read requests.</summary>
    public int Workers { get; set; }

    /// <summary>Is shown every sample and what the network made of it, and the service's health tells when it drifts; none by default.</summary>
    /// <remarks>Who made it disposes of it.</remarks>
    public DriftMonitor? Drift { get; set; }

    /// <summary>Every how many samples the drift monitor is shown one; 1 by default.</summary>
    public int DriftEvery { get; set; } = 1;

    /// <exception cref="ArgumentOutOfRangeException">A number is not what it can be.</exception>
    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(ReloadInterval, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(QueueCapacity);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxBatchSize);
        ArgumentOutOfRangeException.ThrowIfNegative(Workers);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(DriftEvery);
    }
}
