namespace Unroll.Generator.Graph;

/// <summary>The cache next to a core: what it holds is read again at once, what it does not comes from an outer one.</summary>
internal static class NearestCache
{
    /// <summary>32 KiB, as most cores have.</summary>
    public const int Floats = 8 * 1024;
}
