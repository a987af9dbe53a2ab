using Unroll.Generator.Model;

namespace Unroll.Generator.Planning.Calls;

/// <summary>One argument of a <see cref="Call"/>.</summary>
internal abstract record CallArgument
{
    /// <summary>A reference to a value.</summary>
    /// <param name="Value">The operation that computes it.</param>
    /// <param name="Place">The memory it lies in.</param>
    /// <param name="Samples">How far behind the value's own place the first sample is; in the caller's row, behind its beginning.</param>
    public sealed record Buffer(int Value, MemoryPlace Place, Offset Samples) : CallArgument;

    /// <summary>A whole number: a constant, or a multiple of what the method gets.</summary>
    public sealed record Count(Offset Value) : CallArgument;

    /// <summary>The smaller of two numbers.</summary>
    public sealed record Least(Offset Value, int Limit) : CallArgument;

    public sealed record Number(float Value) : CallArgument;

    public sealed record List(EquatableArray<int> Values) : CallArgument;

    /// <summary>Something of the training step that is no number of samples: <c>step.Noise</c>.</summary>
    public sealed record OfStep(string Member) : CallArgument;

    /// <summary>How many groups of so many samples there are, the last of which may have room left.</summary>
    public sealed record Groups(Offset Samples, int Size) : CallArgument;

    /// <summary>Where a part of so many begins, of those that the method is told to share it by.</summary>
    /// <param name="Whole">How many are shared.</param>
    /// <param name="Behind">0 for the part that the method gets, 1 for the next, which begins where it ends.</param>
    public sealed record PartStart(int Whole, int Behind) : CallArgument;

    /// <summary>Whether a number is odd.</summary>
    public sealed record IsOdd(Offset Value) : CallArgument;

    /// <summary>Yes or no, as the method is told.</summary>
    public sealed record Flag(string Parameter) : CallArgument;

    /// <summary>A variable of the method, which the call sets or changes.</summary>
    public sealed record Local(string Name, bool IsNew) : CallArgument;

    public static implicit operator CallArgument(int value) => new Count(value);

    public static implicit operator CallArgument(Offset value) => new Count(value);

    public static implicit operator CallArgument(float value) => new Number(value);

    public static implicit operator CallArgument(EquatableArray<int> values) => new List(values);
}
