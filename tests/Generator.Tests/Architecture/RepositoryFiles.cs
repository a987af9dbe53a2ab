using System.Runtime.CompilerServices;

namespace Unroll.Generator.Tests.Architecture;

/// <summary>The sources that these tests read.</summary>
internal static class RepositoryFiles
{
    public static string Root { get; } = FindRoot();

    /// <summary>The C# files under a folder, without what a build put there; paths relative to that folder, with forward slashes.</summary>
    public static IReadOnlyList<SourceFile> CSharpUnder(string folder)
    {
        string directory = Path.Combine(Root, folder);
        return
        [
            .. Directory.EnumerateFiles(directory, "*.cs", SearchOption.AllDirectories)
                .Select(path => Path.GetRelativePath(directory, path).Replace('\\', '/'))
                .Where(static path => !path.Split('/').Any(static part => part is "bin" or "obj"))
                .Order(StringComparer.Ordinal)
                .Select(path => SourceFile.Parse(path, File.ReadAllText(Path.Combine(directory, path)))),
        ];
    }

    private static string FindRoot([CallerFilePath] string thisFile = "")
    {
        DirectoryInfo? directory = new FileInfo(thisFile).Directory;
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "Compiler.sln")))
        {
            directory = directory.Parent;
        }

        return directory?.FullName ?? throw new DirectoryNotFoundException($"No Compiler.sln above {thisFile}.");
    }
}
