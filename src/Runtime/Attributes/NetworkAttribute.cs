namespace Unroll;

/// <summary>Marks a partial class as a network: its layer attributes, in source order, are compiled into its code.</summary>
/// <remarks>
/// Layers are all those on the declaration that carries this attribute, whether above it or below; put it first, as the input it stands for.
/// The class gets <see cref="Model"/> as its base, the constants <c>InputSize</c>, <c>OutputSize</c> and <c>ParameterCount</c>, a constructor
/// that takes an optional seed, <c>Load</c>, and <c>Graph</c>, a <see cref="NetworkGraph"/>. It must be a partial class that is not generic, static or abstract and names no base
/// class of its own; anything else is a compile-time error at this attribute.
/// </remarks>
/// <example>
/// <code>
/// [Network(28, 28)]
/// [Flatten]
/// [Dense(128, Activation.Relu)]
/// [Dropout(0.2f)]
/// [Dense(10, Activation.Softmax)]
/// public sealed partial class DigitClassifier;
/// </code>
/// </example>
/// <param name="inputShape">The shape of one sample, the batch axis left out: <c>28, 28</c> for an image, <c>13</c> for a row of 13 numbers.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Interface, Inherited = false)]
public sealed class NetworkAttribute(params int[] inputShape) : Attribute
{
    /// <summary>
    /// Whether the class gets <c>CreateStream()</c> as well, which takes the steps of a sequence one by one, as they come. The network then reads steps × features
    /// (several inputs have as many steps each; those of one axis are given with every step), and every layer must be able to go on from step to step. Behind
    /// poolings and strides there is a new output at some steps only. Default: false.
    /// </summary>
    public bool Streaming { get; set; }

    /// <summary>How wide the kernels are that predictions read. Default: <see cref="WeightPrecision.Single"/>.</summary>
    /// <remarks>
    /// A single prediction or a step of a stream waits for its weights more than for its arithmetic: half their width is up to twice the speed, for
    /// outputs that differ by some 2⁻⁹ of a weight's share; <see cref="ModelBase.Summary"/> says by how much. With
    /// <see cref="WeightPrecision.BFloat16"/> the model keeps a rounded copy of the kernels of dense and recurrent layers and of the projections
    /// of attention, made anew when it is first needed after a change of the parameters. <see cref="ModelBase.Predict(ReadOnlySpan{float})"/>, <c>Evaluate</c> and
    /// validation, <see cref="ModelBase.Snapshot"/> and streams use it. Biases, tables of embeddings and the kernels of convolutions, each of whose
    /// weights serves many pixels, are read as they are. Training, <c>Parameters</c>, <c>Activations</c> and files stay what they are in 32 bits.
    /// </remarks>
    public WeightPrecision InferenceWeights { get; set; }

    /// <summary>
    /// A weights file that is built into the assembly: one of the project's <c>AdditionalFiles</c>, by its path in the project or the end of
    /// it, <c>"digit.safetensors"</c>. The class gets <c>Pretrained</c>, one network with these weights for the whole program, and
    /// <c>LoadPretrained()</c>, which gives one of one's own, to train on; where <c>digit.vectors.safetensors</c> is an additional file too,
    /// also <c>SelfTest()</c>. A file that is missing or does not fit is a compile-time error. Default: none.
    /// </summary>
    public string? Weights { get; set; }

    /// <summary>The shape of one sample, the batch axis left out.</summary>
    public IReadOnlyList<int> InputShape { get; } = inputShape;
}
