using Unroll.Data;

namespace Unroll.Fitting;

/// <summary>Where the batches of a <c>Fit</c> come from, epoch by epoch.</summary>
internal abstract class BatchSource : IDisposable
{
    /// <summary>The batches of an epoch; 0 while that is not known.</summary>
    public abstract int BatchesPerEpoch { get; }

    /// <summary>The samples of the largest batch, as far as that is known.</summary>
    public abstract int Capacity { get; }

    /// <summary>The samples, where they are all in memory.</summary>
    public virtual Dataset? Data => null;

    /// <summary>What the batches are of, so that others can be told apart from them.</summary>
    public abstract string Describe();

    /// <summary>Passes over what some epochs took before training was interrupted.</summary>
    public virtual void Skip(int epochs, CancellationToken cancellationToken)
    {
    }

    /// <summary>Makes the first batch of an epoch the next.</summary>
    /// <param name="epoch">The epoch, from 0.</param>
    /// <param name="seed">Of the shuffling.</param>
    public abstract void BeginEpoch(int epoch, ulong seed);

    /// <summary>The next batch of the epoch, if there is one.</summary>
    public abstract bool TryNext(out BatchRows rows);

    /// <summary>The error that tells what is wrong with the batch given last.</summary>
    public abstract ArgumentException Refusal(string fault);

    public virtual void Dispose()
    {
    }
}
