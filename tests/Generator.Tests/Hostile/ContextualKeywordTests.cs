using Microsoft.CodeAnalysis.CSharp;
using Unroll.Tests;

namespace Unroll.Generator.Tests.Hostile;

/// <summary>Words that are names in one place and language in another: a class, its neighbour or its namespace may be called so.</summary>
public class ContextualKeywordTests
{
    private const string Layers = "[Network(4)] [Dense(3, Activation.Tanh)]";

    private static readonly string[] s_words =
        SlowTests.SomeOf(SyntaxFacts.GetContextualKeywordKinds().Select(SyntaxFacts.GetText).Concat(["nint", "nuint", "dynamic"]).ToArray());

    [Fact]
    public void ANetworkMayBeCalledAnyOfThem() => HostileBatch.Check(s_words.Select(static word => $"{Layers} public sealed partial class @{word};"), onlyDeclares: true);

    [Theory]
    [InlineData("abstract partial class")]
    [InlineData("partial struct")]
    [InlineData("partial record")]
    [InlineData("partial interface")]
    [InlineData("static partial class")]
    public void ARejectedNetworkMayBeCalledAnyOfThem(string kind) =>
        HostileBatch.Check(s_words.Select(word => $"{Layers} public {kind} @{word};"), onlyDeclares: true);

    [Fact]
    public void ANeighbourMayBeCalledAnyOfThem() =>
        HostileBatch.Check(s_words.Select(static word => $"{Layers} public sealed partial class Net; public static class @{word};"), onlyDeclares: true);

    [Fact]
    public void AnOuterClassMayBeCalledAnyOfThem() =>
        HostileBatch.Check(s_words.Select(static word => $"public static partial class @{word} {{ {Layers} public sealed partial class Net; }}"), onlyDeclares: true);
}
