using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using Unroll.Compiled;
using Unroll.Generator.Emission;

namespace Unroll.Generator.Tests.Emission;

/// <summary>Generated code carries the number of the runtime it was made for, and runs on no other.</summary>
public sealed class RuntimeContractTests
{
    [Fact]
    public void GeneratorAndRuntimeAgree() => Assert.Equal(Contract.Version, RuntimeContract.Version);

    [Fact]
    public void ANetworkOfThisGeneratorCanBeCreated() => Assert.Equal(2, ((Unroll.Model)Create(static text => text)).Predict([1f, 2f]).Length);

    [Fact]
    public void ANetworkOfAnotherGeneratorIsRefused()
    {
        string current = $"Contract.Require({RuntimeContract.Version},";

        Exception? refusal = Record.Exception(() => Create(text => text.Replace(current, "Contract.Require(99,", StringComparison.Ordinal)));

        refusal = Assert.IsType<TargetInvocationException>(refusal).InnerException;
        Assert.StartsWith(
            "Shop.Net was compiled by a newer version of Unroll than the one this program runs on (contract 99 there,",
            Assert.IsType<InvalidOperationException>(refusal).Message,
            StringComparison.Ordinal);
        Assert.Contains("Build Consumer again", refusal.Message, StringComparison.Ordinal);
    }

    private static object Create(Func<string, string> change)
    {
        Compilation compilation = GeneratorHarness.Run(GeneratorHarness.InShop("[Network(2)] [Dense(2)] public partial class Net;")).Compilation;
        foreach (SyntaxTree tree in compilation.SyntaxTrees)
        {
            compilation = compilation.ReplaceSyntaxTree(
                tree, CSharpSyntaxTree.ParseText(change(tree.ToString()), (CSharpParseOptions)tree.Options, tree.FilePath));
        }

        using var image = new MemoryStream();
        EmitResult result = compilation.Emit(image, cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(result.Success);
        image.Position = 0;
        return Activator.CreateInstance(new AssemblyLoadContext("consumer").LoadFromStream(image).GetType("Shop.Net")!, (int?)1)!;
    }
}
