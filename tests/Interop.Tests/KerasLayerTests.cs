using Unroll.Generator.Layers;
using Unroll.Interop.KerasFiles;
using Unroll.Tool;

namespace Unroll.Interop.Tests;

/// <summary>Every layer of the generator's catalog, with arguments that are not its defaults, as the attribute it becomes.</summary>
public sealed class KerasLayerTests
{
    /// <summary>Class, arguments, shape of the input, attribute, shapes of the variables.</summary>
    public static TheoryData<string, string, string, string, string> Layers => new()
    {
        { "Dense", Dense, "4", "[Dense(3, Activation.Swish, UseBias = false, KernelInitializer = Initializer.VarianceScaling, KernelInitializerScale = 2f, KernelInitializerMode = FanMode.FanAvg, KernelInitializerDistribution = InitializerDistribution.Uniform, KernelL1 = 0.1f, KernelL2 = 0.01f, KernelConstraint = Constraint.MaxNorm, KernelConstraintMax = 3f, Name = \"x\")]", "4,3" },
        { "Flatten", """, "data_format": "channels_last" """, "2,3", "[Flatten(Name = \"x\")]", "" },
        { "Reshape", """, "target_shape": [3, -1]""", "6", "[Reshape(3, -1, Name = \"x\")]", "" },
        { "Permute", """, "dims": [2, 1]""", "2,3", "[Permute(2, 1, Name = \"x\")]", "" },
        { "RepeatVector", """, "n": 3""", "4", "[RepeatVector(3, Name = \"x\")]", "" },
        { "ZeroPadding1D", """, "padding": [2, 0], "data_format": "channels_last" """, "3,2", "[ZeroPadding1D(2, 0, Name = \"x\")]", "" },
        { "Activation", """, "activation": "hard_silu" """, "4", "[Activate(Activation.HardSwish, Name = \"x\")]", "" },
        { "LeakyReLU", """, "negative_slope": 0.1""", "4", "[LeakyRelu(0.1f, Name = \"x\")]", "" },
        { "ThresholdedReLU", """, "theta": 0.5""", "4", "[ThresholdedRelu(0.5f, Name = \"x\")]", "" },
        { "ReLU", """, "max_value": 6.0, "negative_slope": 0.0, "threshold": 0.0""", "4", "[Activate(Activation.Relu6, Name = \"x\")]", "" },
        { "ReLU", """, "max_value": null, "negative_slope": 0.3, "threshold": 0.0""", "4", "[Activate(Activation.LeakyRelu, NegativeSlope = 0.3f, Name = \"x\")]", "" },
        { "ELU", """, "alpha": 0.5""", "4", "[Activate(Activation.Elu, Alpha = 0.5f, Name = \"x\")]", "" },
        { "Softmax", """, "axis": -1""", "4", "[Activate(Activation.Softmax, Name = \"x\")]", "" },
        { "PReLU", """, "alpha_initializer": {"class_name": "Constant", "config": {"value": 0.25}}, "shared_axes": null""", "4", "[PRelu(SlopeInitializer = Initializer.Constant, SlopeInitializerValue = 0.25f, Name = \"x\")]", "4" },
        { "BatchNormalization", """, "axis": 1, "momentum": 0.9, "epsilon": 1e-05, "center": true, "scale": false, "synchronized": false""", "4", "[BatchNormalization(Momentum = 0.9f, Epsilon = 1E-05f, Scale = false, Name = \"x\")]", "4;4;4" },
        { "LayerNormalization", """, "axis": [1], "epsilon": 0.001, "center": true, "scale": true, "rms_scaling": false""", "4", "[LayerNormalization(Name = \"x\")]", "4;4" },
        { "Normalization", """, "axis": [-1], "invert": false, "mean": null, "variance": null""", "4", "[Normalization(Name = \"x\")]", "4;4" },
        { "Rescaling", """, "scale": 0.5, "offset": -1""", "4", "[Rescaling(0.5f, -1f, Name = \"x\")]", "" },
        { "Dropout", """, "rate": 0.25, "seed": null, "noise_shape": null""", "4", "[Dropout(0.25f, Name = \"x\")]", "" },
        { "AlphaDropout", """, "rate": 0.25, "seed": 3, "noise_shape": null""", "4", "[AlphaDropout(0.25f, Name = \"x\")]", "" },
        { "GaussianDropout", """, "rate": 0.25, "seed": 3""", "4", "[GaussianDropout(0.25f, Name = \"x\")]", "" },
        { "GaussianNoise", """, "stddev": 0.25, "seed": 3""", "4", "[GaussianNoise(0.25f, Name = \"x\")]", "" },
        { "ActivityRegularization", """, "l1": 0.25, "l2": 0.0""", "4", "[ActivityRegularization(L1 = 0.25f, Name = \"x\")]", "" },
    };

