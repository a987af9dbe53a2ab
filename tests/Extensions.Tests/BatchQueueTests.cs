namespace Unroll.Extensions.Tests;

/// <summary>Requests that wait together run together, in their order, and large ones let small ones by.</summary>
public sealed class BatchQueueTests
{
    private static readonly ModelSnapshot s_snapshot = Level.Of(1f).Snapshot();

    // Batches that ran, by the first input of each sample: who it belongs to.
    private readonly List<float[]> _batches = [];
    private readonly SemaphoreSlim _mayRun = new(0);
    private readonly SemaphoreSlim _hasBegun = new(0);

    [Fact]
    public async Task WhatWaitsTogetherRunsTogether()
    {
        BatchQueue queue = NewQueue(capacity: 100, maxBatch: 4);
        Task<float[]> first = Add(queue, 1, rows: 1);
        await _hasBegun.WaitAsync();
        Task<float[]>[] others = [.. Enumerable.Range(2, 6).Select(request => Add(queue, request, rows: 1))];
        Assert.Equal(6, queue.Waiting);
        _mayRun.Release(100);
        float[][] outputs = await Task.WhenAll([first, .. others]);

        Assert.Equal([[1f], [2f, 3f, 4f, 5f], [6f, 7f]], _batches);
        Assert.Equal([1f, 2f, 3f, 4f, 5f, 6f, 7f], outputs.Select(static output => output[0]));
        Assert.All(outputs, static output => Assert.Equal(Level.OutputSize, output.Length));
        Assert.Equal(0, queue.Waiting);
    }

    [Fact]
    public async Task ALargeRequestLetsSmallOnesBy()
    {
        BatchQueue queue = NewQueue(capacity: 1000, maxBatch: 10);
        Task<float[]> first = Add(queue, 9, rows: 1);
        await _hasBegun.WaitAsync();
        Task<float[]> large = Add(queue, 1, rows: 35);
        Task<float[]> small = Add(queue, 2, rows: 2);
        Task<float[]> other = Add(queue, 3, rows: 1);
        _mayRun.Release(100);
        await Task.WhenAll(first, large, small, other);

        Assert.Equal([1, 10, 10, 10, 8], _batches.Select(static batch => batch.Length));
        Assert.Equal([.. Enumerable.Repeat(1f, 10)], _batches[1]);
        Assert.Equal([2f, 2f, 3f], _batches[2][..3]);
        Assert.Equal(35 * Level.OutputSize, (await large).Length);
        Assert.All(await large, static value => Assert.Equal(1f, value));
        Assert.All(await small, static value => Assert.Equal(2f, value));
    }

    [Fact]
    public async Task ARequestThatIsCancelledLeavesTheQueue()
    {
        BatchQueue queue = NewQueue(capacity: 3, maxBatch: 4);
        Task<float[]> first = Add(queue, 1, rows: 1);
        await _hasBegun.WaitAsync();
        using var source = new CancellationTokenSource();
        Task<float[]> cancelled = Add(queue, 2, rows: 2, source.Token);
        Task<float[]> after = Add(queue, 3, rows: 1);
        Assert.Throws<QueueFullException>(() => { _ = Add(queue, 4, rows: 1); });
        await source.CancelAsync();

        await Assert.ThrowsAsync<TaskCanceledException>(() => cancelled);
        Assert.Equal(1, queue.Waiting);
        Task<float[]> next = Add(queue, 5, rows: 2);
        _mayRun.Release(100);
        await Task.WhenAll(first, after, next);
        Assert.Equal([[1f], [3f, 5f, 5f]], _batches);
    }

    [Fact]
    public async Task AFullQueueRefusesAndSaysWhy()
    {
        BatchQueue queue = NewQueue(capacity: 5, maxBatch: 2);
        Task<float[]> first = Add(queue, 1, rows: 1);
        await _hasBegun.WaitAsync();
        Task<float[]> waiting = Add(queue, 2, rows: 4);
        QueueFullException refusal = Assert.Throws<QueueFullException>(() => { _ = Add(queue, 3, rows: 2); });

        Assert.Equal("4 samples wait already; 2 more are too many for a queue of 5.", refusal.Message);
        _mayRun.Release(100);
        await Task.WhenAll(first, waiting);
        await Add(queue, 4, rows: 5);
    }

    [Fact]
    public async Task SeveralWorkersRunBatchesAtTheSameTime()
    {
        BatchQueue queue = NewQueue(capacity: 100, maxBatch: 1, workers: 2);
        Task<float[]> first = Add(queue, 1, rows: 1);
        Task<float[]> second = Add(queue, 2, rows: 1);
        Task<float[]> third = Add(queue, 3, rows: 1);
        Assert.True(await _hasBegun.WaitAsync(10_000));
        Assert.True(await _hasBegun.WaitAsync(10_000));
        Assert.False(await _hasBegun.WaitAsync(50));
        _mayRun.Release(100);
        await Task.WhenAll(first, second, third);
    }

    [Fact]
    public async Task WhatFailsFailsForThoseInTheBatchOnly()
    {
        var queue = new BatchQueue(100, 4, 1, static (_, inputs, outputs) =>
        {
            outputs.Clear();
            if (inputs[0] < 0f)
            {
                throw new FormatException("negative");
            }
        });

        await Assert.ThrowsAsync<FormatException>(() => Add(queue, -1, rows: 1));
        Assert.Equal(Level.OutputSize, (await Add(queue, 1, rows: 1)).Length);
    }

    [Fact]
    public async Task VersionsAreNotMixedInABatch()
    {
        BatchQueue queue = NewQueue(capacity: 100, maxBatch: 10);
        ModelSnapshot newer = Level.Of(2f).Snapshot();
        Task<float[]> first = Add(queue, 1, rows: 1);
        await _hasBegun.WaitAsync();
        Task<float[]>[] others = [Add(queue, 2, rows: 1), Add(queue, 3, rows: 1, snapshot: newer), Add(queue, 4, rows: 1, snapshot: newer)];
        _mayRun.Release(100);
        await first;
        float[][] outputs = await Task.WhenAll(others);

        Assert.Equal([[1f], [2f], [3f, 4f]], _batches);
        Assert.Equal([2f, 6f, 8f], outputs.Select(static output => output[0]));
    }

    private BatchQueue NewQueue(int capacity, int maxBatch, int workers = 1) => new(capacity, maxBatch, workers, (snapshot, inputs, outputs) =>
    {
        _hasBegun.Release();
        _mayRun.Wait();
        lock (_batches)
        {
            float[] owners = new float[inputs.Length / Level.InputSize];
            for (int row = 0; row < owners.Length; row++)
            {
                owners[row] = inputs[row * Level.InputSize];
            }

            _batches.Add(owners);
        }

        snapshot.Predict(inputs, outputs);
    });

    private static Task<float[]> Add(BatchQueue queue, int owner, int rows, CancellationToken token = default, ModelSnapshot? snapshot = null)
    {
        float[] inputs = new float[rows * Level.InputSize];
        for (int row = 0; row < rows; row++)
        {
            inputs[row * Level.InputSize] = owner;
        }

        var request = new BatchRequest(queue, snapshot ?? s_snapshot, inputs);
        queue.Add(request, token);
        return request.Task;
    }
}
