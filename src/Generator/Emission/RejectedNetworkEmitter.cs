using Unroll.Generator.Model;

namespace Unroll.Generator.Emission;

/// <summary>The members of a class whose network is in error, with bodies that throw: code that uses them compiles, and the one error stands alone.</summary>
internal static class RejectedNetworkEmitter
{
    private const string ExceptionType = "global::System.InvalidOperationException";

    public static EquatableArray<GeneratedFile> Emit(RejectedNetwork network)
    {
        var writer = new CodeWriter();
        string baseList = network.DerivesFromModel ? " : global::Unroll.Model" : "";
        using (TypeShell.Open(writer, network.Header, baseList, $"{network.Header.DisplayName} is not compiled.\n{network.Reason}"))
        {
            // The class may derive from a class, even a network, that has members of these names.
            writer.Line("#pragma warning disable CS0108");
            string raise = $"throw new {ExceptionType}({CSharpLiteral.Of($"{network.Header.DisplayName} is not compiled. {network.Reason}")})";
            WriteConstant(writer, network, "InputSize");
            WriteConstant(writer, network, "OutputSize");
            WriteConstant(writer, network, "ParameterCount");
            WriteMember(writer, network, GeneratedMember.ConstructorName, $"public {network.Header.Name}(int? seed = null) => {raise};");
            WriteMember(writer, network, "Load", $"public static {network.SelfType} Load(string path) => {raise};");
            WriteMember(writer, network, "Graph", $"public static {NetworkGraphEmitter.Type} Graph => {raise};");
            if (network.DerivesFromModel)
            {
                WriteOverrides(writer, network, raise);
            }
        }

        return EquatableArray.Of(new GeneratedFile(network.Header.HintName + ".g.cs", writer.ToString()));
    }

    // 1 rather than 0, so that dividing by the constant is no error of its own.
    private static void WriteConstant(CodeWriter writer, RejectedNetwork network, string name) =>
        WriteMember(writer, network, name, $"public const int {name} = 1;");

    private static void WriteMember(CodeWriter writer, RejectedNetwork network, string name, string declaration)
    {
        if (!network.OmittedMembers.Contains(name, StringComparer.Ordinal))
        {
            writer.Line();
            writer.Line(TypeShell.GeneratedCode);
            writer.Line(declaration);
        }
    }

    private static void WriteOverrides(CodeWriter writer, RejectedNetwork network, string raise)
    {
        foreach (string method in NetworkClassEmitter.Overrides.Where(method =>
            !network.OmittedMembers.Any(name => method.Contains($" {name}("))))
        {
            writer.Line();
            writer.Line("/// <inheritdoc/>");
            writer.Line(TypeShell.GeneratedCode);
            writer.Line(NetworkClassEmitter.Hidden);
            writer.Line($"{method} => {raise};");
        }
    }
}
