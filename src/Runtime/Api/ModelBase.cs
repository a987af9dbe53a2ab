using System.Runtime.CompilerServices;
using Unroll.Api;
using Unroll.Compiled;
using Unroll.Memory;
using Unroll.Numerics;
using Unroll.Reports;
using Unroll.Running;

namespace Unroll;

/// <summary>A network that predicts, is measured, saved and loaded: what a <see cref="Model"/> is to those who may not train it, as callbacks.</summary>
/// <remarks>
/// <see cref="Predict(ReadOnlySpan{float}, Span{float})"/> may be called by many threads at once, as long as none trains or assigns
/// parameters at the same time: whoever comes second gets an exception. What <see cref="Snapshot"/> returns predicts meanwhile. Everything
/// else is for one thread.
/// </remarks>
public abstract partial class ModelBase
{
    // The instance's: a prediction of one sample takes less time than to ask for them.
    private readonly Inference _inference;
    private readonly ParameterAccess _access;

    private readonly ulong _seed;

    private protected ModelBase(Contract contract, NetworkDescription network, CompiledCode code, int? seed)
    {
        ArgumentNullException.ThrowIfNull(contract);
        _seed = seed is int value ? (uint)value : (ulong)Random.Shared.NextInt64();
        Instance = new NetworkInstance(network, code, _seed);
        _inference = Instance.Inference;
        _access = Instance.Access;
    }

    /// <summary>Of a class that cannot be created.</summary>
    private protected ModelBase(Func<Type, Exception> refusal) => throw refusal(GetType());

    /// <summary>The parameters in layer order, by position or by name: <c>model.Parameters["dense1/kernel"]</c>.</summary>
    public ParameterCollection Parameters => Instance.Parameters;

    /// <summary>The width in bits of the vectors that networks run on in this process: 512, 256 or 128.</summary>
    /// <remarks>
    /// The widest the processor has, unless the runtime is told otherwise. A program published with NativeAOT runs on the width it was
    /// compiled for: 128 where <c>UnrollInstructionSet</c> was not set. A network whose build wrote one machine's kernels, as a Debug build
    /// does, runs on those: then this is the width of what the runtime does itself, the optimizer's for one.
    /// </remarks>
    public static int VectorBits => SimdWidth.Bits;

    internal NetworkInstance Instance { get; }

    internal NetworkDescription Network => Instance.Network;

    /// <summary>The number of <c>Fit</c> calls that have begun.</summary>
    private protected int Fits { get; set; }

    /// <summary>The seed of a <c>Fit</c> that is not given one.</summary>
    private protected ulong SeedOfNextFit => RandomSource.Combine(_seed, (ulong)Fits);

    private protected OutputGoal[] Goals => Instance.Goals;

    /// <summary>The network's outputs for some samples.</summary>
    /// <param name="inputs">n × InputSize values, row-major.</param>
    /// <returns>n × OutputSize values, row-major.</returns>
    /// <exception cref="ArgumentException">The length is not a multiple of InputSize, or a value is no id of the embedding that reads it.</exception>
    /// <exception cref="InvalidOperationException">Another thread trains the model or changes its parameters.</exception>
    public float[] Predict(ReadOnlySpan<float> inputs)
    {
        float[] outputs = _inference.OutputsFor(inputs);
        Predict(inputs, outputs);
        return outputs;
    }

    /// <summary>The network's outputs for some samples; allocates nothing after a thread's first call.</summary>
    /// <param name="inputs">n × InputSize values, row-major.</param>
    /// <param name="outputs">Receives n × OutputSize values, row-major.</param>
    /// <exception cref="ArgumentException">A length is not what the other requires, the spans overlap, or a value is no id of the embedding that reads it.</exception>
    /// <exception cref="InvalidOperationException">Another thread trains the model or changes its parameters.</exception>
    [MethodImpl(FirstCall.Optimized)]
    public void Predict(ReadOnlySpan<float> inputs, Span<float> outputs)
    {
        PredictingThread thread = _access.BeginPrediction();
        try
        {
            _inference.Predict(thread, inputs, outputs);
        }
        finally
        {
            thread.End();
        }
    }

    /// <summary>The network's outputs for some samples, on several threads at once, with the same bits as on one.</summary>
    /// <remarks>
    /// They share blocks of samples or, of a single sample, the rows of its pictures: convolutions of at least half a million multiply-adds,
    /// where all of these together have four million. Where the work is too little to gain by it, or another such call has the threads, the calling one works alone.
    /// </remarks>
    /// <param name="inputs">n × InputSize values, row-major.</param>
    /// <param name="outputs">Receives n × OutputSize values, row-major.</param>
    /// <param name="threads">How many threads work at most, the calling one included, and no more than there are processors; 0: as many as these.</param>
    /// <exception cref="ArgumentException">A length is not what the other requires, the spans overlap, or a value is no id of the embedding that reads it.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threads"/> is negative.</exception>
    /// <exception cref="InvalidOperationException">Another thread trains the model or changes its parameters.</exception>
    public void Predict(ReadOnlySpan<float> inputs, Span<float> outputs, int threads)
    {
        PredictingThread thread = _access.BeginPrediction();
        try
        {
            SharedPrediction.Run(_inference, thread, inputs, outputs, threads);
        }
        finally
        {
            thread.End();
        }
    }

    /// <summary>What predicts as the model does now, whatever becomes of the model: a copy of its parameters.</summary>
    /// <remarks>While the model is in training, callbacks take it, between two steps.</remarks>
    /// <exception cref="InvalidOperationException">Another thread trains the model or changes its parameters.</exception>
    public ModelSnapshot Snapshot()
    {
        using ParameterAccess.Reading reading = _access.Read(nameof(Snapshot));
        return new ModelSnapshot(_inference.Copy());
    }

    /// <summary>The table of layers, output shapes and parameter counts, as <c>keras.Model.summary</c> prints it on a terminal of 80 columns.</summary>
    /// <remarks>
    /// <para>Of a network that is no stack, the column "Connected to" tells what each layer reads, as Keras writes it: <c>dense1[0][0]</c>, the
    /// first call of dense1 and its first output. Layers of blocks have rows of their own, at each use, so there is no other call. What is
    /// longer than its column goes on in the next line, where Keras cuts it off.</para>
    /// <para>Where predictions read rounded kernels (<see cref="NetworkAttribute.InferenceWeights"/>), a line more says how far outputs are from those of
    /// the parameters themselves, at most, over 32 samples that are always the same: numbers from −1 to 1, or ids.</para>
    /// </remarks>
    /// <exception cref="InvalidOperationException">Kernels are rounded, and another thread trains the model or changes its parameters.</exception>
    public string Summary()
    {
        string table = SummaryTable.Of(Network);
        if (Network.InferenceWeights == WeightPrecision.Single)
        {
            return table;
        }

        float[] features = RoundingEffect.Features(Network);
        float[] rounded = Predict(features);
        return table + "\n" + RoundingEffect.Describe(Network, Activations(features), rounded);
    }

    private protected void RequireCompiled(string method)
    {
        if (Goals.Length == 0)
        {
            throw new InvalidOperationException($"Call Compile(optimizer, loss, ...) before {method}.");
        }
    }
}
