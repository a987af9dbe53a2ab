using System.Text.Json;

namespace Unroll.Interop.KerasFiles;

/// <summary>How a layer of Keras becomes an attribute.</summary>
/// <param name="Attribute">The attribute's class. Arguments are matched by name: <c>use_bias</c> is <c>UseBias</c>.</param>
internal sealed record KerasRule(Type Attribute)
{
    private static readonly IReadOnlyDictionary<string, string> s_none = new Dictionary<string, string>();

    /// <summary>The parameters in the order of the file's variables, from the layer's arguments.</summary>
    public Func<JsonElement, IEnumerable<string>> Weights { get; init; } = static _ => [];

    /// <summary>Arguments, or parameters in <c>alpha_initializer</c>, that the attribute calls otherwise.</summary>
    public IReadOnlyDictionary<string, string> Names { get; init; } = s_none;

    /// <summary>Arguments with a number for each axis, which one number stands for where they are equal.</summary>
    public IReadOnlyList<string> PerAxis { get; init; } = [];

    /// <summary>Arguments of which one value alone can be represented.</summary>
    public IReadOnlyList<KerasRequirement> Requires { get; init; } = [];

    /// <summary>Arguments that are read otherwise than by name.</summary>
    public Action<LayerReading>? Read { get; init; }

    /// <summary>The arguments <see cref="Read"/> has taken care of.</summary>
    public IReadOnlyList<string> ReadArguments { get; init; } = [];
}

/// <param name="Argument">Its name in the file.</param>
/// <param name="Holds">Whether a value, never null, can be represented.</param>
/// <param name="Why">What is expected.</param>
/// <param name="Instead">What would do.</param>
internal sealed record KerasRequirement(string Argument, Func<JsonElement, KerasLayer, bool> Holds, string Why, string Instead)
{
    /// <summary>The axis of what is normalized: the last.</summary>
    public static readonly KerasRequirement LastAxis = new(
        "axis", IsLast, "it works along the last axis", "put the axis last with Permute before the layer and back after it");

    public static KerasRequirement Off(string argument) => new(
        argument,
        static (value, _) => value.ValueKind is JsonValueKind.False || (value.ValueKind == JsonValueKind.Number && value.GetDouble() == 0),
        "there is no such argument",
        $"save the model without {argument}");

    public static KerasRequirement Absent(string argument, string instead) => new(argument, static (_, _) => false, "there is no such argument", instead);

    private static bool IsLast(JsonElement value, KerasLayer layer)
    {
        JsonElement axis = value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 1 ? value[0] : value;
        return axis.ValueKind == JsonValueKind.Number && axis.TryGetInt32(out int number) && (number == -1 || (number > 0 && number == layer.InputRank - 1));
    }
}
