namespace VerifyTests.StandIn.Tests;

public sealed class SnapshotFilesTests : IDisposable
{
    private const string Test = "DigitsTests.Dense";

    private static readonly Snapshot s_source = new("Digits.g", "cs", "//HintName: Digits.g.cs\nclass Digits;\n");

    private readonly string _directory = Directory.CreateTempSubdirectory("snapshots-").FullName;

    private SnapshotFiles Files => new(_directory, Test);

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task EqualFilesPass()
    {
        Write("DigitsTests.Dense#Digits.g.verified.cs", s_source.Text);

        await Files.VerifyAsync([s_source], accept: false);

        Assert.Equal(["DigitsTests.Dense#Digits.g.verified.cs"], Names());
    }

    [Fact]
    public async Task LineEndsAndByteOrderMarkDoNotMatter()
    {
        File.WriteAllText(
            Path.Combine(_directory, "DigitsTests.Dense#Digits.g.verified.cs"),
            s_source.Text.ReplaceLineEndings("\r\n"),
            new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: true));

        await Files.VerifyAsync([s_source], accept: false);
    }

    [Fact]
    public async Task AMissingSnapshotFailsAndLeavesWhatCame()
    {
        VerifyException exception = await FailAsync(s_source);

        Assert.Contains("New: DigitsTests.Dense#Digits.g.verified.cs", exception.Message, StringComparison.Ordinal);
        Assert.Contains("UNROLL_ACCEPT_SNAPSHOTS=1", exception.Message, StringComparison.Ordinal);
        Assert.Equal(s_source.Text, Read("DigitsTests.Dense#Digits.g.received.cs"));
    }

    [Fact]
    public async Task ADifferenceFailsWithItsLines()
    {
        Write("DigitsTests.Dense#Digits.g.verified.cs", "//HintName: Digits.g.cs\nclass Other;\n");

        VerifyException exception = await FailAsync(s_source);

        Assert.Contains("- class Other;\n+ class Digits;", exception.Message, StringComparison.Ordinal);
        Assert.Equal(s_source.Text, Read("DigitsTests.Dense#Digits.g.received.cs"));
        Assert.Contains("Other", Read("DigitsTests.Dense#Digits.g.verified.cs"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ASnapshotThatIsNoLongerMadeFails()
    {
        Write("DigitsTests.Dense#Digits.g.verified.cs", s_source.Text);
        Write("DigitsTests.Dense#Gone.g.verified.cs", "class Gone;");
        Write("DigitsTests.Dense.verified.txt", "{}");

        VerifyException exception = await FailAsync(s_source);

        Assert.Contains("Stale: DigitsTests.Dense#Gone.g.verified.cs", exception.Message, StringComparison.Ordinal);
        Assert.Contains("Stale: DigitsTests.Dense.verified.txt", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheFilesOfOtherTestsAreNotStale()
    {
        Write("DigitsTests.DenseWide#Digits.g.verified.cs", "");
        Write("DigitsTests.Dense_units=3#Digits.g.verified.cs", "");
        Write("OtherTests.Dense.verified.txt", "");

        await Files.VerifyAsync([], accept: false);
        await Files.VerifyAsync([], accept: true);

        Assert.Equal(3, Names().Length);
    }

    [Fact]
    public async Task WhatCameBeforeIsClearedOnceTheTestPasses()
    {
        await FailAsync(s_source);
        Write("DigitsTests.Dense#Digits.g.verified.cs", s_source.Text);

        await Files.VerifyAsync([s_source], accept: false);

        Assert.DoesNotContain(Names(), static name => name.Contains("received", StringComparison.Ordinal));
    }

    [Fact]
    public async Task AcceptingWritesTheNewRewritesTheChangedAndDeletesTheStale()
    {
        Write("DigitsTests.Dense#Digits.g.verified.cs", "class Other;");
        Write("DigitsTests.Dense#Gone.g.verified.cs", "class Gone;");
        var diagnostics = new Snapshot(Name: null, "txt", "{}");

        await Files.VerifyAsync([s_source, diagnostics], accept: true);

        Assert.Equal(["DigitsTests.Dense#Digits.g.verified.cs", "DigitsTests.Dense.verified.txt"], Names());
        await Files.VerifyAsync([s_source, diagnostics], accept: false);
    }

    [Fact]
    public async Task TwoFilesOfOneNameFail() => await FailAsync(s_source, s_source with { Name = "digits.G" });

    private async Task<VerifyException> FailAsync(params Snapshot[] snapshots) =>
        await Assert.ThrowsAsync<VerifyException>(() => Files.VerifyAsync(snapshots, accept: false));

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_directory, name), text);

    private string Read(string name) => File.ReadAllText(Path.Combine(_directory, name));

    private string[] Names() =>
        [.. Directory.GetFiles(_directory).Select(static path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];
}
