namespace Unroll.Extensions;

/// <summary>Samples that wait for their outputs.</summary>
internal sealed class BatchRequest : TaskCompletionSource<float[]>
{
    private readonly float[] _outputs;
    private int _done;

    public BatchRequest(BatchQueue queue, ModelSnapshot snapshot, ReadOnlyMemory<float> inputs)
        : base(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        Queue = queue;
        Snapshot = snapshot;
        Inputs = inputs;
        Rows = inputs.Length / snapshot.InputSize;
        _outputs = new float[Rows * snapshot.OutputSize];
        Node = new LinkedListNode<BatchRequest>(this);
    }

    public BatchQueue Queue { get; }

    /// <summary>What predicts all of its samples, whatever is published meanwhile.</summary>
    public ModelSnapshot Snapshot { get; }

    public ReadOnlyMemory<float> Inputs { get; }

    public int Rows { get; }

    /// <summary>Its place in the queue.</summary>
    public LinkedListNode<BatchRequest> Node { get; }

    /// <summary>How many samples were given to a batch; changed under the queue's lock.</summary>
    public int Taken { get; set; }

    /// <summary>What ends the wait early.</summary>
    public CancellationTokenRegistration Cancellation { get; set; }

    /// <summary>The samples of the largest batch that some of its samples were in.</summary>
    public int LargestBatch { get; private set; }

    public ReadOnlySpan<float> InputsOf(int first, int count) => Inputs.Span.Slice(first * Snapshot.InputSize, count * Snapshot.InputSize);

    public Span<float> OutputsOf(int first, int count) => _outputs.AsSpan(first * Snapshot.OutputSize, count * Snapshot.OutputSize);

    /// <summary>Notes that some samples have their outputs; with the last of them the task ends.</summary>
    public void Complete(int count, int batch)
    {
        LargestBatch = Math.Max(LargestBatch, batch);
        if (Interlocked.Add(ref _done, count) == Rows)
        {
            Cancellation.Unregister();
            TrySetResult(_outputs);
        }
    }

    public void Fail(Exception exception)
    {
        Cancellation.Unregister();
        TrySetException(exception);
    }
}
