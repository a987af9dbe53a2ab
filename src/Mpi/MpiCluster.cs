namespace Unroll.Mpi;

/// <summary>The processes that <c>mpirun</c> started, training one model together by the installed MPI.</summary>
/// <remarks>
/// <para>The library is found when <see cref="Start"/> is called: Open MPI (<c>libmpi.so.40</c>) or MPICH and its kin
/// (<c>libmpich.so.12</c>), whichever the launcher belongs to. Started without a launcher, the process is rank 0 of 1.</para>
/// <para>Let an exception end the process: then the launcher ends the others, with one error. A process that goes on without taking part
/// keeps them waiting.</para>
/// </remarks>
/// <example><code>
/// // mpirun -np 4 dotnet run -c Release
/// using var cluster = MpiCluster.Start();
/// model.Fit(train.Shard(cluster.Rank, cluster.Size), new FitOptions { Epochs = 3, Cluster = cluster });
/// if (cluster.Rank == 0)
/// {
///     model.Save("digits.safetensors");
/// }
/// </code></example>
public sealed class MpiCluster : ITrainingCluster, IDisposable
{
    private const int MostBytes = 1 << 30;

    private readonly MpiFunctions _functions;
    private bool _hasEnded;

    private MpiCluster(MpiFunctions functions, string library)
    {
        _functions = functions;
        Library = library;
        Rank = functions.Rank();
        Size = functions.Size();
    }

    /// <inheritdoc/>
    public int Rank { get; }

    /// <inheritdoc/>
    public int Size { get; }

    /// <summary>Whose MPI it is: <c>Open MPI</c> or <c>MPICH</c>, which stands for its kin too.</summary>
    public string Implementation => _functions.Implementation;

    /// <summary>The name of the library that was found.</summary>
    public string Library { get; }

    /// <summary>Finds the installed MPI and joins the processes that were started with this one; once a process.</summary>
    /// <exception cref="ClusterException">No MPI is installed, or the one found is not that of the launcher, which would leave every process
    /// alone.</exception>
    /// <exception cref="InvalidOperationException">MPI was started before in this process.</exception>
    public static MpiCluster Start()
    {
        Launcher launcher = Launcher.Find(Environment.GetEnvironmentVariable);
        (nint handle, string library) = MpiLibrary.Load(MpiLibrary.Candidates(launcher));
        var functions = new MpiFunctions(handle);
        if (functions.IsInitialized())
        {
            throw new InvalidOperationException("MPI was started before in this process, and can be started once.");
        }

        functions.Initialize();
        var cluster = new MpiCluster(functions, library);
        launcher.Require(cluster.Size, library, cluster.Implementation);
        return cluster;
    }

    /// <inheritdoc/>
    public unsafe void AllReduce(Span<float> values)
    {
        RequireRunning();
        fixed (float* first = values)
        {
            _functions.AllReduce(first, values.Length, _functions.Float);
        }
    }

    /// <inheritdoc/>
    public unsafe void AllReduce(Span<double> values)
    {
        RequireRunning();
        fixed (double* first = values)
        {
            _functions.AllReduce(first, values.Length, _functions.Double);
        }
    }

    /// <inheritdoc/>
    public unsafe void Broadcast(Span<byte> values)
    {
        RequireRunning();
        for (; values.Length > 0; values = values[Math.Min(MostBytes, values.Length)..])
        {
            fixed (byte* first = values)
            {
                _functions.Broadcast(first, Math.Min(MostBytes, values.Length));
            }
        }
    }

    /// <summary>Waits until all ranks are here, as for a file that one of them writes.</summary>
    public void Barrier()
    {
        RequireRunning();
        _functions.Barrier();
    }

    /// <summary>Takes leave of the other ranks, when all are here; MPI cannot be started again in this process.</summary>
    public void Dispose()
    {
        if (!_hasEnded)
        {
            _hasEnded = true;
            _functions.End();
        }
    }

    private void RequireRunning() => ObjectDisposedException.ThrowIf(_hasEnded, this);
}