    private static string Dense => """
        , "units": 3, "activation": "silu", "use_bias": false, "trainable": true, "quantization_config": null,
        "dtype": {"module": "keras", "class_name": "DTypePolicy", "config": {"name": "float32"}},
        "kernel_initializer": {"class_name": "VarianceScaling", "config": {"scale": 2.0, "mode": "fan_avg", "distribution": "uniform", "seed": null}},
        "bias_initializer": {"class_name": "Zeros", "config": {}},
        "kernel_regularizer": {"class_name": "L1L2", "config": {"l1": 0.1, "l2": 0.01}}, "bias_regularizer": null,
        "kernel_constraint": {"class_name": "MaxNorm", "config": {"max_value": 3.0, "axis": 0}}, "bias_constraint": null
        """;

    [Theory]
    [MemberData(nameof(Layers))]
    public void BecomesItsAttribute(string className, string arguments, string shape, string attribute, string variables)
    {
        using var file = new KerasFileBuilder();
        string built = $$""", "build_config": {"input_shape": [null, {{shape}}]}""";
        file.Config(KerasFileBuilder.Sequential(KerasFileBuilder.Input("input_layer", shape), KerasFileBuilder.Layer(className, "x", arguments, built)));
        file.Weights([.. variables.Split(';', StringSplitOptions.RemoveEmptyEntries).Select((text, index) => Variable(className, text, index))]);

        ImportedNetwork network = Keras.Import(file.Write());

        Assert.Contains(Environment.NewLine + attribute + Environment.NewLine, network.Source, StringComparison.Ordinal);
        Assert.Empty(network.Notes);
        CompiledNetwork.Compile(network);
    }

    [Fact]
    public void EveryLayerOfTheCatalogIsRead() =>
        Assert.Empty(LayerCatalog.All.Select(static kind => kind.Keras).Except(KerasRules.Known));

    [Theory]
    [InlineData("PReLU", "p_re_lu")]
    [InlineData("ZeroPadding1D", "zero_padding1d")]
    [InlineData("LSTM", "lstm")]
    [InlineData("DepthwiseConv2D", "depthwise_conv2d")]
    [InlineData("BatchNormalization", "batch_normalization")]
    [InlineData("MultiHeadAttention", "multi_head_attention")]
    [InlineData("Conv2DTranspose", "conv2d_transpose")]
    [InlineData("GlobalMaxPooling1D", "global_max_pooling1d")]
    [InlineData("RMSNormalization", "rms_normalization")]
    public void GroupsOfWeightsAreNamedAsKerasNamesThem(string className, string group) => Assert.Equal(group, Identifiers.SnakeCase(className));

    private static (string Path, float[] Values, int[] Shape) Variable(string className, string text, int index)
    {
        int[] shape = [.. text.Split(',').Select(int.Parse)];
        float[] values = [.. Enumerable.Range(1, shape.Aggregate(1, static (product, size) => product * size)).Select(static value => value / 8f)];
        return ($"layers/{Identifiers.SnakeCase(className)}/vars/{index}", values, shape);
    }
}
