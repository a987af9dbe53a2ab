namespace Unroll.Generator.Model;

/// <summary>One layer as the user wrote it. <c>Position</c> counts the layer attributes from 0; <c>Name</c> is given or kind + running number.</summary>
internal abstract record LayerSpec(int Position, string Name);

/// <summary>y = activation(x·kernel + bias) over the last axis.</summary>
internal sealed record DenseSpec(
    int Position,
    string Name,
    int Units,
    Activation Activation,
    bool UseBias,
    Initializer KernelInitializer,
    Initializer BiasInitializer,
    Penalty KernelPenalty,
    Penalty BiasPenalty) : LayerSpec(Position, Name);

/// <summary>A stand-alone activation.</summary>
internal sealed record ActivateSpec(int Position, string Name, Activation Activation) : LayerSpec(Position, Name);

/// <summary>Any shape to one axis.</summary>
internal sealed record FlattenSpec(int Position, string Name) : LayerSpec(Position, Name);

/// <summary>Inverted dropout: in training each value is 0 with probability <c>Rate</c>, else scaled by 1/(1 − Rate).</summary>
internal sealed record DropoutSpec(int Position, string Name, float Rate) : LayerSpec(Position, Name);

/// <summary>The penalty L1·Σ|w| + L2·Σw² that a parameter adds to the loss.</summary>
internal sealed record Penalty(float L1, float L2)
{
    public static readonly Penalty None = new(0f, 0f);
}
