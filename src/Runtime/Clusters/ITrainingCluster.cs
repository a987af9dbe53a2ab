namespace Unroll;

/// <summary>Processes that train one model together, as <c>Fit</c> sees them: <see cref="FitOptions.Cluster"/>.</summary>
/// <remarks>
/// <para>The package <c>Unroll.Mpi</c> has the one of MPI. Every process has an object of its own; they are called in the same order with
/// arrays of the same lengths, from one thread at a time, and a call returns when the result is there.</para>
/// <para>The sums must have the same bits on every rank, or training ends with a <see cref="ClusterException"/> at the end of the
/// epoch. Those of one process are its own values, to the bit.</para>
/// </remarks>
public interface ITrainingCluster
{
    /// <summary>The number of this process, from 0. Rank 0 gives the weights to start with, and alone writes files.</summary>
    int Rank { get; }

    /// <summary>The number of processes, at least 1.</summary>
    int Size { get; }

    /// <summary>Replaces each value by its sum over all ranks.</summary>
    void AllReduce(Span<float> values);

    /// <summary>Replaces each value by its sum over all ranks.</summary>
    void AllReduce(Span<double> values);

    /// <summary>Replaces the bytes by those of rank 0.</summary>
    void Broadcast(Span<byte> values);
}
