using System.Text.Json;
using System.Text.Json.Nodes;

namespace Unroll.Interop.KerasFiles;

/// <summary>Operations of <c>keras.ops</c>, which stand in functional models as layers do, as the layers that compute the same.</summary>
internal static class Operations
{
    private const string Functions = "keras.src.ops.nn";
    private const string Numbers = "keras.src.ops.numpy";

    private static readonly HashSet<string> s_activations = new(StringComparer.Ordinal)
    {
        "Relu", "Relu6", "Sigmoid", "Softplus", "Softsign", "Silu", "LogSigmoid", "LeakyRelu", "HardSigmoid", "HardSilu", "Elu", "Selu", "Celu", "Gelu",
        "TanhShrink", "HardTanh", "HardShrink", "SoftShrink", "Squareplus", "LogSoftmax",
    };

    /// <summary>Operations of two values.</summary>
    public static bool IsMerge(string className) => className is "Add" or "Subtract" or "Multiply" or "Maximum" or "Minimum";

    /// <summary>Class and arguments of the layer; null where it is no operation that a layer computes.</summary>
    public static (string ClassName, JsonElement Config)? Read(string module, string className, JsonElement config) => (module, className) switch
    {
        (Functions, "Softmax") => (className, config),
        (Functions, _) when s_activations.Contains(className) => Activation(className, config),
        (Numbers, "Tanh") => Activation(className, config),
        (Numbers, "Exp") => Activation("Exponential", config),
        (Numbers, _) when IsMerge(className) => (className, config),
        _ => null,
    };

    private static (string ClassName, JsonElement Config) Activation(string className, JsonElement config)
    {
        var arguments = new JsonObject { ["activation"] = Identifiers.SnakeCase(className) };
        foreach (JsonProperty argument in config.EnumerateObject())
        {
            bool isLastAxis = argument.Name == "axis" && argument.Value.GetRawText() == "-1";
            if (argument.Name == "approximate")
            {
                arguments["activation"] = argument.Value.ValueKind == JsonValueKind.True ? "gelu_tanh" : "gelu";
            }
            else if (!isLastAxis)
            {
                arguments[argument.Name == "threshold" ? "lambda" : argument.Name] = JsonNode.Parse(argument.Value.GetRawText());
            }
        }

        using JsonDocument document = JsonDocument.Parse(arguments.ToJsonString());
        return ("Activation", document.RootElement.Clone());
    }
}
