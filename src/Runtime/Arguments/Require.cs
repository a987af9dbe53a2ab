using System.Runtime.CompilerServices;

namespace Unroll.Arguments;

/// <summary>Checks of constructor arguments; each returns the value, so that it reads as part of the assignment.</summary>
internal static class Require
{
    public static float InUnitInterval(float value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        value is >= 0f and <= 1f ? value : throw OutOfRange(name, value, "in [0, 1]");

    public static float NotNegative(float value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        value >= 0f && float.IsFinite(value) ? value : throw OutOfRange(name, value, "finite and not negative");

    public static float Positive(float value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        value > 0f && float.IsFinite(value) ? value : throw OutOfRange(name, value, "finite and positive");

    public static float Finite(float value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        float.IsFinite(value) ? value : throw OutOfRange(name, value, "finite");

    public static float NotNaN(float value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        !float.IsNaN(value) ? value : throw OutOfRange(name, value, "a number");

    public static int AtLeast(int minimum, int value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        value >= minimum ? value : throw OutOfRange(name, value, $"at least {minimum}");

    public static T Defined<T>(T value, [CallerArgumentExpression(nameof(value))] string name = "")
        where T : struct, Enum =>
        Enum.IsDefined(value) ? value : throw OutOfRange(name, value, $"one of {string.Join(", ", Enum.GetNames<T>())}");

    public static string NotEmpty(string value, [CallerArgumentExpression(nameof(value))] string name = "")
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value, name);
        return value;
    }

    private static ArgumentOutOfRangeException OutOfRange(string name, object value, string expected) =>
        new(name, value, $"{name} must be {expected}.");
}
