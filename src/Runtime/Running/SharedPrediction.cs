using System.Runtime.CompilerServices;
using Unroll.Compiled;
using Unroll.Memory;
using Unroll.Numerics;

namespace Unroll.Running;

/// <summary>Predictions that several threads share: blocks of samples, or the rows of a single picture.</summary>
/// <remarks>No number depends on how the work was shared. The threads belong to the process, and one call has them at a time.</remarks>
internal sealed unsafe class SharedPrediction : ParallelWork
{
    // So many parts for each thread that one which comes late has little left.
    private const int PartsAThread = 4;

    // A step of training is three times a prediction.
    private const int StepsAsLong = 3;

    private static readonly Lock s_taken = new();
    private static readonly SharedPrediction s_shared = new();

    private readonly WorkerPool _pool = new();
    private Inference? _inference;
    private Arena? _sample;
    private float* _inputs;
    private float* _outputs;
    private int _rows;
    private int _rowsAPart;
    private int _phase;
    private int _parts;

    private SharedPrediction()
    {
    }

    /// <summary>Runs samples on at most so many threads; 0: as many as there are processors.</summary>
    /// <exception cref="ArgumentException">A length is not what the other requires, the spans overlap, or a value is no id.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than 0 threads.</exception>
    public static void Run(Inference inference, PredictingThread thread, ReadOnlySpan<float> inputs, Span<float> outputs, int threads)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(threads);
        int rows = inference.RequireRows(inputs, outputs);
        int most = threads == 0 ? Processors.Count : Math.Min(threads, Processors.Count);
        int worth = ThreadsWorth(inference.Network, rows, most);

        // Who finds the threads busy does the work alone.
        if (worth == 1 || !s_taken.TryEnter())
        {
            inference.Predict(thread, inputs, outputs);
            return;
        }

        try
        {
            fixed (float* first = inputs, result = outputs)
            {
                s_shared.Run(inference, thread, first, result, rows, worth);
            }
        }
        finally
        {
            s_shared._inference = null;
            s_shared._sample = null;
            s_taken.Exit();
        }
    }

    /// <summary>How many threads predictions of so many samples are worth.</summary>
    public static int ThreadsWorth(NetworkDescription network, int rows, int most) => rows != 1
        ? TrainingLoop.ThreadsWorth(network.MultiplyAdds * rows / StepsAsLong, most)
        : network.RowPhases.Count > 0 ? most : 1;

    private void Run(Inference inference, PredictingThread thread, float* inputs, float* outputs, int rows, int threads)
    {
        _inference = inference;
        _inputs = inputs;
        _outputs = outputs;
        _rows = rows;
        if (rows == 1)
        {
            RunSample(thread.Scratch(inference.SampleFloats), threads);
            return;
        }

        int block = inference.Network.BlockSamples;

        // A part each where there are more threads than are asked for: any of them may take one.
        int parts = _pool.Threads > threads ? threads : threads * PartsAThread;
        int share = (rows + parts - 1) / parts;
        _rowsAPart = rows < threads * block ? (rows + threads - 1) / threads : (share + block - 1) / block * block;
        _pool.Run(this, (rows + _rowsAPart - 1) / _rowsAPart, threads);
    }

    private void RunSample(Arena scratch, int threads)
    {
        Inference inference = _inference!;
        _sample = scratch;
        _parts = threads;
        Predictor.CopySample(inference, new ReadOnlySpan<float>(_inputs, inference.Network.InputSize), scratch);
        for (_phase = 0; _phase < inference.Network.RowPhases.Count; _phase++)
        {
            if (inference.Network.RowPhases[_phase])
            {
                _pool.Run(this, threads, threads);
            }
            else
            {
                Run(part: 0);
            }
        }

        Predictor.CopySampleOutputs(inference, scratch, new Span<float>(_outputs, inference.Network.OutputSize));
    }

    [MethodImpl(FirstCall.Optimized)]
    public override void Run(int part)
    {
        Inference inference = _inference!;
        if (_sample is { } sample)
        {
            inference.RunRows(ref *_inputs, sample, _phase, part, _parts);
            return;
        }

        int first = part * _rowsAPart;
        int count = Math.Min(_rowsAPart, _rows - first);
        int inputSize = inference.Network.InputSize;
        int outputSize = inference.Network.OutputSize;
        Predictor.Run(
            inference,
            PredictingThread.Current,
            new ReadOnlySpan<float>(_inputs + ((long)first * inputSize), count * inputSize),
            new Span<float>(_outputs + ((long)first * outputSize), count * outputSize),
            count);
    }
}
