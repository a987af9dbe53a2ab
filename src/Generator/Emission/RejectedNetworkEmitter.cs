using Unroll.Generator.Model;

namespace Unroll.Generator.Emission;

/// <summary>The members of a class whose network is in error, with bodies that throw: code that uses them compiles, and the one error stands alone.</summary>
internal static class RejectedNetworkEmitter
{
    private const string ExceptionType = "global::System.InvalidOperationException";

    // CS0108, CS0114: a base class of the user's, even a network, may have members of these names. CS0612, CS0618: or constructors that are obsolete.
    private const string DisabledWarnings = "CS0108, CS0114, CS0612, CS0618";

    public static EquatableArray<GeneratedFile> Emit(RejectedNetwork network)
    {
        var writer = new CodeWriter();
        string baseList = network.DerivesFromModel ? " : global::Unroll.Model" : "";
        string preface = $"{network.Header.DisplayName} is not compiled.\n{network.Reason}";
        using (TypeShell.Open(writer, network.Header, baseList, preface, isForOldLanguages: true))
        {
            writer.Line($"#pragma warning disable {DisabledWarnings}");
            string raise = $"throw new {ExceptionType}({CSharpLiteral.Of($"{network.Header.DisplayName} is not compiled. {network.Reason}")})";
            WriteConstant(writer, network, "InputSize");
            WriteConstant(writer, network, "OutputSize");
            WriteConstant(writer, network, "ParameterCount");
            if (network.Constructor.Length > 0)
            {
                WriteMember(writer, $"{network.Constructor} => {raise};");
            }

            WriteMember(writer, network, "Load", $"public static {network.LoadedType} Load(string path) => {raise};");
            if (network.IsPretrained)
            {
                WriteMember(writer, network, "Pretrained", $"public static {network.LoadedType} Pretrained => {raise};");
                WriteMember(writer, network, "LoadPretrained", $"public static {network.LoadedType} LoadPretrained() => {raise};");
                WriteMember(writer, network, "SelfTest", $"public float SelfTest() => {raise};");
            }

            WriteMember(writer, network, "Graph", $"public static {NetworkGraphEmitter.Type} Graph => {raise};");
            foreach (string declaration in network.Ends is { } ends ? DeclarationsOf(ends) : [])
            {
                WriteMember(writer, $"public {declaration} => {raise};");
            }

            foreach (StubMember member in network.ModelMembers)
            {
                WriteMember(writer, $"{member.Signature} {Body(member, raise)}");
            }
        }

        return EquatableArray.Of(new GeneratedFile(network.Header.HintName + ".g.cs", writer.ToString()));
    }

    private static IEnumerable<string> DeclarationsOf(NetworkEnds ends)
    {
        if (ends.IsStreaming)
        {
            yield return "global::Unroll.ModelStream CreateStream()";
        }

        if (ends.Inputs.Count == 1 && ends.HasIds)
        {
            yield return PredictionSignature.OfIds;
            yield return PredictionSignature.OfIdsIntoSpan;
        }

        var signature = new PredictionSignature(ends);
        if (signature.IsNeeded)
        {
            yield return signature.IntoSpans;
            if (signature.IntoArrays is { } intoArrays)
            {
                yield return intoArrays;
            }
        }
    }

    // 1 rather than 0, so that dividing by the constant is no error of its own.
    private static void WriteConstant(CodeWriter writer, RejectedNetwork network, string name) =>
        WriteMember(writer, network, name, $"public const int {name} = 1;");

    private static void WriteMember(CodeWriter writer, RejectedNetwork network, string name, string declaration)
    {
        if (!network.OmittedMembers.Contains(name, StringComparer.Ordinal))
        {
            WriteMember(writer, declaration);
        }
    }

    private static void WriteMember(CodeWriter writer, string declaration)
    {
        writer.Line();
        writer.Line(TypeShell.GeneratedField);
        writer.Line(declaration);
    }

    private static string Body(StubMember member, string raise) => member.Accessors.Count == 0
        ? $"=> {raise};"
        : $"{{ {string.Join(" ", member.Accessors.Select(accessor => $"{accessor} => {raise};"))} }}";
}
