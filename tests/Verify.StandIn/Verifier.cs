using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using VerifyTests;
using Xunit;

namespace VerifyXunit;

/// <summary>Compares what a generator made with the verified files beside the test; stands in for the package Verify.XunitV3.</summary>
public static class Verifier
{
    /// <summary>The environment variable that, set to 1, makes the output of the tests that run the verified one.</summary>
    public const string AcceptVariable = "UNROLL_ACCEPT_SNAPSHOTS";

    /// <summary>Compares the files and diagnostics of a driver that has run.</summary>
    /// <param name="target">A driver that has run.</param>
    /// <param name="settings">For this verification only.</param>
    /// <param name="sourceFile">The test's source file, filled in by the compiler.</param>
    public static SettingsTask Verify(GeneratorDriver target, VerifySettings? settings = null, [CallerFilePath] string sourceFile = "")
    {
        ArgumentNullException.ThrowIfNull(target);
        return Verify(target.GetRunResult(), settings, sourceFile);
    }

    /// <inheritdoc cref="Verify(GeneratorDriver, VerifySettings?, string)"/>
    public static SettingsTask Verify(
        GeneratorDriverRunResult target, VerifySettings? settings = null, [CallerFilePath] string sourceFile = "")
    {
        ArgumentNullException.ThrowIfNull(target);
        if (!VerifySourceGenerators.Initialized)
        {
            throw new InvalidOperationException("Call VerifySourceGenerators.Initialize() from a module initializer first.");
        }

        return new SettingsTask(settings, chosen => VerifyFiles(target, chosen, sourceFile));
    }

    private static Task VerifyFiles(GeneratorDriverRunResult target, VerifySettings settings, string sourceFile)
    {
        IEnumerable<Snapshot> snapshots = GeneratorSnapshots.Of(target, settings.Ignored).Select(
            snapshot => snapshot with { Text = VerifierSettings.Scrubbers.Apply(settings.Scrubbers.Apply(snapshot.Text)) });
        string directory = Path.Combine(Path.GetDirectoryName(sourceFile)!, settings.Directory ?? "");
        var files = new SnapshotFiles(directory, TestName.Of(TestContext.Current));
        bool accept = Environment.GetEnvironmentVariable(AcceptVariable) == "1";
        return files.VerifyAsync([.. snapshots], accept);
    }
}
