using System.Text.Json;

namespace Unroll.Interop.KerasFiles;

/// <summary>Values of a configuration as arguments of an attribute.</summary>
internal static class JsonValues
{
    private static readonly Dictionary<string, string> s_otherNames = new(StringComparer.OrdinalIgnoreCase)
    {
        ["silu"] = nameof(Activation.Swish),
        ["hardsilu"] = nameof(Activation.HardSwish),
    };

    /// <summary>Null where the value is of another type.</summary>
    public static object? Convert(JsonElement value, Type type)
    {
        if (type == typeof(int))
        {
            return Whole(value);
        }

        if (type == typeof(float))
        {
            return Real(value);
        }

        if (type == typeof(bool))
        {
            return value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : null;
        }

        if (type == typeof(int[]))
        {
            object?[] numbers = value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray().Select(Whole)] : [Whole(value)];
            return numbers.All(static number => number is int) ? numbers.Cast<int>().ToArray() : null;
        }

        if (type == typeof(float[]))
        {
            object?[] numbers = value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray().Select(Real)] : [Real(value)];
            return numbers.All(static number => number is float) ? numbers.Cast<float>().ToArray() : null;
        }

        return type.IsEnum && value.ValueKind == JsonValueKind.String ? Member(value.GetString()!, type) : null;
    }

    /// <summary>A member of an enum by its name in snake case.</summary>
    public static object? Member(string name, Type type)
    {
        string plain = name.Replace("_", "", StringComparison.Ordinal);
        plain = s_otherNames.GetValueOrDefault(plain, plain);
        return plain.All(char.IsLetterOrDigit) && !plain.All(char.IsDigit) && Enum.TryParse(type, plain, ignoreCase: true, out object? member) ? member : null;
    }

    private static object? Real(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double number) && float.IsFinite((float)number) ? (float)number : null;

    private static object? Whole(JsonElement value) => value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int number) ? number : null;
}
