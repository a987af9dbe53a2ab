using System.Runtime.CompilerServices;
using Unroll.Data;
using Unroll.Numerics;

namespace Unroll.Fitting;

/// <summary>Batches of rows of a data set, which begins anew, shuffled again, when all its rows were seen.</summary>
/// <remarks>
/// Batches are counted through all epochs, so that the order of an epoch's rows depends on nothing but the seed and the epoch.
/// </remarks>
internal sealed class DatasetBatches : BatchSource
{
    private readonly Dataset _data;
    private readonly ReadOnlyMemory<float> _weights;
    private readonly bool _shuffle;
    private readonly int[] _order;
    private readonly RandomSource _random = new(seed: 0);
    private readonly int _batchesPerPass;
    private ulong _seed;
    private long _pass = -1;
    private long _next;
    private long _end;

    /// <param name="data">The rows.</param>
    /// <param name="weights">What each weighs; empty where all weigh 1.</param>
    /// <param name="batchSize">The rows of a batch; the last of a pass may be shorter.</param>
    /// <param name="stepsPerEpoch">The batches of an epoch; null: those of one pass.</param>
    /// <param name="shuffle">Whether each pass has an order of its own.</param>
    public DatasetBatches(Dataset data, ReadOnlyMemory<float> weights, int batchSize, int? stepsPerEpoch, bool shuffle)
    {
        _data = data;
        _weights = weights;
        _shuffle = shuffle;
        _order = RowOrder.Identity(data.Count);
        Capacity = Math.Min(batchSize, data.Count);
        _batchesPerPass = (data.Count + Capacity - 1) / Capacity;
        BatchesPerEpoch = stepsPerEpoch ?? _batchesPerPass;
    }

    public override int BatchesPerEpoch { get; }

    public override int Capacity { get; }

    public override Dataset Data => _data;

    public override string Describe() =>
        $"{DataHash.Describe(_data, _weights.Span)}, {BatchesPerEpoch} batches of {Capacity} an epoch, {(_shuffle ? "shuffled" : "in order")}";

    public override void BeginEpoch(int epoch, ulong seed)
    {
        _seed = seed;
        _next = (long)epoch * BatchesPerEpoch;
        _end = _next + BatchesPerEpoch;
    }

    [MethodImpl(FirstCall.Optimized)]
    public override bool TryNext(out BatchRows rows)
    {
        if (_next == _end)
        {
            rows = default;
            return false;
        }

        (long pass, long batch) = Math.DivRem(_next, _batchesPerPass);
        if (pass != _pass && _shuffle)
        {
            _random.Restart(RandomSource.Combine(_seed, (ulong)pass));
            _random.Permute(_order);
            _pass = pass;
        }

        int first = (int)batch * Capacity;
        rows = new BatchRows(_data, _order.AsMemory(first, Math.Min(Capacity, _order.Length - first)), _weights);
        _next++;
        return true;
    }

    public override ArgumentException Refusal(string fault) => new($"{fault}.", "training");
}
