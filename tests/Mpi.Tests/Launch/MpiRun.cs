using System.Diagnostics;

namespace Unroll.Mpi.Tests.Launch;

/// <summary>Starts the program of ranks under a launcher.</summary>
internal static class MpiRun
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(3);

    /// <summary>Skips the test where slow ones are not asked for or the launcher is missing.</summary>
    public static void Require(string launcher)
    {
        Unroll.Tests.SlowTests.Require("It starts processes under a launcher of MPI");
        Assert.SkipUnless(Find(launcher) is not null, $"{launcher} is not installed: apt-get install openmpi-bin mpich.");
    }

    public static Process Start(string launcher, int ranks, params string[] arguments)
    {
        var start = new ProcessStartInfo(Find(launcher)!) { RedirectStandardOutput = true, RedirectStandardError = true };
        string[] options = launcher == "mpirun.openmpi" ? ["--oversubscribe"] : [];
        string program = Path.Combine(AppContext.BaseDirectory, "Mpi.Ranks.dll");
        foreach (string argument in (string[])[.. options, "-np", $"{ranks}", "dotnet", program, .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        // Open MPI refuses root without these, and other users do not mind.
        start.Environment["OMPI_ALLOW_RUN_AS_ROOT"] = "1";
        start.Environment["OMPI_ALLOW_RUN_AS_ROOT_CONFIRM"] = "1";
        return Process.Start(start)!;
    }

    /// <summary>Runs to the end.</summary>
    public static (int Code, string[] Output, string Errors) Run(string launcher, int ranks, params string[] arguments)
    {
        using Process process = Start(launcher, ranks, arguments);
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(s_patience))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{launcher} has not ended after {s_patience}.");
        }

        // Terminals that Open MPI gives its processes are told of cursor keys.
        string[] lines = output.Result.Replace("\u001b[?1h\u001b=", "", StringComparison.Ordinal).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return (process.ExitCode, [.. lines.Select(static line => line.Trim())], errors.Result);
    }

    private static string? Find(string launcher) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, launcher)).FirstOrDefault(File.Exists);
}
