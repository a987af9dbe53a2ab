using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Unroll.Generator.Planning;

namespace Unroll.Numerics.Tests.Harness;

/// <summary>
/// Rewrites the checks of generated code so that a field says which machine's kernels run: one compilation then serves all machines.
/// </summary>
internal static class ForcedMachines
{
    /// <summary>The class of the field, one an assembly.</summary>
    public const string TypeName = "Unroll.Generated.ForcedMachine";

    private const string Declaration = """
        namespace Unroll.Generated;

        public static class ForcedMachine
        {
            public static int Choice = -1;
        }
        """;

    public static CSharpCompilation In(CSharpCompilation compilation, Machine[] machines)
    {
        foreach (SyntaxTree tree in compilation.SyntaxTrees.Where(static tree => tree.FilePath.EndsWith(".Schedule.g.cs", StringComparison.Ordinal)))
        {
            string text = Force(tree.ToString(), machines);
            compilation = compilation.ReplaceSyntaxTree(tree, CSharpSyntaxTree.ParseText(text, (CSharpParseOptions)tree.Options, tree.FilePath));
        }

        return compilation.AddSyntaxTrees(
            CSharpSyntaxTree.ParseText(Declaration, (CSharpParseOptions)compilation.SyntaxTrees[0].Options, "ForcedMachine.cs"));
    }

    // The last machine's kernels run wherever the others' do not: it has no check.
    private static string Force(string schedule, Machine[] machines)
    {
        Assert.Equal(Machines.All.Select(static machine => machine.ToString()), SimdMachine.WidestFirst.Select(static machine => machine.Name));
        for (int i = 0; i < machines.Length - 1; i++)
        {
            string guard = $"if ({SimdMachine.WidestFirst[(int)machines[i]].Guard})";
            Assert.Equal(1, Count(schedule, guard));
            schedule = schedule.Replace(guard, $"if (global::{TypeName}.Choice == {i})", StringComparison.Ordinal);
        }

        Assert.DoesNotContain("IsSupported", schedule, StringComparison.Ordinal);
        Assert.DoesNotContain("IsHardwareAccelerated", schedule, StringComparison.Ordinal);
        return schedule;
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;
}
