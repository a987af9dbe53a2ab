using Microsoft.Extensions.Logging;

namespace Unroll.Extensions;

/// <summary>All that is logged.</summary>
internal static partial class Messages
{
    [LoggerMessage(1, LogLevel.Information, "{Model} serves version {Version} of its weights, from {Source}")]
    public static partial void Serves(ILogger logger, string model, int version, string source);

    [LoggerMessage(2, LogLevel.Error, "{Model}: the weights in {Source} are refused, version {Version} still serves")]
    public static partial void Refuses(ILogger logger, Exception exception, string model, string source, int version);

    [LoggerMessage(3, LogLevel.Warning, "{Model}: {Source} is gone, version {Version} of the weights still serves")]
    public static partial void IsGone(ILogger logger, string model, string source, int version);

    [LoggerMessage(4, LogLevel.Warning, "{Model}: what comes in drifts from the reference: {Variables}")]
    public static partial void Drifts(ILogger logger, string model, string variables);

    [LoggerMessage(5, LogLevel.Information, "{Model}: what comes in is as the reference again")]
    public static partial void DriftsNoMore(ILogger logger, string model);

    [LoggerMessage(11, LogLevel.Information, "Training of {Model} begins, up to {Epochs} epochs")]
    public static partial void TrainingBegins(ILogger logger, string model, int epochs);

    [LoggerMessage(12, LogLevel.Information, "Epoch {Epoch} of {Epochs} of {Model} took {Seconds:0.000} s: {Values}")]
    public static partial void EpochEnds(ILogger logger, string model, int epoch, int epochs, double seconds, string values);

    [LoggerMessage(13, LogLevel.Information, "Training of {Model} ends after {Epochs} epochs and {Seconds:0.000} s")]
    public static partial void TrainingEnds(ILogger logger, string model, int epochs, double seconds);

    [LoggerMessage(14, LogLevel.Warning, "Training of {Model} was cancelled in epoch {Epoch}")]
    public static partial void TrainingIsCancelled(ILogger logger, string model, int epoch);

    [LoggerMessage(15, LogLevel.Error, "Training of {Model} failed in epoch {Epoch}")]
    public static partial void TrainingFails(ILogger logger, Exception exception, string model, int epoch);

    [LoggerMessage(16, LogLevel.Warning, "Training of {Model}: {Warning}")]
    public static partial void TrainingWarns(ILogger logger, string model, string warning);
}
