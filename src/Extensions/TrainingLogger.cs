using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Unroll.Extensions;

/// <summary>A callback that logs how a training goes: its begin, each epoch with its values, warnings, and how it ends.</summary>
/// <remarks>Of several processes that train together, only rank 0 logs. The values of an epoch are the property <c>Values</c> of its message.</remarks>
/// <param name="logger">Where to.</param>
/// <example><code>
/// model.Fit(train, epochs: 5, callbacks: [new TrainingLogger(loggerFactory.CreateLogger("Training"))]);
/// </code></example>
public sealed class TrainingLogger(ILogger logger) : Callback
{
    private readonly ILogger _logger = logger ?? throw new ArgumentNullException(nameof(logger));
    private long _start;

    /// <inheritdoc/>
    public override void OnTrainBegin(TrainingContext context)
    {
        _start = Stopwatch.GetTimestamp();
        if (context.IsFirstRank)
        {
            Messages.TrainingBegins(_logger, NameOf(context), context.Epochs);
        }
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(TrainingContext context)
    {
        if (context.IsFirstRank)
        {
            Messages.EpochEnds(_logger, NameOf(context), context.Epoch + 1, context.Epochs, context.EpochTime.TotalSeconds, context.Logs.ToString());
        }
    }

    /// <inheritdoc/>
    public override void OnTrainEnd(TrainingContext context)
    {
        if (context.IsFirstRank)
        {
            Messages.TrainingEnds(_logger, NameOf(context), context.Epoch + 1, Stopwatch.GetElapsedTime(_start).TotalSeconds);
        }
    }

    /// <inheritdoc/>
    public override void OnTrainFailed(TrainingContext context, Exception exception)
    {
        if (!context.IsFirstRank)
        {
            return;
        }

        if (exception is OperationCanceledException)
        {
            Messages.TrainingIsCancelled(_logger, NameOf(context), context.Epoch + 1);
        }
        else
        {
            Messages.TrainingFails(_logger, exception, NameOf(context), context.Epoch + 1);
        }
    }

    /// <inheritdoc/>
    public override void OnWarning(TrainingContext context, string message)
    {
        if (context.IsFirstRank)
        {
            Messages.TrainingWarns(_logger, NameOf(context), message);
        }
    }

    private static string NameOf(TrainingContext context) => context.Model.GetType().Name;
}
