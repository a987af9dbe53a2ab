namespace Unroll.Benchmarks;

/// <summary>The library that multiplies matrices for a process.</summary>
internal static class BlasLibrary
{
    private static readonly string[] s_fast = ["openblas", "mkl", "blis", "atlas"];

    /// <summary>The files of such libraries that a process has loaded, each with its folder's name: on Debian that tells libblas.so.3 apart.</summary>
    public static IReadOnlyList<string> LoadedBy(int processId)
    {
        string maps = $"/proc/{processId}/maps";
        return !File.Exists(maps)
            ? []
            : [.. File.ReadLines(maps)
                .Select(static line => line.IndexOf('/') is int start and >= 0 ? line[start..] : "")
                .Where(static path => IsNamed(Path.GetFileName(path)))
                .Select(static path => Path.Join(Path.GetFileName(Path.GetDirectoryName(path)), Path.GetFileName(path)))
                .Distinct()];
    }

    /// <summary>Whether one of them is the reference implementation, which no one would choose for its speed.</summary>
    public static bool IncludesReference(IReadOnlyList<string> libraries) => libraries.Any(static library => !IsFast(library));

    private static bool IsNamed(string file) => file.StartsWith("libblas.", StringComparison.Ordinal) || IsFast(file);

    private static bool IsFast(string path) => s_fast.Any(name => path.Contains(name, StringComparison.Ordinal));
}
