using Unroll.Checks;

namespace Unroll;

/// <summary>Ends training quietly when the loss of a batch becomes NaN or infinite, where <c>Fit</c> would otherwise throw.</summary>
/// <remarks>
/// Definition: <c>keras.callbacks.TerminateOnNaN</c> (Keras 3). A warning tells the epoch and the batch, and the parameter that was NaN or infinite before it.
/// </remarks>
/// <example><code>model.Fit(train, epochs: 20, callbacks: [new TerminateOnNaN()]);</code></example>
public sealed class TerminateOnNaN : Callback
{
    /// <inheritdoc/>
    public override void OnBatchEnd(TrainingContext context)
    {
        if (context.Logs.TryGet("loss", out float loss) && !float.IsFinite(loss))
        {
            string cause = ParameterFault.Find(context.Model.Parameters) is { } fault ? $", since before it '{fault.Parameter}' was {fault.Value} at {fault.Place}" : "";
            context.Warn(FormattableString.Invariant(
                $"Epoch {context.Epoch + 1}, batch {context.Batch + 1}: the loss is {loss}{cause}. Training ends."));
            context.StopTraining = true;
        }
    }
}
