namespace Unroll.Benchmarks;

/// <summary>What a process that this program starts of itself does: its first argument.</summary>
internal static class ChildKind
{
    public const string Kernels = "measure-kernels";

    public const string Startup = "measure-startup";

    public const string Threads = "measure-threads";
}
