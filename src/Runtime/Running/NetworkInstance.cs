using System.Runtime.CompilerServices;
using Unroll.Compiled;
using Unroll.Memory;
using Unroll.Numerics;
using Unroll.Optimizers;
using Unroll.Parameters;

namespace Unroll.Running;

/// <summary>A network with parameters of its own and, once compiled, what it is trained for: all that predicting, measuring and training take.</summary>
internal sealed class NetworkInstance
{
    public NetworkInstance(NetworkDescription network, CompiledCode code, ulong seed)
    {
        Network = network;
        Code = code;
        ParameterArena = new Arena(network.ParameterFloats);
        Access = new ParameterAccess(network.Name);
        Inference = new Inference(network, code, ParameterArena);
        StreamPrepared = network.Stream is { PreparedFloats: int floats }
            ? new PreparedValues(floats, arena => code.PrepareStream(ref ParameterArena.Origin, ref arena.Origin))
            : null;
        Parameters = new ParameterCollection(network.Parameters.Select(parameter => new Parameter(parameter, ParameterArena, Access, NoteChange)));
        Initialize(seed);
    }

    public NetworkDescription Network { get; }

    public CompiledCode Code { get; }

    public Arena ParameterArena { get; }

    public ParameterCollection Parameters { get; }

    /// <summary>Who uses the parameters at the moment.</summary>
    public ParameterAccess Access { get; }

    /// <summary>What predicts from the parameters as they are.</summary>
    public Inference Inference { get; }

    /// <summary>What streams need that comes from the parameters alone; null where the network is compiled for none.</summary>
    public PreparedValues? StreamPrepared { get; }

    /// <summary>What each output is trained for; empty before <see cref="Compile"/>.</summary>
    public OutputGoal[] Goals { get; private set; } = [];

    public OptimizerState? OptimizerState { get; private set; }

    public Optimizer? Optimizer => OptimizerState?.Optimizer;

    /// <summary>What steps change without gradients, as the statistics of a batch normalization.</summary>
    public Span<float> UntrainedValues => ParameterArena.Span[Network.TrainedFloats..];

    public void Compile(Optimizer optimizer, OutputGoal[] goals)
    {
        OptimizerState = new OptimizerState(optimizer, Network.TrainedFloats);
        Goals = goals;
    }

    /// <summary>Called after every change of a parameter.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void NoteChange()
    {
        Inference.NoteChange();
        StreamPrepared?.Invalidate();
    }

    public float[] CaptureWeights() => ParameterArena.Span.ToArray();

    public void RestoreWeights(float[] weights)
    {
        weights.CopyTo(ParameterArena.Span);
        NoteChange();
    }

    private void Initialize(ulong seed)
    {
        for (int i = 0; i < Parameters.Count; i++)
        {
            ParameterDescription parameter = Network.Parameters[i];
            float[] values = new float[Parameters[i].Count];
            ParameterInitializer.Fill(InitializerRule.Of(parameter), [.. parameter.Shape], values, new RandomSource(seed, (ulong)i));
            if (parameter.PartOfOnes >= 0)
            {
                int part = values.Length / parameter.Parts;
                values.AsSpan(parameter.PartOfOnes * part, part).Fill(1f);
            }

            Parameters[i].Initialize(values);
        }
    }
}
