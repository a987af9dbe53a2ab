namespace Unroll.Extensions;

/// <summary>Gathers requests that wait at the same time into batches, which run on threads of the pool.</summary>
/// <remarks>
/// A batch takes what is there and waits for nothing more, so that a request alone is answered at once; while a batch runs, the next gathers.
/// Requests are served in the order in which they came. One that is larger than a batch goes behind the others with what is left of it, so that
/// it delays a small one by a batch at most.
/// </remarks>
internal sealed class BatchQueue(int capacity, int maxBatch, int workers, BatchRun run)
{
    private readonly Lock _lock = new();
    private readonly LinkedList<BatchRequest> _waiting = [];
    private readonly Stack<Worker> _idle = new();
    private int _created;
    private int _rows;

    /// <summary>The samples that no batch has taken yet.</summary>
    public int Waiting => Volatile.Read(ref _rows);

    /// <exception cref="QueueFullException">There is no room for so many samples.</exception>
    public void Add(BatchRequest request, CancellationToken cancellationToken)
    {
        request.Cancellation = cancellationToken.UnsafeRegister(
            static (request, token) => ((BatchRequest)request!).Queue.Cancel((BatchRequest)request, token), request);
        Worker? worker;
        lock (_lock)
        {
            if (request.Task.IsCompleted)
            {
                return;
            }

            if (request.Rows > capacity - _rows)
            {
                request.Cancellation.Unregister();
                throw new QueueFullException(_rows, request.Rows, capacity);
            }

            _rows += request.Rows;
            _waiting.AddLast(request.Node);
            worker = NextWorker();
        }

        worker?.Start();
    }

    private void Cancel(BatchRequest request, CancellationToken token)
    {
        lock (_lock)
        {
            if (request.Node.List is not null)
            {
                _waiting.Remove(request.Node);
                _rows -= request.Rows - request.Taken;
            }

            // Under the lock: a request that is being added sees it there.
            request.TrySetCanceled(token);
        }
    }

    private Worker? NextWorker()
    {
        if (_idle.TryPop(out Worker? worker))
        {
            return worker;
        }

        if (_created == workers)
        {
            return null;
        }

        _created++;
        return new Worker(this);
    }

    /// <summary>Moves what comes next into a batch; false where nothing waits, and then the worker is idle.</summary>
    private bool Take(List<BatchPart> parts, Worker worker)
    {
        lock (_lock)
        {
            int total = 0;
            while (total < maxBatch && _waiting.First is { } node && (parts.Count == 0 || parts[0].Request.Snapshot == node.Value.Snapshot))
            {
                BatchRequest request = node.Value;
                int count = Math.Min(request.Rows - request.Taken, maxBatch - total);
                parts.Add(new BatchPart(request, request.Taken, count));
                request.Taken += count;
                total += count;
                _waiting.Remove(node);
                if (request.Taken < request.Rows)
                {
                    _waiting.AddLast(node);
                }
            }

            _rows -= total;
            if (total == 0)
            {
                _idle.Push(worker);
            }

            return total > 0;
        }
    }

    /// <summary>Some samples of a request.</summary>
    private readonly record struct BatchPart(BatchRequest Request, int First, int Count);

    private sealed class Worker(BatchQueue queue) : IThreadPoolWorkItem
    {
        private readonly List<BatchPart> _parts = [];
        private float[] _inputs = [];
        private float[] _outputs = [];

        // After each batch the pool's other work has its turn.
        public void Start() => ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);

        public void Execute()
        {
            if (!queue.Take(_parts, this))
            {
                return;
            }

            try
            {
                Run();
            }
            catch (Exception exception)
            {
                // Whatever it is belongs to those who wait: on this thread nobody would see it.
                foreach (BatchPart part in _parts)
                {
                    part.Request.Fail(exception);
                }
            }
            finally
            {
                _parts.Clear();
                Start();
            }
        }

        private void Run()
        {
            ModelSnapshot snapshot = _parts[0].Request.Snapshot;
            if (_parts is [(var request, int first, int count)])
            {
                queue.Run(snapshot, request.InputsOf(first, count), request.OutputsOf(first, count));
                request.Complete(count, count);
                return;
            }

            int rows = 0;
            foreach (BatchPart part in _parts)
            {
                rows += part.Count;
            }

            Span<float> inputs = Room(ref _inputs, rows * snapshot.InputSize);
            Span<float> outputs = Room(ref _outputs, rows * snapshot.OutputSize);
            int row = 0;
            foreach (BatchPart part in _parts)
            {
                part.Request.InputsOf(part.First, part.Count).CopyTo(inputs[(row * snapshot.InputSize)..]);
                row += part.Count;
            }

            queue.Run(snapshot, inputs, outputs);
            row = 0;
            foreach (BatchPart part in _parts)
            {
                outputs.Slice(row * snapshot.OutputSize, part.Count * snapshot.OutputSize).CopyTo(part.Request.OutputsOf(part.First, part.Count));
                part.Request.Complete(part.Count, rows);
                row += part.Count;
            }
        }

        private static Span<float> Room(ref float[] array, int length)
        {
            if (array.Length < length)
            {
                array = new float[Math.Max(length, 2 * array.Length)];
            }

            return array.AsSpan(0, length);
        }
    }

    private void Run(ModelSnapshot snapshot, ReadOnlySpan<float> inputs, Span<float> outputs) => run(snapshot, inputs, outputs);
}

/// <summary>Runs a batch.</summary>
internal delegate void BatchRun(ModelSnapshot snapshot, ReadOnlySpan<float> inputs, Span<float> outputs);
