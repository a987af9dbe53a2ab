namespace VerifyTests;

/// <summary>One file of a test's output. <c>Name</c> follows a # in the file's name; the file without one holds the diagnostics.</summary>
internal sealed record Snapshot(string? Name, string Extension, string Text)
{
    public string FileName(string test, string state) => $"{test}{(Name is null ? "" : $"#{Name}")}.{state}.{Extension}";
}
