namespace Unroll.Generator.Tests.Architecture;

/// <summary>Files of the runtime do not use each other in a circle, so that each can be read with those below it alone.</summary>
public sealed class FileCircleTests
{
    [Fact]
    public void TheRuntimeHasNone()
    {
        Assert.Null(TypeUses.OfRuntime.Error);
        Assert.Empty(FileCircles.In(TypeUses.OfRuntime));
    }

    [Theory]
    [InlineData("class B { A a; }", "class C;", "Data/A Data/B")]
    [InlineData("class B { C c; }", "class C { object M() { A a = new(); return a; } }", "Data/A Data/B Data/C")]
    [InlineData("class B { C c; }", "class C { int N => A.Count; }", "Data/A Data/B Data/C")]
    [InlineData("class B { C c; }", "class C { public B b; }", "Data/B Data/C")]
    public void ACircleIsFound(string b, string c, string circle) => Assert.Equal([circle], Circles(("A", "class A { B b; public static int Count; }"), ("B", b), ("C", c)));

    [Theory]
    [InlineData("class B { C c; B b; }", "class C { C c; /* A */ string s = \"A\"; }")]
    [InlineData("partial class B { int N => M; }", "partial class B { int M => N; }", "B.Part")]
    public void WhatRunsOneWayIsNone(string b, string c, string nameOfC = "C") => Assert.Empty(Circles(("A", "class A { B b; }"), ("B", b), (nameOfC, c)));

    [Fact]
    public void EachCircleIsFound() => Assert.Equal(
        ["Data/A Data/B", "Data/C Data/D"],
        Circles(("A", "class A { B b; C c; }"), ("B", "class B { A a; }"), ("C", "class C { D d; }"), ("D", "class D { C c; }")));

    private static IReadOnlyList<string> Circles(params (string Name, string Code)[] files) => FileCircles.In(
        new TypeUses([.. files.Select(static file => SourceFile.Parse($"Data/{file.Name}.cs", $"namespace Unroll.Data; {file.Code}"))]));
}
