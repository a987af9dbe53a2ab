using System.Globalization;
using Unroll.Arguments;
using Unroll.Measures;

namespace Unroll;

/// <summary>A number watched during training and evaluation, accumulated over samples. Derive from it to write your own.</summary>
public abstract class Metric
{
    private string? _name;
    private int _isTaken;

    /// <summary>
    /// The key in <see cref="History"/> and <see cref="EvaluationResult"/>: <c>accuracy</c>, or what is chosen:
    /// <c>new Precision(0.3f) { Name = "p30" }</c>.
    /// </summary>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public virtual string Name
    {
        get => _name ?? DefaultName;
        init => Rename(value);
    }

    /// <summary>Whether a larger value is better; null where that cannot be said.</summary>
    public virtual bool? HigherIsBetter => null;

    /// <summary>The value over everything seen since <see cref="Reset"/>.</summary>
    public abstract float Result { get; }

    /// <summary>The name where none is chosen; that of the type, unless overridden.</summary>
    protected virtual string DefaultName => GetType().Name;

    /// <summary>Forgets everything seen.</summary>
    public abstract void Reset();

    /// <summary>Looks at one target before anything is learnt; the default accepts everything.</summary>
    /// <param name="target">The target of one vector.</param>
    /// <param name="outputs">The values that are predicted for it.</param>
    /// <returns>null, or what is wrong with it: <c>label 12 is not in 0..9</c>.</returns>
    public virtual string? FindFault(ReadOnlySpan<float> target, int outputs) => null;

    /// <summary>A metric with the same settings that has seen nothing: for an evaluation while the metric itself is in use.</summary>
    /// <remarks>
    /// By default a shallow copy that is <see cref="Reset"/>. Override it where that changes what this one has seen, as where the sums are in
    /// an array.
    /// </remarks>
    protected internal virtual Metric Copy()
    {
        var copy = (Metric)MemberwiseClone();
        copy._isTaken = 0;
        copy.Reset();
        return copy;
    }

    /// <summary>The name and the value.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Name}: {Result}");

    /// <summary>Begins a measurement of a model.</summary>
    /// <param name="isBinary">Whether its loss takes each output for an answer of its own.</param>
    internal virtual void Begin(bool isBinary) => Reset();

    /// <summary>Takes the metric for one measurement.</summary>
    /// <returns>Whether no other has it.</returns>
    internal bool TryTake() => Interlocked.Exchange(ref _isTaken, 1) == 0;

    internal void Release() => Volatile.Write(ref _isTaken, 0);

    internal void Rename(string name) => _name = Require.NotEmpty(name, nameof(Name));

    /// <summary>Adds one vector, the last axis of the network's output.</summary>
    /// <param name="prediction">The prediction.</param>
    /// <param name="target">Its target: as long as the prediction, or one integer class label.</param>
    /// <param name="weight">The sample's weight.</param>
    public abstract void Update(ReadOnlySpan<float> prediction, ReadOnlySpan<float> target, float weight = 1f);

    /// <summary>Shows the sums behind <see cref="Result"/> to what adds them up over processes, and takes theirs.</summary>
    /// <returns>False, without showing anything, where they are not known: then results are averaged.</returns>
    internal virtual bool AddTo(MetricSums sums) => false;

    /// <summary>Adds the vectors that count, each with the weight 1.</summary>
    internal virtual void UpdateRows(in OutputRows rows)
    {
        for (int row = 0; row < rows.Count; row++)
        {
            if (rows.Counts(row))
            {
                Update(rows.Output(row), rows.Target(row));
            }
        }
    }

    /// <summary>Refuses a target that is neither as long as the prediction nor one label.</summary>
    /// <exception cref="ArgumentException">The lengths do not belong together; the message names both.</exception>
    protected void RequireTargetOrLabel(ReadOnlySpan<float> prediction, ReadOnlySpan<float> target)
    {
        if (FaultOfLength(target, prediction.Length) is string fault)
        {
            throw new ArgumentException($"{Name}: {fault}.", nameof(target));
        }
    }

    /// <summary>What is wrong with a target that is neither as long as the prediction nor one label.</summary>
    private protected static string? FaultOfLength(ReadOnlySpan<float> target, int outputs) =>
        outputs > 0 && (target.Length == outputs || target.Length == 1)
            ? null
            : $"it expects as many target values as the {outputs} predicted ones or one label, but got {target.Length}";

    /// <summary>What is wrong with a target that is not as long as the prediction.</summary>
    private protected static string? FaultOfPairs(ReadOnlySpan<float> target, int outputs) =>
        outputs > 0 && target.Length == outputs ? null : $"it expects as many target values as the {outputs} predicted ones, but got {target.Length}";

    /// <summary>What is wrong with a target that names no class.</summary>
    private protected static string? FaultOfClass(ReadOnlySpan<float> target, int outputs, int classes) =>
        FaultOfLength(target, outputs) ?? (target.Length > 1 ? null : ClassTarget.FindFault(target[0], classes));

    /// <summary>Refuses a prediction of another length than those before it.</summary>
    private protected void RequireClasses(int classes, ReadOnlySpan<float> prediction)
    {
        if (prediction.Length != classes)
        {
            throw new ArgumentException(
                $"{Name} has seen predictions of {classes} values so far, but got one of {prediction.Length}.", nameof(prediction));
        }
    }
}
