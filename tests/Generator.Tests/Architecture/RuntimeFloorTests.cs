namespace Unroll.Generator.Tests.Architecture;

/// <summary>The runtime is built in floors, and nothing in it leans on a floor above.</summary>
public sealed class RuntimeFloorTests
{
    private static readonly SourceFile[] s_surroundings =
    [
        SourceFile.Parse("Arguments/Require.cs", "namespace Unroll.Arguments; internal static class Require { public static void That() { } }"),
        SourceFile.Parse("Losses/Loss.cs", "namespace Unroll; public class Loss;"),
        SourceFile.Parse("Running/Step.cs", "namespace Unroll.Running; internal sealed class Step { public Loss Loss => null!; public class Part; }"),
        SourceFile.Parse("Api/Model.cs", "namespace Unroll; public partial class Model { public static Model Make() => new(); public int Size; }"),
    ];

    [Fact]
    public void NothingRunsUp()
    {
        TypeUses uses = TypeUses.OfRuntime;

        Assert.Contains(uses.Files, static file => file.Stage == "Running");
        Assert.Empty(FloorCheck.Violations(uses));
        Assert.Equal(RuntimeFloors.Folders.Order(), uses.Files.Select(static file => file.Stage).Distinct().Order());
    }

    [Theory]
    [InlineData("Running", "class X { Model M; }", "Running must not use Model of Api")]
    [InlineData("Running", "class X { object M = Model.Make(); }", "Running must not use Model of Api")]
    [InlineData("Data", "class X { object M = typeof(Unroll.Running.Step.Part); }", "Data must not use Step of Running")]
    [InlineData("Losses", "using S = Unroll.Running.Step; class X { S s; }", "Losses must not use Step of Running")]
    [InlineData("Data", "class X { Loss L; }", "Data must not use Loss of Losses")]
    [InlineData("Elsewhere", "class X;", "'Elsewhere' is on no floor")]
    [InlineData("Running", "class X { Missing M; }", "'Missing' could not be found")]
    public void AnArrowUpIsFound(string folder, string code, string problem)
    {
        IReadOnlyList<string> violations = Violations(folder, code);

        Assert.Contains(problem, Assert.Single(violations.Select(static line => line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..]).Distinct()), StringComparison.Ordinal);
    }

    [Fact]
    public void AMemberIsAUseOfItsType()
    {
        SourceFile helper = SourceFile.Parse("Running/Helper.cs", "namespace Unroll.Running; static class Helper { public static int Count() => 1; }");
        SourceFile[] files = [.. s_surroundings, helper, SourceFile.Parse("Checks/Probe.cs", "namespace Unroll.Checks; using static Unroll.Running.Helper; class X { int N => Count(); }")];

        Assert.Equal(["Checks/Probe.cs(1): Checks must not use Helper of Running"], FloorCheck.Violations(new TypeUses(files)));
    }

    [Theory]
    [InlineData("Api", "using Unroll.Running; class X { Step S; Loss L; Model M; }")]
    [InlineData("Callbacks", "class X { Model M = Model.Make(); }")]
    [InlineData("Running", "class X { int Model; object Api; string Y => \"Unroll.Model\"; /* Model */ }")]
    public void AnArrowDownIsNot(string folder, string code) => Assert.Empty(Violations(folder, code));

    [Fact]
    public void NamespacesFollowFoldersWhereUsersDoNotLook()
    {
        SourceFile stray = SourceFile.Parse("Running/Stray.cs", "namespace Unroll; internal class Stray; public class Seen;");

        Assert.Equal(["Running/Stray.cs(1): Stray must be in the namespace Unroll.Running"], FloorCheck.Violations(new TypeUses([.. s_surroundings, stray])));

        SourceFile shown = SourceFile.Parse("Running/Shown.cs", "namespace Unroll.Running; public class Shown;");
        Assert.Equal(
            ["Running/Shown.cs(1): Shown must be in the namespace Unroll or Unroll.Compiled or Unroll.Numerics"], FloorCheck.Violations(new TypeUses([.. s_surroundings, shown])));
    }

    private static IReadOnlyList<string> Violations(string folder, string code) =>
        FloorCheck.Violations(new TypeUses([.. s_surroundings, SourceFile.Parse($"{folder}/Probe.cs", $"namespace Unroll.{folder}; {code}")]));
}
