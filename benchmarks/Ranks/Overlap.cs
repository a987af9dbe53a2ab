using System.Diagnostics;
using System.Runtime.InteropServices;
using Unroll.Mpi;

namespace Unroll.Benchmarks;

/// <summary>How much of an all-reduce hides behind computing when it is started before and waited for afterwards.</summary>
/// <param name="Network">The network whose gradients are added up while it predicts a batch.</param>
/// <param name="Computing">Microseconds of the computing alone.</param>
/// <param name="AllReduce">Of the all-reduce alone, started and waited for at once.</param>
/// <param name="Both">Of starting it, computing, and waiting for it.</param>
internal sealed record Overlap(BenchmarkNetwork Network, double Computing, double AllReduce, double Both)
{
    private const int Repetitions = 15;

    public static unsafe Overlap Measure(MpiCluster cluster, BenchmarkNetwork network, int batch, double seconds)
    {
        nint library = NativeLibrary.Load(cluster.Library);
        var start = (delegate* unmanaged[Cdecl]<nint, void*, int, nint, nint, nint, nint*, int>)NativeLibrary.GetExport(library, "MPI_Iallreduce");
        var wait = (delegate* unmanaged[Cdecl]<nint*, void*, int>)NativeLibrary.GetExport(library, "MPI_Wait");
        nint world = NativeLibrary.GetExport(library, "ompi_mpi_comm_world");
        nint sum = NativeLibrary.GetExport(library, "ompi_mpi_op_sum");
        nint type = NativeLibrary.GetExport(library, "ompi_mpi_float");

        Model model = network.Create();
        float[] x = RandomData.Inputs(network, batch);
        float[] y = new float[batch * network.Outputs];
        int values = (int)model.Parameters.Where(static parameter => parameter.IsTrained).Sum(static parameter => (long)parameter.Count);
        float* gradients = (float*)NativeMemory.AllocZeroed((nuint)values, sizeof(float));
        int calls = 1;
        calls = RankTimes.Agreed(cluster, (int)Math.Clamp(seconds * 1e6 / Time(computes: true, reduces: true), 4, 2000));
        (double Computing, double AllReduce, double Both)[] turns =
        [
            .. Enumerable.Range(0, Repetitions).Select(_ => (Time(true, false), Time(false, true), Time(true, true))),
        ];
        NativeMemory.Free(gradients);
        return new Overlap(
            network,
            RankTimes.Median(turns.Select(static turn => turn.Computing)),
            RankTimes.Median(turns.Select(static turn => turn.AllReduce)),
            RankTimes.Median(turns.Select(static turn => turn.Both)));

        double Time(bool computes, bool reduces)
        {
            cluster.Barrier();
            long begin = Stopwatch.GetTimestamp();
            for (int call = 0; call < calls; call++)
            {
                nint request = 0;
                if (reduces)
                {
                    // In place.
                    _ = start(1, gradients, values, type, sum, world, &request);
                }

                if (computes)
                {
                    model.Predict(x, y);
                }

                if (reduces)
                {
                    _ = wait(&request, null);
                }
            }

            return Stopwatch.GetElapsedTime(begin).TotalMicroseconds / calls;
        }
    }

    public static void Write(TextWriter writer, MpiCluster cluster, IReadOnlyList<Overlap> overlaps)
    {
        writer.WriteLine($"An all-reduce started before a prediction and waited for afterwards, {cluster.Size} ranks:");
        writer.WriteLine();
        writer.WriteLine("| network | prediction, µs | all-reduce, µs | one after the other, µs | at once, µs | hidden |");
        writer.WriteLine("| --- | ---: | ---: | ---: | ---: | ---: |");
        foreach (Overlap overlap in overlaps)
        {
            double apart = overlap.Computing + overlap.AllReduce;
            double hidden = (apart - overlap.Both) / Math.Min(overlap.Computing, overlap.AllReduce);
            writer.WriteLine($"| {overlap.Network} | {overlap.Computing:#,0} | {overlap.AllReduce:#,0} | {apart:#,0} | {overlap.Both:#,0} | {100 * hidden:0} % |");
        }

        writer.WriteLine();
    }
}
