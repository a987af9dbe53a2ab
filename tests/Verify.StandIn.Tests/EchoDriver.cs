using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace VerifyTests.StandIn.Tests;

internal static class EchoDriver
{
    public static GeneratorDriver Run(params (string HintName, string Source)[] files) => Run(new EchoGenerator { Files = files });

    public static GeneratorDriver Run(IIncrementalGenerator generator) =>
        CSharpGeneratorDriver.Create(generator).RunGenerators(CSharpCompilation.Create("Echo"));
}
