using System.Text;

namespace Unroll.Generator.Graph;

/// <summary>A graph as text, a line an operation: <c>%3 = Product(%0, %1) then AddBias : 20 a sample ; dense1 Forward</c>.</summary>
internal static class GraphText
{
    public static string Of(OpGraph graph)
    {
        var text = new StringBuilder();
        foreach (Op op in graph.Ops)
        {
            text.Append(Of(op)).Append('\n');
        }

        foreach (GraphOutput output in graph.Outputs)
        {
            text.Append($"output %{output.Value}");
            text.Append(output.Head is null ? "" : $", {output.Head.Activation} of %{output.Head.Logits}");
            text.Append(output.Mask is null ? "\n" : $", masked by %{output.Mask}\n");
        }

        foreach (ParameterGradient gradient in graph.Gradients)
        {
            text.Append($"gradient of %{gradient.Parameter} is %{gradient.Value}\n");
        }

        foreach (int effect in graph.Effects)
        {
            text.Append($"effect %{effect}\n");
        }

        return text.ToString();
    }

    private static string Of(Op op)
    {
        string inputs = string.Join(", ", op.Inputs.Select(static input => $"%{input}"));
        string details = string.Concat(op.Kind.Details.OfType<string>().Select(static detail => $" {detail}"));
        string scope = op.Scope == OpScope.Sample ? "a sample" : "a step";
        string elements = op.Element == ElementType.WholeNumber ? " whole numbers" : "";
        string kind = op.Kind.GetType().Name;
        return $"%{op.Id} = {kind.Substring(0, kind.Length - "Op".Length)}({inputs}){details} : {op.Shape}{elements} {scope} ; {op.Label.Layer} {op.Label.Role}".TrimEnd();
    }
}
