namespace Unroll.Generator.Tests.Architecture;

/// <summary>Finds files that use each other, directly or by way of others. Those of a type in parts, <c>Model.cs</c> and <c>Model.Fit.cs</c>, are one.</summary>
internal static class FileCircles
{
    /// <returns>One line a circle: the names of its files in order, each with its folder.</returns>
    public static IReadOnlyList<string> In(TypeUses uses)
    {
        ILookup<string, string> arrows = uses.Files
            .SelectMany(file => uses.Of(file).Select(use => (From: NameOf(file), To: NameOf(use.Declared))))
            .Where(static arrow => arrow.From != arrow.To)
            .Distinct()
            .ToLookup(static arrow => arrow.From, static arrow => arrow.To);
        var reached = uses.Files.Select(NameOf).Distinct().ToDictionary(static name => name, name => ReachedFrom(name, arrows));
        return
        [
            .. reached.Keys
                .Where(name => reached[name].Contains(name))
                .Select(name => string.Join(' ', reached[name].Where(other => reached[other].Contains(name)).Order(StringComparer.Ordinal)))
                .Distinct()
                .Order(StringComparer.Ordinal),
        ];
    }

    private static HashSet<string> ReachedFrom(string name, ILookup<string, string> arrows)
    {
        var reached = new HashSet<string>();
        var open = new Stack<string>([name]);
        while (open.TryPop(out string? from))
        {
            foreach (string to in arrows[from].Where(reached.Add))
            {
                open.Push(to);
            }
        }

        return reached;
    }

    private static string NameOf(SourceFile file)
    {
        int dot = file.Path.IndexOf('.', file.Path.LastIndexOf('/') + 1);
        return file.Path[..dot];
    }
}
