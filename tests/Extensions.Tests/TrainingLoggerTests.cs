using Microsoft.Extensions.Logging;

namespace Unroll.Extensions.Tests;

public sealed class TrainingLoggerTests
{
    private static readonly Dataset s_data = new([1f, 2f, 3f, 4f], [2f, 4f, 6f, 8f], 4);

    private readonly LogList _log = new();
    private readonly Gate _model = new(seed: 1);

    [Fact]
    public void LogsBeginEpochsAndEnd()
    {
        _model.Compile(new SGD(learningRate: 0.001f), new MeanSquaredError(), new MeanAbsoluteError());
        History history = _model.Fit(s_data, epochs: 2, callbacks: [new TrainingLogger(_log)], verbose: false);
        string[] messages = [.. _log.Of(LogLevel.Information)];

        Assert.Equal(4, messages.Length);
        Assert.Equal("Training of Gate begins, up to 2 epochs", messages[0]);
        Assert.Matches(
            $@"^Epoch 1 of 2 of Gate took \d+\.\d+ s: loss: {history["loss"][0]}, mean_absolute_error: {history["mean_absolute_error"][0]}$", messages[1]);
        Assert.StartsWith("Epoch 2 of 2", messages[2], StringComparison.Ordinal);
        Assert.StartsWith("Training of Gate ends after 2 epochs", messages[3], StringComparison.Ordinal);
    }

    [Fact]
    public void LogsHowATrainingFailsOrIsCancelledAndItsWarnings()
    {
        _model.Compile(new SGD(), new MeanSquaredError());
        var warning = new LambdaCallback(onEpochBegin: static context => context.Warn("careful"));
        var failure = new LambdaCallback(onEpochEnd: static _ => throw new FormatException("broken"));
        Assert.Throws<FormatException>(() => _model.Fit(s_data, callbacks: [new TrainingLogger(_log), warning, failure], verbose: false));
        Assert.Contains("Training of Gate: careful", _log.Of(LogLevel.Warning));
        Assert.Equal("Training of Gate failed in epoch 1 | broken", Assert.Single(_log.Of(LogLevel.Error)));

        using var source = new CancellationTokenSource();
        var cancel = new LambdaCallback(onEpochEnd: _ => source.Cancel());
        Assert.Throws<OperationCanceledException>(
            () => _model.Fit(s_data, epochs: 3, callbacks: [new TrainingLogger(_log), cancel], cancellationToken: source.Token, verbose: false));
        Assert.Contains("Training of Gate was cancelled in epoch 2", _log.Of(LogLevel.Warning));
    }
}
