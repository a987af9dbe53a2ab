using System.Collections;

namespace Unroll.Fitting;

/// <summary>An asynchronous sequence as one that is waited for; the thread that enumerates it has nothing else to do.</summary>
internal sealed class AwaitedBatches(IAsyncEnumerable<Batch> sequence, CancellationToken cancellationToken) : IEnumerable<Batch>
{
    public IEnumerator<Batch> GetEnumerator()
    {
        IAsyncEnumerator<Batch> batches = sequence.GetAsyncEnumerator(cancellationToken);
        try
        {
            while (Wait(batches.MoveNextAsync()))
            {
                yield return batches.Current;
            }
        }
        finally
        {
            ValueTask end = batches.DisposeAsync();
            end.AsTask().GetAwaiter().GetResult();
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static bool Wait(ValueTask<bool> next) => next.IsCompletedSuccessfully ? next.Result : next.AsTask().GetAwaiter().GetResult();
}
