using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Unroll.Arguments;
using Unroll.Numerics;
using Unroll.Optimizers;

namespace Unroll;

/// <summary>A rule that turns gradients into new parameters. Derive from it to write your own.</summary>
/// <remarks>
/// An optimizer object holds settings only. Its state ("slots": arrays as long as the parameters) belongs to the model it is compiled
/// into, so one object can serve several models.
/// <para>
/// Every step does, in the order of Keras 3: clip the gradient (one of <see cref="ClipNorm"/>, <see cref="GlobalClipNorm"/>,
/// <see cref="ClipValue"/>), shrink the parameters by <see cref="WeightDecay"/>, apply the rule, update the moving average
/// (<see cref="UseEma"/>). A rule of your own gets all that for free: it sees
/// clipped gradients and shrunk parameters.
/// </para>
/// </remarks>
public abstract class Optimizer
{
    /// <summary>The magnitudes of gradients that are no sign of a training out of control.</summary>
    internal const float LargestGradient = 1e8f;

    /// <summary>The square of <see cref="LargestGradient"/>, which an average of squares does not exceed.</summary>
    internal const float LargestSlot = 1e16f;

    /// <summary>The least that may be added to a divisor in a rule with <see cref="IsBounded"/>.</summary>
    internal const float LeastEpsilon = 1e-8f;

    private float _learningRate;

    /// <summary>Keeps the learning rate.</summary>
    /// <param name="learningRate">A number or a schedule.</param>
    /// <exception cref="ArgumentOutOfRangeException">The learning rate is negative, infinite or NaN.</exception>
    /// <exception cref="ArgumentException">It is the default of its type, which says nothing.</exception>
    protected Optimizer(LearningRate learningRate)
    {
        Schedule = learningRate.Schedule;
        if (Schedule is null)
        {
            LearningRate = learningRate.Number
                ?? throw new ArgumentException("Give a learning rate: a number or a schedule.", nameof(learningRate));
        }
    }

    /// <summary>The step size with which a training begins; under a <see cref="Schedule"/>, its first.</summary>
    /// <remarks>
    /// A setting like the others: what callbacks make of the rate is in <see cref="TrainingContext.LearningRate"/>, and the next
    /// <c>Compile</c> with this object starts from here again. Set here, it applies to the steps to come of every model that this object is
    /// compiled into.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, infinite or NaN.</exception>
    /// <exception cref="InvalidOperationException">
    /// Set: the rate follows a schedule. Read: the schedule returned a rate that is negative, infinite or NaN.
    /// </exception>
    public float LearningRate
    {
        get => RateAt(stepsTaken: 0);
        set
        {
            RequireRate(value);
            _learningRate = value;
        }
    }

    /// <summary>What the learning rate follows; null where it is a number.</summary>
    public LearningRateSchedule? Schedule { get; }

    /// <summary>
    /// Decoupled weight decay (Loshchilov and Hutter, 2017): <c>w −= learningRate·weightDecay·w</c> before each update; 0 is none.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, infinite or NaN.</exception>
    public float WeightDecay
    {
        get;
        init => field = OptimizerArgument.NotNegative(value, nameof(WeightDecay));
    }

    /// <summary>Scales the gradient of each parameter tensor down to at most this L2 norm; null is no limit.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive, or infinite.</exception>
    /// <exception cref="ArgumentException">Another clipping is set.</exception>
    public float? ClipNorm
    {
        get;
        init => field = OptimizerArgument.Clipping(value, nameof(ClipNorm), GlobalClipNorm ?? ClipValue);
    }

    /// <summary>Scales all gradients together down to at most this L2 norm; null is no limit.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive, or infinite.</exception>
    /// <exception cref="ArgumentException">Another clipping is set.</exception>
    public float? GlobalClipNorm
    {
        get;
        init => field = OptimizerArgument.Clipping(value, nameof(GlobalClipNorm), ClipNorm ?? ClipValue);
    }

    /// <summary>Limits each number of the gradient to ±this; null is no limit.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive, or infinite.</exception>
    /// <exception cref="ArgumentException">Another clipping is set.</exception>
    public float? ClipValue
    {
        get;
        init => field = OptimizerArgument.Clipping(value, nameof(ClipValue), ClipNorm ?? GlobalClipNorm);
    }

    /// <summary>Whether an exponential moving average of the parameters is kept, which the model takes at the end of <c>Fit</c>.</summary>
    /// <remarks>
    /// After each step <c>average = EmaMomentum·average + (1 − EmaMomentum)·w</c>; after the first it is w. Epochs are validated and saved
    /// with the parameters themselves. The definition is that of <c>use_ema</c> of <c>keras.optimizers.Optimizer</c>.
    /// </remarks>
    public bool UseEma { get; init; }

    /// <summary>How much of the average is kept in each step, in [0, 1]; 0.99 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside [0, 1] or NaN.</exception>
    public float EmaMomentum
    {
        get;
        init => field = OptimizerArgument.UnitInterval(value, nameof(EmaMomentum));
    } = 0.99f;

