using System.Diagnostics;
using System.Globalization;
using Unroll.Mpi.Ranks;

namespace Unroll.Mpi.Tests.Launch;

/// <summary>Processes under the launchers of both implementations.</summary>
public sealed class MpiRunTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("unroll-mpirun-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("mpirun.openmpi", "Open MPI", 2)]
    [InlineData("mpirun.openmpi", "Open MPI", 4)]
    [InlineData("mpirun.mpich", "MPICH", 2)]
    [InlineData("mpirun.mpich", "MPICH", 4)]
    public void EveryRankEndsWithTheSameBits(string launcher, string implementation, int ranks)
    {
        MpiRun.Require(launcher);

        (int code, string[] output, string errors) = MpiRun.Run(launcher, ranks, "train");

        Assert.True(code == 0, errors);
        string[] lines = [.. output.Order(StringComparer.Ordinal)];
        Assert.Equal(ranks, lines.Length);
        string start = $"rank 0 of {ranks} {implementation} ";
        Assert.StartsWith(start, lines[0], StringComparison.Ordinal);
        string[] results = [.. lines.Select((line, rank) => line.Replace($"rank {rank} of", "rank 0 of", StringComparison.Ordinal))];
        Assert.Single(results.Distinct());

        // The losses and metrics of ranks that are threads and add up in another order; null references are still caught.
        string[] values = lines[0][start.Length..].Split(' ');
        Assert.Equal("True", values[^1]);
        History expected = Expected(ranks);
        Assert.Equal(expected["loss"][^1], float.Parse(values[1], CultureInfo.InvariantCulture), 1e-5f);
        Assert.Equal(expected["val_loss"][^1], float.Parse(values[3], CultureInfo.InvariantCulture), 1e-5f);
    }

    [Theory]
    [InlineData("mpirun.openmpi")]
    [InlineData("mpirun.mpich")]
    public void AnErrorOnOneRankIsToldToAll(string launcher)
    {
        MpiRun.Require(launcher);

        (int code, string[] output, string errors) = MpiRun.Run(launcher, 3, "fail");

        Assert.True(code == 0, errors);
        Assert.Equal(
            [
                "rank 0: ClusterException: Training has ended on all ranks because rank 1 failed; what failed is said there.",
                "rank 1: InvalidOperationException: A fault of rank 1.",
                "rank 2: ClusterException: Training has ended on all ranks because rank 1 failed; what failed is said there.",
            ],
            output.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("mpirun.openmpi")]
    [InlineData("mpirun.mpich")]
    public void ALostRankEndsAllAndTheBackupGoesOn(string launcher)
    {
        MpiRun.Require(launcher);
        using Process process = MpiRun.Start(launcher, 3, "long", _folder.FullName);
        process.BeginErrorReadLine();
        var processes = new Dictionary<int, int>();
        int epoch = -1;
        while (epoch < 3 || processes.Count < 3)
        {
            string[] words = (process.StandardOutput.ReadLine() ?? throw new EndOfStreamException("The ranks have ended by themselves."))
                .Replace("\u001b[?1h\u001b=", "", StringComparison.Ordinal).Trim().Split(' ');
            if (words[0] == "process")
            {
                processes[int.Parse(words[1], CultureInfo.InvariantCulture)] = int.Parse(words[2], CultureInfo.InvariantCulture);
            }
            else if (words[0] == "epoch")
            {
                epoch = int.Parse(words[1], CultureInfo.InvariantCulture);
            }
        }

        Process[] ranks = [.. processes.Values.Select(Process.GetProcessById)];
        Process.GetProcessById(processes[1]).Kill();
        long start = Stopwatch.GetTimestamp();
        process.StandardOutput.ReadToEnd();
        Assert.True(process.WaitForExit(TimeSpan.FromSeconds(10)), "The launcher has not ended.");
        Assert.All(ranks, static rank => Assert.True(rank.WaitForExit(TimeSpan.FromSeconds(10)), "A rank has not ended."));
        Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(10), $"It took {Stopwatch.GetElapsedTime(start)}.");
        Assert.NotEqual(0, process.ExitCode);

        (int code, string[] output, string faults) = MpiRun.Run(launcher, 3, "resume", _folder.FullName, Later());
        Assert.True(code == 0, faults);
        Assert.DoesNotContain("epoch 0", output);
        Assert.Single(output.Where(static line => line.StartsWith("done", StringComparison.Ordinal)).Select(static line => line.Split(' ')[^1]).Distinct());
    }

    // Some epochs more than the backup has.
    private string Later()
    {
        string header = File.ReadAllText(Path.Combine(_folder.FullName, "training.safetensors"), System.Text.Encoding.Latin1);
        string digits = new([.. header[(header.IndexOf("\"epoch\":\"", StringComparison.Ordinal) + 9)..].TakeWhile(char.IsAsciiDigit)]);
        return (int.Parse(digits, CultureInfo.InvariantCulture) + 3).ToString(CultureInfo.InvariantCulture);
    }

    private static History Expected(int ranks) => LocalCluster.Run(ranks, cluster =>
    {
        Dataset validation = Trial.Data(seed: 5).Take(40).Shard(cluster.Rank, ranks);
        return Trial.Model(seed: 1).Fit(
            Trial.Data().Shard(cluster.Rank, ranks), Trial.Options(cluster) with { Validation = validation });
    })[0].Result;
}
