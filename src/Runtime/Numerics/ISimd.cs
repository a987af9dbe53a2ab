namespace Unroll.Numerics;

/// <summary>
/// What the numeric code needs from a vector of floats, so that one text serves every width. <typeparamref name="V"/> is
/// Vector128, Vector256 or Vector512 of float; the JIT specialises each use and the calls fold into single instructions.
/// </summary>
/// <remarks>Comparisons give lanes of all ones or all zeros; "bits" operations treat a lane as a 32-bit integer.</remarks>
internal interface ISimd<V>
    where V : struct
{
    static abstract int Count { get; }

    static abstract V Zero { get; }

    static abstract V Broadcast(float value);

    static abstract V Load(ref readonly float source, nuint index);

    static abstract void Store(V value, ref float target, nuint index);

    static abstract V Add(V left, V right);

    static abstract V Subtract(V left, V right);

    static abstract V Multiply(V left, V right);

    static abstract V Divide(V left, V right);

    /// <summary>left·right + addend, with one rounding where the processor has the instruction and two elsewhere.</summary>
    static abstract V MultiplyAdd(V left, V right, V addend);

    static abstract V Negate(V value);

    static abstract V Abs(V value);

    static abstract V Sqrt(V value);

    /// <summary>left/right within 2 ulp, for divisors and quotients between 1e-37 and 1e37 in magnitude.</summary>
    static abstract V FastDivide(V left, V right);

    /// <summary>The smaller one; a NaN in <paramref name="value"/> passes through (the one-instruction minimum of x64 and Arm).</summary>
    static abstract V Min(V bound, V value);

    /// <summary>The larger one; a NaN in <paramref name="value"/> passes through.</summary>
    static abstract V Max(V bound, V value);

    static abstract V Equal(V left, V right);

    static abstract V LessThan(V left, V right);

    static abstract V GreaterThan(V left, V right);

    static abstract V GreaterOrEqual(V left, V right);

    static abstract V Select(V mask, V whereSet, V elsewhere);

    static abstract V AndBits(V left, V right);

    static abstract V AddBits(V left, V right);

    static abstract V SubtractBits(V left, V right);

    static abstract V MaxBits(V left, V right);

    /// <summary>The smaller one without signs.</summary>
    static abstract V MinBits(V left, V right);

    static abstract V ShiftLeftBits(V value, int count);

    /// <summary>Copies of the sign bit come in from the left.</summary>
    static abstract V ShiftRightBits(V value, int count);

    /// <summary>The 32-bit integer in each lane, as a float.</summary>
    static abstract V ConvertBits(V integers);

    /// <summary>The sum of the lanes in a fixed order: upper half onto lower half, until one is left.</summary>
    static abstract float Sum(V value);

    /// <summary>The lane that is the largest integer.</summary>
    static abstract float MaxBitsAcross(V value);
}
