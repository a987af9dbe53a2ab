namespace VerifyTests;

/// <summary>The verified files of one test.</summary>
/// <param name="directory">Where they are.</param>
/// <param name="test">The beginning of their names.</param>
internal sealed class SnapshotFiles(string directory, string test)
{
    private const string Verified = "verified";
    private const string Received = "received";

    /// <summary>Compares, or accepts, the whole output of the test.</summary>
    /// <exception cref="VerifyException">A file differs, is new, or is no longer made. What came is then in a received file.</exception>
    public async Task VerifyAsync(IReadOnlyList<Snapshot> snapshots, bool accept)
    {
        RequireDistinctNames(snapshots);
        foreach (string path in Existing(Received))
        {
            File.Delete(path);
        }

        var problems = new List<string>();
        var current = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (Snapshot snapshot in snapshots)
        {
            current.Add(snapshot.FileName(test, Verified));
            if (await CompareAsync(snapshot, accept) is { } problem)
            {
                problems.Add(problem);
            }
        }

        foreach (string path in Existing(Verified).Where(path => !current.Contains(Path.GetFileName(path))))
        {
            if (accept)
            {
                File.Delete(path);
            }
            else
            {
                problems.Add($"Stale: {Path.GetFileName(path)} is no longer made.");
            }
        }

        if (problems.Count > 0)
        {
            throw new VerifyException(
                $"{string.Join("\n\n", problems)}\n\nIn {directory}. To accept, run again with {VerifyXunit.Verifier.AcceptVariable}=1.");
        }
    }

    private async Task<string?> CompareAsync(Snapshot snapshot, bool accept)
    {
        string name = snapshot.FileName(test, Verified);
        string path = Path.Combine(directory, name);
        string? verified = File.Exists(path) ? (await File.ReadAllTextAsync(path)).ReplaceLineEndings("\n") : null;
        if (verified == snapshot.Text)
        {
            return null;
        }

        Directory.CreateDirectory(directory);
        if (accept)
        {
            await File.WriteAllTextAsync(path, snapshot.Text);
            return null;
        }

        await File.WriteAllTextAsync(Path.Combine(directory, snapshot.FileName(test, Received)), snapshot.Text);
        return verified is null
            ? $"New: {name} does not exist; the received file has {snapshot.Text.Split('\n').Length} lines."
            : $"Changed: {name}\n{SnapshotDifference.Describe(verified, snapshot.Text)}";
    }

    private string[] Existing(string state)
    {
        if (!Directory.Exists(directory))
        {
            return [];
        }

        return [.. Directory.GetFiles(directory, $"{test}*.{state}.*").Where(path => IsOwn(Path.GetFileName(path)[test.Length..], state))];
    }

    /// <summary>Tells the files of this test, <c>T.M.verified.txt</c> and <c>T.M#x.verified.cs</c>, from those of a test T.M2.</summary>
    private static bool IsOwn(string rest, string state) =>
        rest.StartsWith('#') || rest.StartsWith($".{state}.", StringComparison.Ordinal);

    private static void RequireDistinctNames(IReadOnlyList<Snapshot> snapshots)
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (Snapshot snapshot in snapshots)
        {
            if (!names.Add(snapshot.FileName("", "")))
            {
                throw new VerifyException($"Two generated files would both be the snapshot #{snapshot.Name}.");
            }
        }
    }
}
