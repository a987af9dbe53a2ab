namespace Unroll.Generator.Model;

/// <summary>One layer as the user wrote it. <c>Position</c> counts the layer attributes from 0; <c>Name</c> is given or kind + running number.</summary>
internal abstract record LayerSpec(int Position, string Name);

/// <summary>y = activation(x·kernel + bias) over the last axis.</summary>
internal sealed record DenseSpec(
    int Position, string Name, int Units, Activation Activation, bool UseBias, WeightSpec Kernel, WeightSpec Bias) : LayerSpec(Position, Name);

/// <summary>A stand-alone activation; <c>Coefficient</c> is its α, slope, threshold or offset, null for the default of its definition.</summary>
internal sealed record ActivateSpec(int Position, string Name, Activation Activation, float? Coefficient) : LayerSpec(Position, Name);

/// <summary>Any shape to one axis.</summary>
internal sealed record FlattenSpec(int Position, string Name) : LayerSpec(Position, Name);

/// <summary>Inverted dropout: in training each value is 0 with probability <c>Rate</c>, else scaled by 1/(1 − Rate).</summary>
internal sealed record DropoutSpec(int Position, string Name, float Rate) : LayerSpec(Position, Name);

/// <summary>Standardizes, then multiplies by gamma where it scales and adds beta where it centers.</summary>
internal abstract record ScaleAndCenterSpec(int Position, string Name, float Epsilon, bool Center, bool Scale) : LayerSpec(Position, Name)
{
    public WeightSpec Gamma { get; init; } = Initializer.Ones;

    public WeightSpec Beta { get; init; } = Initializer.Zeros;
}

/// <summary>Normalizes each unit by mean and variance of the batch in training, by their moving averages in inference.</summary>
internal sealed record BatchNormalizationSpec(int Position, string Name, float Momentum, float Epsilon, bool Center, bool Scale)
    : ScaleAndCenterSpec(Position, Name, Epsilon, Center, Scale);

/// <summary>Normalizes each vector of the last axis by its own mean and variance.</summary>
internal sealed record LayerNormalizationSpec(int Position, string Name, float Epsilon, bool Center, bool Scale)
    : ScaleAndCenterSpec(Position, Name, Epsilon, Center, Scale);

/// <summary>(x − mean)/max(√variance, 1e-7) with the statistics of data, one a unit of the last axis.</summary>
internal sealed record NormalizationSpec(int Position, string Name) : LayerSpec(Position, Name);

/// <summary>x·scale + offset.</summary>
internal sealed record RescalingSpec(int Position, string Name, float Scale, float Offset) : LayerSpec(Position, Name);

/// <summary>In training x + N(0, StandardDeviation²).</summary>
internal sealed record GaussianNoiseSpec(int Position, string Name, float StandardDeviation) : LayerSpec(Position, Name);

/// <summary>In training x·N(1, Rate/(1 − Rate)).</summary>
internal sealed record GaussianDropoutSpec(int Position, string Name, float Rate) : LayerSpec(Position, Name);

/// <summary>In training dropout to SELU's negative limit, then an affine map that keeps mean and variance.</summary>
internal sealed record AlphaDropoutSpec(int Position, string Name, float Rate) : LayerSpec(Position, Name);

/// <summary>Adds (L1·Σ|x| + L2·Σx²)/batch to the loss; passes x on.</summary>
internal sealed record ActivityRegularizationSpec(int Position, string Name, Penalty Penalty) : LayerSpec(Position, Name);

/// <summary>The same elements in another shape.</summary>
internal sealed record ReshapeSpec(int Position, string Name, EquatableArray<int> Sizes) : LayerSpec(Position, Name);

/// <summary>Axes in another order; <c>Axes</c> counts from 1 as Keras does.</summary>
internal sealed record PermuteSpec(int Position, string Name, EquatableArray<int> Axes) : LayerSpec(Position, Name);

/// <summary>[n] to [Count, n], each row the input.</summary>
internal sealed record RepeatVectorSpec(int Position, string Name, int Count) : LayerSpec(Position, Name);

/// <summary>[n, features] to [Left + n + Right, features], zeros around the input.</summary>
internal sealed record ZeroPadding1DSpec(int Position, string Name, int Left, int Right) : LayerSpec(Position, Name);

/// <summary>x where positive, else slope·x with a trained slope for each element of a sample.</summary>
internal sealed record PReluSpec(int Position, string Name, WeightSpec Slope) : LayerSpec(Position, Name);

/// <summary>x + body(x).</summary>
internal sealed record ResidualSpec(int Position, string Name, EquatableArray<LayerSpec> Body) : LayerSpec(Position, Name);

/// <summary>The penalty L1·Σ|w| + L2·Σw² that a parameter adds to the loss.</summary>
internal sealed record Penalty(float L1, float L2)
{
    public static readonly Penalty None = new(0f, 0f);
}
