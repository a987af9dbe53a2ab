using Unroll.Measures;

namespace Unroll;

/// <summary>
/// A loss: how far one prediction is from its target, and the derivative of that number. Derive from it to write your own.
/// </summary>
/// <remarks>
/// A loss sees one vector at a time, the last axis of the network's output. Over a batch, Unroll takes the mean of the vectors
/// (the reduction <c>sum_over_batch_size</c> of Keras 3). Instances hold no state and may be used by several threads at once.
/// </remarks>
public abstract class Loss
{
    /// <summary>The name under which messages speak of the loss, in the snake case of Keras: <c>mean_squared_error</c>.</summary>
    public abstract string Name { get; }

    /// <summary>The loss of one vector and its derivative.</summary>
    /// <param name="prediction">The last axis of the network's output.</param>
    /// <param name="target">The target: as long as the prediction, or of <see cref="TargetSizeFor"/> values.</param>
    /// <param name="gradient">
    /// Receives ∂loss/∂prediction, as long as the prediction; empty when only the value is wanted.
    /// </param>
    /// <returns>The loss of this vector, averaged over its components where the definition says so.</returns>
    public abstract float Evaluate(ReadOnlySpan<float> prediction, ReadOnlySpan<float> target, Span<float> gradient);

    /// <summary>Evaluates the samples of a block all at once, where a loss has a shorter way than <see cref="Evaluate"/> for one after another.</summary>
    /// <remarks>
    /// Called for outputs of one vector a sample whose samples weigh alike in all their values. What a sample is given must not depend on those
    /// beside it: which they are changes with the number of threads.
    /// </remarks>
    /// <param name="rows">The samples, and where losses and gradients go.</param>
    /// <returns>false, the default, where there is no such way: nothing has been written then.</returns>
    public virtual bool EvaluateRows(in LossRows rows) => false;

    /// <summary>The same from the inputs of the last activation; called only where <see cref="FusesWith"/>.</summary>
    /// <param name="rows">The samples; <see cref="LossRows.Gradient"/> receives ∂loss/∂logits.</param>
    /// <returns>false, the default, where there is no such way: nothing has been written then.</returns>
    public virtual bool EvaluateLogitRows(in LossRows rows) => false;

    /// <summary>The number of target values that belong to a prediction of <paramref name="outputs"/> values.</summary>
    public virtual int TargetSizeFor(int outputs) => outputs;

    /// <summary>Looks at one target vector before training starts; the default accepts everything.</summary>
    /// <returns>null, or what is wrong with it: <c>label 12 is not in 0..9</c>.</returns>
    public virtual string? FindFault(ReadOnlySpan<float> target, int outputs) => null;

    /// <summary>
    /// Looks at predictions of the first batch, where the loss does not take the logits: what they show of a mistake becomes a warning.
    /// </summary>
    /// <param name="prediction">The last axis of the network's output.</param>
    /// <returns>null, by default, or what is wrong, with what helps.</returns>
    public virtual string? FindMisuse(ReadOnlySpan<float> prediction) => null;

    /// <summary>The activation that makes probabilities of what the loss takes for logits; null where it takes no logits.</summary>
    internal virtual Activation? LogitsActivation => null;

    /// <summary>Whether each output is an answer of its own, so that the accuracy of several is that of each.</summary>
    internal virtual bool IsBinary => false;

    /// <summary>
    /// Whether this loss takes the logits of a network that ends in <paramref name="head"/>, through <see cref="EvaluateLogits"/>.
    /// </summary>
    /// <remarks>Then the derivative is p − y at the logits, exact where the probability has long rounded to 0 or 1.</remarks>
    public virtual bool FusesWith(Activation head) => false;

    /// <summary>The loss of one vector, computed from the inputs of the last activation; called only where <see cref="FusesWith"/>.</summary>
    /// <param name="logits">The input of the last activation.</param>
    /// <param name="probabilities">Its output.</param>
    /// <param name="target">The target.</param>
    /// <param name="gradient">Receives ∂loss/∂logits; empty when only the value is wanted.</param>
    public virtual float EvaluateLogits(
        ReadOnlySpan<float> logits, ReadOnlySpan<float> probabilities, ReadOnlySpan<float> target, Span<float> gradient) =>
        throw new NotSupportedException($"{Name} does not take logits.");

    /// <summary>The metric that reports this loss: its mean over the vectors, under the loss's name.</summary>
    public virtual Metric ToMetric() => ToMetric(negated: false);

    /// <summary>The same under another name: two losses of one kind, or a short one.</summary>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public Metric ToMetric(string name)
    {
        Metric metric = ToMetric();
        metric.Rename(name);
        return metric;
    }

    /// <param name="negated">Whether the metric is the loss without its minus, so that larger is better.</param>
    private protected Metric ToMetric(bool negated) => new LossMetric(Name, Evaluate, FindFaultOfAny, negated);

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>Lets a loss stand wherever a metric is wanted: <c>Compile(optimizer, loss, new MeanAbsoluteError())</c>.</summary>
    public static implicit operator Metric(Loss loss)
    {
        ArgumentNullException.ThrowIfNull(loss);
        return loss.ToMetric();
    }

    // Of a target of any length, as a metric is given.
    private string? FindFaultOfAny(ReadOnlySpan<float> target, int outputs) => target.Length == TargetSizeFor(outputs)
        ? FindFault(target, outputs)
        : $"it expects {TargetSizeFor(outputs)} target values for {outputs} predicted ones, but got {target.Length}";

    /// <summary>Refuses spans whose lengths do not belong together; call it first in <see cref="Evaluate"/>.</summary>
    /// <exception cref="ArgumentException">A length is not the expected one; the message names both.</exception>
    protected void RequireLengths(ReadOnlySpan<float> prediction, ReadOnlySpan<float> target, ReadOnlySpan<float> gradient)
    {
        if (prediction.IsEmpty)
        {
            throw new ArgumentException($"{Name} needs at least one predicted value, but got none.", nameof(prediction));
        }

        if (target.Length != TargetSizeFor(prediction.Length))
        {
            throw new ArgumentException(
                $"{Name} expects {TargetSizeFor(prediction.Length)} target values for {prediction.Length} predicted ones, "
                + $"but got {target.Length}.",
                nameof(target));
        }

        if (!gradient.IsEmpty && gradient.Length != prediction.Length)
        {
            throw new ArgumentException(
                $"{Name} expects room for {prediction.Length} derivatives or none, but got {gradient.Length}.", nameof(gradient));
        }
    }

    /// <summary>The same check for <see cref="EvaluateLogits"/>.</summary>
    /// <exception cref="ArgumentException">A length is not the expected one; the message names both.</exception>
    protected void RequireLengths(
        ReadOnlySpan<float> logits, ReadOnlySpan<float> probabilities, ReadOnlySpan<float> target, ReadOnlySpan<float> gradient)
    {
        RequireLengths(logits, target, gradient);
        if (probabilities.Length != logits.Length)
        {
            throw new ArgumentException(
                $"{Name} expects a probability for each of {logits.Length} logits, but got {probabilities.Length}.", nameof(probabilities));
        }
    }
}
