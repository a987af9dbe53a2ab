using Unroll.Checks;
using Unroll.Data;
using Unroll.Running;

namespace Unroll.Fitting;

/// <summary>Batches of a sequence, held against the network and the loss as they come.</summary>
internal sealed class StreamedBatches : BatchSource
{
    private const string Argument = "training";

    private readonly NetworkInstance _instance;
    private readonly IEnumerable<Batch> _sequence;
    private readonly int? _stepsPerEpoch;
    private readonly ClassWeights? _classWeights;
    private IEnumerator<Batch>? _batches;
    private int[] _order = [];
    private float[] _weights = [];
    private int _epoch;
    private int _step;
    private int _batchesPerEpoch;

    /// <param name="instance">What the batches must fit.</param>
    /// <param name="sequence">The batches.</param>
    /// <param name="stepsPerEpoch">The batches of an epoch; null: those of the whole sequence, from its beginning.</param>
    /// <param name="classWeights">What the classes weigh.</param>
    public StreamedBatches(NetworkInstance instance, IEnumerable<Batch> sequence, int? stepsPerEpoch, ClassWeights? classWeights)
    {
        _instance = instance;
        _sequence = sequence;
        _stepsPerEpoch = stepsPerEpoch;
        _classWeights = classWeights;
        _batchesPerEpoch = stepsPerEpoch ?? (sequence.TryGetNonEnumeratedCount(out int count) ? count : 0);
    }

    public override int BatchesPerEpoch => _batchesPerEpoch;

    public override int Capacity => 1;

    // What a sequence will give is not known before it is asked.
    public override string Describe() => $"a sequence of batches, {(_stepsPerEpoch is int steps ? $"{steps} an epoch" : "all in every epoch")}";

    // Without a number of steps every epoch begins anew by itself.
    public override void Skip(int epochs, CancellationToken cancellationToken)
    {
        for (long step = 0; step < (long)epochs * (_stepsPerEpoch ?? 0); step++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            RequireNext();
        }
    }

    public override void BeginEpoch(int epoch, ulong seed)
    {
        _epoch = epoch;
        _step = 0;
        if (_stepsPerEpoch is null)
        {
            Restart();
        }
    }

    public override bool TryNext(out BatchRows rows)
    {
        rows = default;
        if (_stepsPerEpoch is not null)
        {
            if (_step == _stepsPerEpoch)
            {
                return false;
            }

            RequireNext();
        }
        else if (!_batches!.MoveNext())
        {
            _batchesPerEpoch = _step;
            return _step > 0 ? false : throw Empty();
        }

        _step++;
        rows = Checked(_batches!.Current);
        return true;
    }

    public override ArgumentException Refusal(string fault) =>
        new($"Batch {_step} of epoch {_epoch + 1} is not usable: {fault}.", Argument);

    public override void Dispose() => _batches?.Dispose();

    /// <summary>Moves to the next batch, from the end of the sequence to its beginning.</summary>
    private void RequireNext()
    {
        if (_batches is not null && _batches.MoveNext())
        {
            return;
        }

        Restart();
        if (!_batches!.MoveNext())
        {
            throw Empty();
        }
    }

    private void Restart()
    {
        _batches?.Dispose();
        _batches = _sequence.GetEnumerator();
    }

    private BatchRows Checked(Batch? batch)
    {
        string? fault = batch is null ? "it is null" : DatasetCheck.FindFault(_instance.Network, _instance.Goals, batch.Rows)
            ?? BatchLimit.FindFault(_instance.Network, _instance.Goals, batch.Count);
        if (batch is null || fault is not null)
        {
            throw Refusal(fault!);
        }

        if (batch.Count > _order.Length)
        {
            _order = RowOrder.Identity(batch.Count);
        }

        ReadOnlyMemory<float> weights = batch.Rows.WeightMemory;
        if (_classWeights is not null)
        {
            if (batch.Count > _weights.Length)
            {
                _weights = new float[batch.Count];
            }

            _classWeights.Fill(batch.Rows, _weights);
            weights = _weights;
        }

        return new BatchRows(batch.Rows, _order.AsMemory(0, batch.Count), weights);
    }

    private ArgumentException Empty() =>
        new($"The sequence has no batch when it is gone through for epoch {_epoch + 1}; it must give its batches every time.", Argument);
}
