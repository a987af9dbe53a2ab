using System.ComponentModel;

namespace Unroll.Compiled;

/// <summary>The generated code of one network, for the machine it runs on.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class CompiledCode
{
    /// <summary>What inference computes from the parameters alone, where there is anything.</summary>
    public virtual void Prepare(ref float parameters, ref float temporaries)
    {
    }

    /// <summary>What <see cref="InferSample"/> needs that comes from the parameters alone, where it is not that of <see cref="Infer"/>.</summary>
    public virtual void PrepareSample(ref float parameters, ref float temporaries)
    {
    }

    /// <summary>The forward pass of at most one block.</summary>
    public abstract void Infer(ref float input, ref float parameters, ref float temporaries, ref float block, nuint samples);

    /// <summary>The forward pass of a single sample.</summary>
    public abstract void InferSample(ref float input, ref float parameters, ref float temporaries, ref float block);

    /// <summary>One phase of the forward pass of a single sample: where threads share it, a part of its rows.</summary>
    public virtual void InferRows(ref float input, ref float parameters, ref float temporaries, ref float block, int phase, nuint part, nuint parts) =>
        throw new NotSupportedException("The network is not compiled for threads that share a sample.");

    /// <summary>What <see cref="Observe"/> needs that comes from the parameters alone, where there is anything.</summary>
    public virtual void PrepareObservation(ref float parameters, ref float temporaries)
    {
    }

    /// <summary>The forward pass of at most one block that keeps the value of every layer.</summary>
    public abstract void Observe(ref float parameters, ref float temporaries, ref float block, nuint samples);

    /// <summary>What <see cref="Step"/> needs that comes from the parameters alone, where there is anything.</summary>
    public virtual void PrepareStream(ref float parameters, ref float temporaries)
    {
    }

    /// <summary>
    /// One step of a stream, whose memory is the beginning of the block. Every other one, where <paramref name="isOdd"/> says so, reads large kernels from their
    /// end: what the one before has read last is still near.
    /// </summary>
    public virtual void Step(ref float input, ref float parameters, ref float temporaries, ref float block, bool isOdd) =>
        throw new NotSupportedException("The network is not compiled for streams.");

    /// <summary>One phase of a training step for some samples of the block.</summary>
    public abstract void TrainSamples(TrainingStep step, int phase, nuint local, nuint first, nuint samples);

    /// <summary>One part of one phase of a training step, where there is any whose work is shared by parts.</summary>
    public virtual void TrainPart(TrainingStep step, int phase, int part)
    {
    }
}
