namespace Unroll.Tool;

/// <summary><c>dotnet unroll report</c>: pages of trainings whose histories were saved.</summary>
internal sealed record ReportCommand(string Path, string? Output)
{
    private static readonly string[] s_extensions = [".json", ".csv"];

    public int Run(TextWriter output)
    {
        if (!Directory.Exists(Path))
        {
            Write(output, Path, History.Load(Path), Output ?? System.IO.Path.ChangeExtension(Path, ".html"));
            return 0;
        }

        if (Output is not null)
        {
            throw new ArgumentException($"{Path} is a folder: its pages are written beside their histories, and --output is for one file.");
        }

        int count = 0;
        foreach (string file in Directory.EnumerateFiles(Path).Where(IsCandidate).Order(StringComparer.Ordinal))
        {
            try
            {
                Write(output, file, History.Load(file), System.IO.Path.ChangeExtension(file, ".html"));
                count++;
            }
            catch (InvalidDataException exception)
            {
                output.WriteLine($"passed over: {exception.Message}");
            }
        }

        return count > 0 ? 0 : throw new InvalidDataException($"{Path} has no history, a file .json or .csv as History.SaveJson, History.SaveCsv and CsvLogger write it.");
    }

    private static bool IsCandidate(string file) => s_extensions.Contains(System.IO.Path.GetExtension(file), StringComparer.OrdinalIgnoreCase);

    private static void Write(TextWriter output, string file, History history, string page)
    {
        IReadOnlyList<Finding> findings = TrainingReport.Write(history, page, System.IO.Path.GetFileNameWithoutExtension(file));
        output.WriteLine($"{file}: {history}");
        foreach (Finding finding in findings)
        {
            output.WriteLine(finding);
        }

        output.WriteLine($"  {(findings.Count == 0 ? "nothing stands out; " : "")}page: {page}");
    }
}
