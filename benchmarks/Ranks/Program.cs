using System.Globalization;
using Unroll.Benchmarks;
using Unroll.Mpi;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
string[] names = ["784-128-10", "784-512-512-10", "mnist", "rows"];
int[] batches = [32, 256];
double seconds = args is ["--quick"] ? 0.01 : 0.2;

using var cluster = MpiCluster.Start();
TextWriter console = cluster.Rank == 0 ? Console.Out : TextWriter.Null;
var times = names.SelectMany(name => batches.Select(batch => RankTimes.Measure(cluster, BenchmarkNetwork.Of(name), batch, seconds))).ToArray();
RankTimes.Write(console, cluster, times);
if (cluster.Size == 1)
{
    Paper.Write(console, times);
}
else if (cluster.Implementation == "Open MPI")
{
    Overlap.Write(console, cluster, [.. names.Select(name => Overlap.Measure(cluster, BenchmarkNetwork.Of(name), batches[^1], seconds))]);
}

return 0;
