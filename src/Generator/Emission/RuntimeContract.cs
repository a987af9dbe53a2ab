namespace Unroll.Generator.Emission;

/// <summary>What generated code and runtime must agree on.</summary>
internal static class RuntimeContract
{
    /// <summary>
    /// Mirrors <c>Unroll.Compiled.Contract.Version</c>; a test holds the two together. Another number whenever code generated before would not
    /// run as it should on the runtime, or code generated now on a runtime from before.
    /// </summary>
    public const int Version = 12;
}
