using Unroll.Interop;

namespace Unroll.Tool;

/// <summary>The text of a method that calls a network's <c>Predict</c>, which has as many parameters as the network inputs.</summary>
internal static class PredictionText
{
    public const string TypeName = "Unroll.Tool.Trial";
    public const string MethodName = "Predict";

    public static string Of(ImportedNetwork network)
    {
        string type = network.Namespace is null ? network.ClassName : $"{network.Namespace}.{network.ClassName}";
        string call = $"((global::{type})model).Predict({string.Join(", ", network.Inputs.Select(static (_, index) => $"inputs[{index}]"))})";
        string body = network.Outputs.Count == 1
            ? $"return new[] {{ {call} }};"
            : $"var y = {call}; return new[] {{ {string.Join(", ", network.Outputs.Select(static (_, index) => $"y.Item{index + 1}"))} }};";
        return $"namespace Unroll.Tool {{ public static class Trial {{ public static float[][] {MethodName}(global::Unroll.Model model, float[][] inputs) {{ {body} }} }} }}";
    }
}
