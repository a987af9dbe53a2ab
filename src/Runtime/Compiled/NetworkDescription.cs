using System.ComponentModel;
using Unroll.Numerics;

namespace Unroll.Compiled;

/// <summary>What generated code tells the runtime about its network: sizes, names and where values lie in the arenas.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class NetworkDescription
{
    internal const int PenaltyStride = Panels.Width;

    /// <summary>The class, namespace included.</summary>
    public required string Name { get; init; }

    /// <summary>The inputs in order.</summary>
    public required IReadOnlyList<InputDescription> Inputs
    {
        get;
        init
        {
            field = [.. value];
            foreach (InputDescription input in field)
            {
                input.RowOffset = InputSize;
                InputSize += input.Size;
                HasIds |= input.Ids is not null;
            }
        }
    }

    /// <summary>The outputs in order.</summary>
    public required IReadOnlyList<OutputDescription> Outputs
    {
        get;
        init
        {
            field = [.. value];
            foreach (OutputDescription output in field)
            {
                output.RowOffset = OutputSize;
                OutputSize += output.Size;
            }
        }
    }

    /// <summary>The layers in order.</summary>
    public required IReadOnlyList<LayerDescription> Layers { get; init; }

    /// <summary>The layers whose parameters are measured from data.</summary>
    public IReadOnlyList<AdaptedDescription> Adapted { get; init; } = [];

    /// <summary>The parameters in layer order.</summary>
    public required IReadOnlyList<ParameterDescription> Parameters { get; init; }

    /// <summary>The length of the arena of the parameters.</summary>
    public required int ParameterFloats { get; init; }

    /// <summary>The length of its first part, which the optimizer changes.</summary>
    public required int TrainedFloats { get; init; }

    /// <summary>Samples in a block of inference, and as many as pass at once in training.</summary>
    public required int BlockSamples { get; init; }

    /// <summary>The length of a block in inference.</summary>
    public required int InferenceBlockFloats { get; init; }

    /// <summary>The length of what a single sample needs in inference.</summary>
    public required int SampleFloats { get; init; }

    /// <summary>What a sample takes in training.</summary>
    public required int TrainingSampleFloats { get; init; }

    /// <summary>Whether samples are lanes in training, so that there is room for whole groups of sixteen.</summary>
    public bool TrainsInLanes { get; init; }

    /// <summary>Whether a training step needs all samples of a batch at once.</summary>
    public bool KeepsBatch { get; init; }

    /// <summary>The length of the arena of values without batch axis.</summary>
    public required int TemporaryFloats { get; init; }

    /// <summary>The length of the arena of what inference computes from the parameters alone.</summary>
    public int PreparedFloats { get; init; }

    /// <summary>The length of the arena of what a single sample needs that comes from the parameters alone; null where it is that of a block.</summary>
    public int? SamplePreparedFloats { get; init; }

    /// <summary>How wide the kernels are that predictions read.</summary>
    public WeightPrecision InferenceWeights { get; init; }

    /// <summary>The offsets in training of penalties, one a sample.</summary>
    public IReadOnlyList<int> TrainingPenalties { get; init; } = [];

    /// <summary>The offsets in an inference block of penalties, one a sample.</summary>
    public IReadOnlyList<int> InferencePenalties { get; init; } = [];

    /// <summary>Where the hidden values lie when they are asked for.</summary>
    public ObservedDescription? Observed { get; init; }

    /// <summary>The memory of a stream; null where the network is compiled for none.</summary>
    public StreamDescription? Stream { get; init; }

    /// <summary>The phases of a training step.</summary>
    public required IReadOnlyList<PhaseDescription> Phases
    {
        get;
        init
        {
            field = [.. value];
            foreach (PhaseDescription phase in field)
            {
                MultiplyAdds += phase.MultiplyAdds;
            }
        }
    }

    /// <summary>The phases of a single sample's forward pass: whether threads share the rows of each. None where they would gain little.</summary>
    public IReadOnlyList<bool> RowPhases { get; init; } = [];

    /// <summary>The values of one sample, all inputs together.</summary>
    internal int InputSize { get; private set; }

    /// <summary>Whether an embedding reads an input.</summary>
    internal bool HasIds { get; private set; }

    /// <summary>The values of one prediction, all outputs together.</summary>
    internal int OutputSize { get; private set; }

    /// <summary>The multiply-adds of a training step for each sample.</summary>
    internal long MultiplyAdds { get; private set; }

    /// <summary>What the network takes, for messages: how many values, the shape of an only input that is no vector, name and size of several.</summary>
    internal string Samples
    {
        get
        {
            string values = InputSize == 1 ? "1 value" : $"{InputSize} values";
            return Inputs switch
            {
                [{ Shape.Count: 1 }] => $"samples of {values}",
                [var only] => $"samples of {values} ({LogicalShape.Describe(only.Shape)})",
                _ => $"samples of {values} ({string.Join(" and ", Inputs.Select(static input => $"{input.Name} {input.Size}"))})",
            };
        }
    }
}