    /// <summary>The number of steps after which the model takes the average and trains on from there; null, by default: only at the end.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int? EmaOverwriteFrequency
    {
        get;
        init => field = value is int steps ? Require.AtLeast(1, steps, nameof(EmaOverwriteFrequency)) : null;
    }

    /// <summary>The name under which messages speak of the optimizer: <c>adam</c>.</summary>
    public abstract string Name { get; }

    /// <summary>How many numbers of state each parameter has.</summary>
    public virtual int SlotCount => 0;

    /// <summary>Whether <see cref="Update"/> itself clips, scales and decays, as the loop of the built-in rules does on the way.</summary>
    internal virtual bool PreparesGradients => false;

    /// <summary>
    /// Whether a step of this rule, at a rate of at most 1, stays below 1e30 where gradients stay below <see cref="LargestGradient"/> and
    /// slots below <see cref="LargestSlot"/>. Added to a finite float, such a step leaves it finite: half the spacing of the largest
    /// floats is 1e31.
    /// </summary>
    internal virtual bool IsBounded => false;

    /// <summary>Whether the rule leaves a parameter whose gradient is 0 bit for bit as it is, and its slots.</summary>
    internal virtual bool KeepsWithoutGradient => false;

    /// <summary>Whether parameters that are finite stay so without a check.</summary>
    internal bool StaysFinite(float learningRate) => IsBounded && learningRate <= 1f && WeightDecay <= 1f;

    /// <summary>Name and learning rate, with what is set besides: <c>adam, learning rate 0.001, clip norm 1</c>.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(Name);
        Append(text, "learning rate", Schedule is null ? _learningRate : null);
        text.Append(Schedule is null ? "" : $", learning rate by {Schedule.GetType().Name}");
        Append(text, "weight decay", WeightDecay == 0f ? null : WeightDecay);
        Append(text, "clip norm", ClipNorm);
        Append(text, "global clip norm", GlobalClipNorm);
        Append(text, "clip value", ClipValue);
        Append(text, "moving average", UseEma ? EmaMomentum : null);
        return text.ToString();
    }

    /// <summary>The value slot number <paramref name="slot"/> starts with.</summary>
    public virtual float InitialSlotValue(int slot) => 0f;

    /// <summary>Updates one run of parameters. Runs are independent and may be updated by different threads in any order.</summary>
    public abstract void Update(in OptimizerStep step);

    /// <summary>One whole step of a run: what the trainer calls.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Step(in OptimizerStep step)
    {
        if (PreparesGradients || (WeightDecay == 0f && ClipValue is null && step.GradientScale == 1f))
        {
            Update(step);
        }
        else
        {
            UpdatePrepared(step);
        }
    }

    /// <summary>The learning rate of a step.</summary>
    /// <param name="stepsTaken">The updates done before it.</param>
    [MethodImpl(FirstCall.Optimized)]
    internal float RateAt(long stepsTaken)
    {
        if (Schedule is null)
        {
            return _learningRate;
        }

        float rate = Schedule.At(stepsTaken);
        return float.IsFinite(rate) && rate >= 0f
            ? rate
            : throw new InvalidOperationException(
                $"The learning rate must be finite and not negative, but {Schedule.GetType().Name} returned {rate} for step {stepsTaken}.");
    }

    /// <summary>Refuses what cannot be the learning rate.</summary>
    internal void RequireRate(float value)
    {
        RequireNoSchedule("It cannot be set.");
        if (!float.IsFinite(value) || value < 0f)
        {
            throw new ArgumentOutOfRangeException(nameof(LearningRate), value, "The learning rate must be finite and not negative.");
        }
    }

    /// <summary>Refuses to go on where the learning rate cannot be set.</summary>
    /// <exception cref="InvalidOperationException">The rate follows a schedule.</exception>
    internal void RequireNoSchedule(string consequence)
    {
        if (Schedule is not null)
        {
            throw new InvalidOperationException(
                $"The learning rate of {Name} follows a schedule, {Schedule.GetType().Name}. {consequence} "
                + "Make the optimizer with a number instead.");
        }
    }

    /// <summary>The factor that brings gradients with this sum of squares within the clipping by norm that is set.</summary>
    internal float ScaleForNorm(double sumOfSquares)
    {
        double limit = ClipNorm ?? GlobalClipNorm ?? double.PositiveInfinity;
        double norm = Math.Sqrt(sumOfSquares);
        return norm > limit ? (float)(limit / norm) : 1f;
    }

    private void UpdatePrepared(in OptimizerStep step)
    {
        Span<float> room = stackalloc float[GradientPreparation.ChunkLength];
        for (int start = 0; start < step.Parameters.Length; start += room.Length)
        {
            Update(GradientPreparation.Prepare(step, start, room, ClipValue ?? float.PositiveInfinity, WeightDecay));
        }
    }

    private static void Append(StringBuilder text, string setting, float? value)
    {
        if (value is float present)
        {
            text.Append(CultureInfo.InvariantCulture, $", {setting} {present}");
        }
    }
}
