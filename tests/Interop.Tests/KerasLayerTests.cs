using System.Text.Json;
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
        { "Conv1D", Kernel(", \"filters\": 2, \"kernel_size\": [2], \"strides\": [1], \"padding\": \"causal\", \"dilation_rate\": [2], \"groups\": 1"), "5,3", "[Conv1D(2, 2, Activation.Relu, Padding = Padding.Causal, Dilation = [2], Name = \"x\")]", "2,3,2;2" },
        { "Conv2D", Kernel(", \"filters\": 4, \"kernel_size\": [3, 1], \"strides\": [2, 2], \"padding\": \"same\", \"dilation_rate\": [1, 1], \"groups\": 2"), "5,4,2", "[Conv2D(4, [3, 1], Activation.Relu, Strides = [2], Padding = Padding.Same, Groups = 2, Name = \"x\")]", "3,1,1,4;4" },
        { "Conv1DTranspose", Kernel(", \"filters\": 2, \"kernel_size\": [3], \"strides\": [2], \"padding\": \"valid\", \"output_padding\": null, \"dilation_rate\": [1]"), "4,3", "[Conv1DTranspose(2, 3, Activation.Relu, Strides = [2], Name = \"x\")]", "3,2,3;2" },
        { "Conv2DTranspose", Kernel(", \"filters\": 2, \"kernel_size\": [2, 2], \"strides\": [2, 1], \"padding\": \"same\", \"output_padding\": null, \"dilation_rate\": [1, 1]"), "3,3,1", "[Conv2DTranspose(2, 2, Activation.Relu, Strides = [2, 1], Padding = Padding.Same, Name = \"x\")]", "2,2,2,1;2" },
        { "DepthwiseConv1D", Kernel(", \"kernel_size\": [3], \"strides\": [1], \"padding\": \"valid\", \"depth_multiplier\": 2, \"dilation_rate\": [1]"), "4,3", "[DepthwiseConv1D(3, Activation.Relu, DepthMultiplier = 2, Name = \"x\")]", "3,3,2;6" },
        { "DepthwiseConv2D", Kernel(", \"kernel_size\": [3, 3], \"strides\": [1, 1], \"padding\": \"same\", \"depth_multiplier\": 1, \"dilation_rate\": [1, 1]"), "4,4,2", "[DepthwiseConv2D(3, Activation.Relu, Padding = Padding.Same, Name = \"x\")]", "3,3,2,1;2" },
        { "SeparableConv1D", Kernel(", \"filters\": 4, \"kernel_size\": [3], \"strides\": [1], \"padding\": \"valid\", \"depth_multiplier\": 1, \"dilation_rate\": [1]"), "4,2", "[SeparableConv1D(4, 3, Activation.Relu, Name = \"x\")]", "3,2,1;1,2,4;4" },
        { "SeparableConv2D", Kernel(", \"filters\": 4, \"kernel_size\": [3, 3], \"strides\": [1, 1], \"padding\": \"valid\", \"depth_multiplier\": 2, \"dilation_rate\": [1, 1]"), "4,4,2", "[SeparableConv2D(4, 3, Activation.Relu, DepthMultiplier = 2, Name = \"x\")]", "3,3,2,2;1,1,4,4;4" },
        { "MaxPooling1D", """, "pool_size": [3], "strides": [1], "padding": "same", "data_format": "channels_last" """, "5,2", "[MaxPooling1D(3, Strides = [1], Padding = Padding.Same, Name = \"x\")]", "" },
        { "MaxPooling2D", """, "pool_size": [3, 2], "strides": [1, 2], "padding": "valid" """, "5,4,2", "[MaxPooling2D([3, 2], Strides = [1, 2], Name = \"x\")]", "" },
        { "AveragePooling1D", """, "pool_size": [2], "strides": [1], "padding": "valid" """, "5,2", "[AveragePooling1D(Strides = [1], Name = \"x\")]", "" },
        { "AveragePooling2D", """, "pool_size": [3, 3], "strides": null, "padding": "same" """, "5,4,2", "[AveragePooling2D(3, Padding = Padding.Same, Name = \"x\")]", "" },
        { "GlobalMaxPooling1D", """, "keepdims": true""", "5,2", "[GlobalMaxPooling1D(KeepDims = true, Name = \"x\")]", "" },
        { "GlobalMaxPooling2D", """, "keepdims": false""", "5,2,2", "[GlobalMaxPooling2D(Name = \"x\")]", "" },
        { "GlobalAveragePooling1D", """, "keepdims": false""", "5,2", "[GlobalAveragePooling1D(Name = \"x\")]", "" },
        { "GlobalAveragePooling2D", """, "keepdims": true""", "5,2,2", "[GlobalAveragePooling2D(KeepDims = true, Name = \"x\")]", "" },
        { "UpSampling1D", """, "size": 3""", "5,2", "[UpSampling1D(3, Name = \"x\")]", "" },
        { "UpSampling2D", """, "size": [3, 2], "interpolation": "bilinear" """, "5,2,2", "[UpSampling2D([3, 2], Interpolation = Interpolation.Bilinear, Name = \"x\")]", "" },
        { "ZeroPadding2D", """, "padding": [[1, 2], [0, 3]]""", "5,2,2", "[ZeroPadding2D([1, 2, 0, 3], Name = \"x\")]", "" },
        { "Cropping1D", """, "cropping": [2, 0]""", "5,2", "[Cropping1D(2, 0, Name = \"x\")]", "" },
        { "Cropping2D", """, "cropping": [[1, 1], [1, 1]]""", "5,4,2", "[Cropping2D(1, Name = \"x\")]", "" },
        { "CenterCrop", """, "height": 3, "width": 2""", "5,4,2", "[CenterCrop(3, 2, Name = \"x\")]", "" },
        { "SpatialDropout1D", """, "rate": 0.25, "seed": 3, "noise_shape": null""", "5,2", "[SpatialDropout1D(0.25f, Name = \"x\")]", "" },
        { "SpatialDropout2D", """, "rate": 0.25, "seed": 3""", "5,2,2", "[SpatialDropout2D(0.25f, Name = \"x\")]", "" },
        { "RandomFlip", """, "mode": "horizontal", "seed": 3, "data_format": "channels_last" """, "5,2,2", "[RandomFlip(FlipMode.Horizontal, Name = \"x\")]", "" },
        { "RandomTranslation", """, "height_factor": 0.25, "width_factor": [-0.5, 0], "fill_mode": "constant", "interpolation": "nearest", "seed": null, "fill_value": 1.0, "data_format": "channels_last" """, "5,2,2", "[RandomTranslation([0.25f], [-0.5f, 0f], FillMode = FillMode.Constant, Interpolation = Interpolation.Nearest, FillValue = 1f, Name = \"x\")]", "" },
        { "RandomRotation", """, "factor": [-0.25, 0.25], "fill_mode": "reflect", "interpolation": "bilinear", "fill_value": 0.0""", "5,2,2", "[RandomRotation([-0.25f, 0.25f], Name = \"x\")]", "" },
        { "RandomZoom", """, "height_factor": 0.25, "width_factor": null, "fill_mode": "wrap" """, "5,2,2", "[RandomZoom(0.25f, FillMode = FillMode.Wrap, Name = \"x\")]", "" },
        { "GroupNormalization", """, "groups": 2, "axis": -1, "epsilon": 0.001, "center": true, "scale": true""", "3,4", "[GroupNormalization(2, Name = \"x\")]", "4;4" },
        { "RMSNormalization", """, "axis": [-1], "epsilon": 1e-05""", "4", "[RMSNormalization(Epsilon = 1E-05f, Name = \"x\")]", "4" },
        { "Embedding", """, "input_dim": 5, "output_dim": 3, "embeddings_initializer": {"class_name": "RandomUniform", "config": {"minval": -0.05, "maxval": 0.05}}, "mask_zero": true, "input_length": null""", "4", "[Embedding(5, 3, MaskZero = true, Name = \"x\")]", "5,3" },
        { "PositionEmbedding", """, "sequence_length": 6, "hierarchical_alpha": 0.4, "initializer": {"class_name": "GlorotUniform", "config": {}}""", "4,3", "[PositionEmbedding(6, Name = \"x\")]", "6,3" },
        { "SimpleRNN", """, "units": 2, "activation": "relu", "use_bias": true, "recurrent_initializer": {"class_name": "Orthogonal", "config": {"gain": 1.0}}, "dropout": 0.25, "recurrent_dropout": 0.0, "return_sequences": true, "return_state": false, "go_backwards": true, "stateful": false, "unroll": false, "zero_output_for_mask": false""", "5,3", "[SimpleRNN(2, Activation = Activation.Relu, ReturnSequences = true, GoBackwards = true, Dropout = 0.25f, Name = \"x\")]", "3,2;2,2;2" },
        { "GRU", """, "units": 2, "recurrent_activation": "hard_sigmoid", "use_bias": true, "reset_after": false, "recurrent_regularizer": {"class_name": "L2", "config": {"l2": 0.5}}, "implementation": 2""", "5,3", "[GRU(2, RecurrentActivation = Activation.HardSigmoid, ResetAfter = false, RecurrentL2 = 0.5f, Name = \"x\")]", "3,6;2,6;6" },
        { "LSTM", """, "units": 2, "activation": "tanh", "use_bias": false, "unit_forget_bias": false, "recurrent_dropout": 0.5""", "5,3", "[LSTM(2, UseBias = false, RecurrentDropout = 0.5f, Name = \"x\")]", "3,8;2,8" },
        { "MultiHeadAttention", """, "num_heads": 2, "key_dim": 3, "value_dim": 2, "dropout": 0.25, "use_bias": false, "output_shape": [5], "attention_axes": null, "seed": null""", "4,4", "[MultiHeadAttention(2, 3, ValueDim = 2, OutputDim = 5, Dropout = 0.25f, UseBias = false, Name = \"x\")]", "4,2,3;4,2,3;4,2,2;2,2,5" },
        { "Masking", """, "mask_value": -1.0""", "5,3", "[Masking(-1f, Name = \"x\")]", "" },
        { "UnitNormalization", """, "axis": [-1]""", "4", "[UnitNormalization(Name = \"x\")]", "" },
    };

    private static string Kernel(string arguments) => arguments + """
        , "activation": "relu", "use_bias": true, "data_format": "channels_last"
        """;

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

        // Positions are the same whatever is read: a network of nothing else is an error.
        if (className != "PositionEmbedding")
        {
            CompiledNetwork.Compile(network);
        }
    }

    /// <summary>Keras writes settings of parameters that the layer does not have; the attribute would be refused with them.</summary>
    [Theory]
    [InlineData("Dense", """, "units": 3, "use_bias": false, "bias_initializer": {"class_name": "Constant", "config": {"value": 2.0}}, "bias_regularizer": {"class_name": "L2", "config": {"l2": 0.5}}, "bias_constraint": {"class_name": "NonNeg", "config": {}}""", "4", "[Dense(3, UseBias = false, Name = \"x\")]", "4,3")]
    [InlineData("GRU", """, "bias_regularizer": {"class_name": "L2", "config": {"l2": 0.5}}, "units": 2, "use_bias": false""", "5,3", "[GRU(2, UseBias = false, Name = \"x\")]", "3,6;2,6")]
    [InlineData("LayerNormalization", """, "axis": -1, "scale": false, "gamma_initializer": {"class_name": "Zeros", "config": {}}, "beta_regularizer": {"class_name": "L2", "config": {"l2": 0.5}}""", "4", "[LayerNormalization(Scale = false, BetaL2 = 0.5f, Name = \"x\")]", "4")]
    [InlineData("BatchNormalization", """, "axis": -1, "center": false, "beta_constraint": {"class_name": "NonNeg", "config": {}}, "gamma_regularizer": {"class_name": "L2", "config": {"l2": 0.5}}""", "4", "[BatchNormalization(Center = false, GammaL2 = 0.5f, Name = \"x\")]", "4;4;4")]
    [InlineData("RandomZoom", """, "height_factor": 0.25, "fill_mode": "nearest", "fill_value": 1.0""", "5,2,2", "[RandomZoom(0.25f, FillMode = FillMode.Nearest, Name = \"x\")]", "")]
    public void SettingsThatNothingReadsAreDropped(string className, string arguments, string shape, string attribute, string variables) =>
        BecomesItsAttribute(className, arguments, shape, attribute, variables);

    /// <summary>What is frozen in the file is frozen here, where there is something to freeze.</summary>
    [Theory]
    [InlineData("Dense", """, "units": 3, "use_bias": false""", "[Dense(3, UseBias = false, Name = \"x\", Trainable = false)]", "4,3")]
    [InlineData("Dropout", """, "rate": 0.5""", "[Dropout(0.5f, Name = \"x\")]", "")]
    public void AFrozenLayerStaysFrozen(string className, string arguments, string attribute, string variables)
    {
        using var file = new KerasFileBuilder();
        file.Config(KerasFileBuilder.Sequential(
            KerasFileBuilder.Input("input_layer", "4"), KerasFileBuilder.Layer(className, "x", arguments + """, "trainable": false""")));
        file.Weights([.. variables.Split(';', StringSplitOptions.RemoveEmptyEntries).Select((text, index) => Variable(className, text, index))]);

        ImportedNetwork network = Keras.Import(file.Write());

        Assert.Contains(Environment.NewLine + attribute + Environment.NewLine, network.Source, StringComparison.Ordinal);
        Assert.Empty(network.Notes);
    }

    [Fact]
    public void EveryLayerOfTheCatalogIsRead() =>
        Assert.Empty(LayerCatalog.All.Select(static kind => kind.Keras).Except(KerasRules.Known));

    /// <summary>Rules that no line describes are of layers without weights.</summary>
    [Fact]
    public void EveryLayerWithWeightsSaysWhichTheyAre()
    {
        JsonElement none = JsonDocument.Parse("{}").RootElement;
        IEnumerable<Type> silent = KerasRules.Known.Select(static name => KerasRules.Find(name)!).Where(rule => !rule.Weights(none).Any()).Select(static rule => rule.Attribute);

        Assert.DoesNotContain(silent, static type => type.GetProperties().Any(static property => property.Name.EndsWith("Initializer", StringComparison.Ordinal)));
        Assert.DoesNotContain(typeof(NormalizationAttribute), silent);
    }

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
        if (className == "MultiHeadAttention")
        {
            return ($"layers/multi_head_attention/{new[] { "query", "key", "value", "output" }[index]}_dense/vars/0", values, shape);
        }

        string cell = Wrappers.IsRecurrent(className) ? "/cell" : "";
        return ($"layers/{Identifiers.SnakeCase(className)}{cell}/vars/{index}", values, shape);
    }
}
