using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Unroll.Generator.Tests.Snapshots;

internal static partial class SnapshotSetup
{
    [ModuleInitializer]
    internal static void Initialize()
    {
        VerifySourceGenerators.Initialize();

        // A new version of the generator is not a change of what it generates.
        VerifierSettings.ScrubLinesWithReplace(static line => GeneratedCodeVersion().Replace(line, "${start}VERSION${end}"));
    }

    [GeneratedRegex("""(?<start>GeneratedCode(Attribute)?\("[^"]*",\s*")[^"]*(?<end>"\))""")]
    private static partial Regex GeneratedCodeVersion();
}
