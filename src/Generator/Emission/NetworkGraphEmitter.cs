using Unroll.Generator.Planning;

namespace Unroll.Generator.Emission;

/// <summary>Writes the member <c>Graph</c>: made when asked for, so that a program that never asks pays nothing.</summary>
internal static class NetworkGraphEmitter
{
    public const string Type = "global::Unroll.NetworkGraph";

    public static void Write(CodeWriter writer, NetworkPlan plan)
    {
        GraphRows rows = GraphRows.Of(plan);
        writer.Line("/// <summary>Layers, shapes and gradients, to be drawn.</summary>");
        writer.Line(TypeShell.GeneratedCode);
        writer.Line($"public static {Type} Graph => new(");
        using (writer.Indented())
        {
            writer.Line(CSharpLiteral.Of(plan.Network.Model.Header.DisplayName) + ",");
            WriteRows(writer, rows.Layers, "],");
            WriteRows(writer, rows.Gradients, "]);");
        }

        writer.Line();
    }

    private static void WriteRows(CodeWriter writer, IReadOnlyList<GraphRow> rows, string closing)
    {
        writer.Line("[");
        using (writer.Indented())
        {
            foreach (GraphRow row in rows)
            {
                string output = row.Output is null ? "" : $" {{ Output = {CSharpLiteral.Of(row.Output)} }}";
                writer.Line($"new({CSharpLiteral.Of(row.Layer)}, {CSharpLiteral.Of(row.Kind)}, {List(row.Shape.Sizes)}, {List(row.Inputs)}){output},");
            }
        }

        writer.Line(closing);
    }

    private static string List(IEnumerable<int> numbers) => $"[{string.Join(", ", numbers.Select(CSharpLiteral.Of))}]";
}
