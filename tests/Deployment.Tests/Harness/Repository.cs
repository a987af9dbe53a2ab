using Unroll.Generator.Tests.Architecture;

namespace Unroll.Deployment.Tests.Harness;

/// <summary>The clone these tests run in.</summary>
internal static class Repository
{
    public static string Root => RepositoryFiles.Root;

    /// <summary>Where release builds of these tests go: apart from what other builds of the clone write, and kept from one run to the next.</summary>
    public static string Artifacts { get; } = Path.Combine(Root, "artifacts", "deployment");
}
