using Unroll.Generator.Graph.Loops;
using Unroll.Generator.Planning;

namespace Unroll.Generator.Emission.Kernels;

/// <summary>The formulas of a cell as text, for the comment over its kernel.</summary>
internal static class LaneText
{
    public static string Of(LanePlan plan, IReadOnlyList<string> names)
    {
        HashSet<int> fused = LaneFormulas.Fused(plan.Program);
        string[] texts = new string[plan.Program.Nodes.Count];
        for (int node = 0; node < texts.Length; node++)
        {
            texts[node] = TextOf(plan.Program.Nodes[node], texts, names, fused);
        }

        return string.Join("\n", plan.Program.Writes.Select(write => $"{names[write.Operand]}[{write.Part}] = {texts[write.Node]}"));
    }

    public static string SignOf(LaneOperator @operator) => @operator switch
    {
        LaneOperator.Add => "+",
        LaneOperator.Subtract => "-",
        _ => "*",
    };

    // What takes more than a few words is called by the name it has in the code, where it has one.
    private static string TextOf(LaneNode node, string[] texts, IReadOnlyList<string> names, HashSet<int> nameless)
    {
        string Short(int of) => texts[of].Length <= 40 || nameless.Contains(of) ? texts[of] : $"v{of}";
        return node switch
        {
            LaneRead read => $"{names[read.Operand]}[{read.Part}]",
            LaneScalar scalar => names[scalar.Operand],
            LaneConstant constant => CSharpLiteral.Of(constant.Value),
            LaneArithmetic term => $"({Short(term.Left)} {SignOf(term.Operator)} {Short(term.Right)})",
            LaneActivate activate => $"{activate.Function.Kind.ToString().ToLowerInvariant()}({Short(activate.X)})",
            LaneActivateGradient gradient => $"({Short(gradient.Dy)} * {gradient.Function.Kind.ToString().ToLowerInvariant()}'[{Short(gradient.Saved)}])",
            LaneSelect choice => $"({Short(choice.Condition)} ? {Short(choice.Yes)} : {Short(choice.No)})",
            _ => "",
        };
    }
}
