namespace Unroll.Clusters;

/// <summary>A few numbers of each rank, added up over all of them; among them whether one has failed.</summary>
internal sealed class RankMessage(ITrainingCluster cluster)
{
    private readonly double[] _values = new double[5];

    /// <summary>Adds up what each rank says.</summary>
    /// <exception cref="ClusterException">A rank has failed.</exception>
    public (double Samples, double Loss, bool Stops) Exchange(double samples = 0, double loss = 0, bool stops = false)
    {
        AllReduce([samples, loss, stops ? 1 : 0, 0, 0]);
        (double failures, double ranks) = (_values[3], _values[4]);
        if (failures > 0)
        {
            throw new ClusterException(failures == 1
                ? $"Training has ended on all ranks because rank {ranks} failed; what failed is said there."
                : $"Training has ended on all ranks because {failures} of them failed; what failed is said there.");
        }

        return (_values[0], _values[1], _values[2] > 0);
    }

    /// <summary>Says that this rank has failed, in place of the next exchange.</summary>
    public void Fail() => AllReduce([0, 0, 0, 1, cluster.Rank]);

    private void AllReduce(ReadOnlySpan<double> values)
    {
        values.CopyTo(_values);
        cluster.AllReduce(_values);
    }
}
