using Unroll.Generator.Model;

namespace Unroll.Generator.Frontend;

/// <summary>Turns one kind of layer attribute into its spec. A new layer adds a reader to <see cref="All"/>.</summary>
/// <param name="attributeName">The attribute's metadata name.</param>
/// <param name="kind">What unnamed layers are called, in snake case as Keras does: <c>dense</c> gives <c>dense1</c>, <c>dense2</c>.</param>
/// <param name="read">The arguments, checked, as a spec.</param>
internal sealed class LayerAttributeReader(string attributeName, string kind, Func<LayerArguments, LayerSpec> read)
{
    public static readonly IReadOnlyList<LayerAttributeReader> All =
    [
        new("Unroll.DenseAttribute", "dense", LayerReaders.Dense),
        new("Unroll.FlattenAttribute", "flatten", LayerReaders.Flatten),
        new("Unroll.ReshapeAttribute", "reshape", LayerReaders.Reshape),
        new("Unroll.PermuteAttribute", "permute", LayerReaders.Permute),
        new("Unroll.RepeatVectorAttribute", "repeat_vector", LayerReaders.RepeatVector),
        new("Unroll.ZeroPadding1DAttribute", "zero_padding1d", LayerReaders.ZeroPadding1D),
        new("Unroll.ActivateAttribute", "activate", ActivationReaders.Activate),
        new("Unroll.LeakyReluAttribute", "leaky_relu", ActivationReaders.LeakyRelu),
        new("Unroll.PReluAttribute", "prelu", ActivationReaders.PRelu),
        new("Unroll.ThresholdedReluAttribute", "thresholded_relu", ActivationReaders.ThresholdedRelu),
        new("Unroll.BatchNormalizationAttribute", "batch_normalization", NormalizationReaders.BatchNormalization),
        new("Unroll.LayerNormalizationAttribute", "layer_normalization", NormalizationReaders.LayerNormalization),
        new("Unroll.NormalizationAttribute", "normalization", NormalizationReaders.Normalization),
        new("Unroll.RescalingAttribute", "rescaling", NormalizationReaders.Rescaling),
        new("Unroll.DropoutAttribute", "dropout", RegularizationReaders.Dropout),
        new("Unroll.AlphaDropoutAttribute", "alpha_dropout", RegularizationReaders.AlphaDropout),
        new("Unroll.GaussianDropoutAttribute", "gaussian_dropout", RegularizationReaders.GaussianDropout),
        new("Unroll.GaussianNoiseAttribute", "gaussian_noise", RegularizationReaders.GaussianNoise),
        new("Unroll.ActivityRegularizationAttribute", "activity_regularization", RegularizationReaders.ActivityRegularization),
    ];

    private static readonly Dictionary<string, LayerAttributeReader> s_byName =
        All.ToDictionary(static reader => reader.AttributeName, StringComparer.Ordinal);

    public string AttributeName { get; } = attributeName;

    public string Kind { get; } = kind;

    public static LayerAttributeReader? Find(string attributeName) =>
        s_byName.TryGetValue(attributeName, out LayerAttributeReader? reader) ? reader : null;

    public LayerSpec Read(LayerArguments arguments) => read(arguments);
}
