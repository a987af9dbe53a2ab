namespace Unroll.Interop.KerasFiles;

/// <summary>The names of a class, which differ.</summary>
/// <param name="report">Receives a note where a layer is called otherwise than in the file.</param>
internal sealed class ClassNames(ImportReport report)
{
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    public void Add(string name) => _taken.Add(name);

    /// <summary>A name that nothing else in the class has.</summary>
    public string Claim(string given, string path, bool isGiven = true)
    {
        string usable = Identifiers.Layer(given);
        string name = usable;
        for (int number = 2; !_taken.Add(name); number++)
        {
            name = $"{usable}_{number}";
        }

        if (isGiven && name != given)
        {
            report.Notes.Add($"{path}: is called {name} here, as names are letters, digits and underscores and differ");
        }

        return name;
    }
}
