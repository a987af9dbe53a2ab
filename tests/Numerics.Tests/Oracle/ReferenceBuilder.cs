using Unroll.Numerics.Tests.Harness;

namespace Unroll.Numerics.Tests.Oracle;

/// <summary>The reference's layers for those of a blueprint.</summary>
/// <param name="model">Where the parameters come from.</param>
/// <param name="noise">The noise of the training step; null: inference.</param>
internal sealed class ReferenceBuilder(Model model, ulong? noise)
{
    private int _position;
    private int _steps = 1;

    /// <param name="sketches">The layers.</param>
    /// <param name="shape">The shape of their input.</param>
    /// <param name="prefix">What the names of their parameters begin with.</param>
    public List<ReferenceLayer> Build(LayerSketch[] sketches, int[] shape, string prefix)
    {
        var counts = new Dictionary<string, int>();
        var layers = new List<ReferenceLayer>();
        foreach (LayerSketch sketch in sketches)
        {
            counts[sketch.Kind] = counts.GetValueOrDefault(sketch.Kind) + 1;
            int position = _position++;
            layers.AddRange(LayersOf(sketch, shape, $"{prefix}{sketch.Kind}{counts[sketch.Kind]}", position));
            shape = sketch.OutputOf(shape);
        }

        return layers;
    }

    private List<ReferenceLayer> LayersOf(LayerSketch sketch, int[] shape, string name, int position) => sketch switch
    {
        DenseSketch dense => [DenseOf(dense, name), ActivationOf(dense.Activation, null, dense.Units)],
        ConvolutionSketch convolution => [ConvolutionOf(convolution, convolution.Filters, convolution.Groups, shape, name), ActivationOf(convolution, shape)],
        DepthwiseSketch depthwise =>
            [ConvolutionOf(depthwise, shape[^1] * depthwise.Multiplier, shape[^1], shape, name), ActivationOf(depthwise, shape)],
        SeparableSketch separable => [.. SeparableOf(separable, shape, name), ActivationOf(separable, shape)],
        TransposedSketch transposed => [TransposedOf(transposed, shape, name), ActivationOf(transposed, shape)],
        RecurrentSketch recurrent => [RecurrentOf(recurrent, shape, name, position)],
        AttentionSketch attention => [AttentionOf(attention, shape, name, position)],
        PoolSketch pool => [new ReferencePooling(shape, pool.Window, pool.IsMax)],
        GlobalPoolSketch { IsMax: true } => [new ReferenceGlobalMax(Blueprint.Size(shape[..^1]), shape[^1])],
        GlobalPoolSketch => [ReferenceMap.Mean(shape)],
        UpSamplingSketch larger => [ReferenceMap.UpSampling(shape, larger)],
        MarginsSketch margins => [ReferenceMap.Margins(shape, margins)],
        ActivateSketch activate => [ActivationOf(activate.Activation, null, shape[^1])],
        CoefficientSketch activate => [ActivationOf(activate.Activation, activate.Coefficient, shape[^1])],
        LeakyReluSketch rectifier => [ActivationOf(Activation.LeakyRelu, rectifier.Slope, shape[^1])],
        ThresholdedReluSketch rectifier => [ActivationOf(Activation.ThresholdedRelu, rectifier.Theta, shape[^1])],
        PReluSketch rectifier => [new ReferencePRelu(ParameterOf(name + "/alpha", rectifier.SlopeL1, rectifier.SlopeL2))],
        BatchNormalizationSketch normalization => [BatchNormalizationOf(normalization, shape[^1], name)],
        LayerNormalizationSketch normalization => [LayerNormalizationOf(normalization, shape[^1], name)],
        NormalizationSketch => [NormalizationOf(name)],
        RescalingSketch rescaling => [new ReferenceAffine([rescaling.Scale], [rescaling.Offset])],
        ActivityRegularizationSketch activity => [new ReferenceActivityRegularization(activity, Blueprint.Size(shape) * _steps)],
        PermuteSketch permute => [new ReferencePermute(shape, permute)],
        RepeatVectorSketch repeat => [new ReferenceRepeat(shape[0], repeat.Count)],
        ZeroPadding1DSketch padding => [new ReferencePadding(Blueprint.Size(shape), padding.Left * shape[1], padding.Right * shape[1])],
        BlockSketch { IsResidual: true } block => [new ReferenceResidual(Build(block.Body, shape, name + "/"))],
        BlockSketch block => Build(block.Body, shape, name + "/"),
        TimeDistributedSketch block => OfEachStep(block, shape, name),
        FlattenSketch or ReshapeSketch => [new ReferenceIdentity()],
        _ => [NoiseOf(sketch, shape, position)],
    };

    // Steps lie behind each other as samples do, and are samples to the layers.
    private List<ReferenceLayer> OfEachStep(TimeDistributedSketch block, int[] shape, string name)
    {
        int around = _steps;
        _steps *= shape[0];
        List<ReferenceLayer> layers = Build(block.Body, shape[1..], name + "/");
        _steps = around;
        return layers;
    }

    private ReferenceLayer NoiseOf(LayerSketch sketch, int[] shape, int position)
    {
        if (noise is not ulong value)
        {
            return new ReferenceIdentity();
        }

        var numbers = new NoiseNumbers(value, position, shape[^1]);
        return sketch switch
        {
            DropoutSketch dropout => new ReferenceDropout(dropout.Rate, numbers),
            GaussianNoiseSketch gaussian => new ReferenceGaussianNoise(gaussian.Deviation, numbers),
            GaussianDropoutSketch dropout => new ReferenceGaussianDropout(dropout.Rate, numbers),
            SpatialDropoutSketch dropout => new ReferenceSpatialDropout(Blueprint.Size(shape[..^1]), shape[^1], dropout.Rate, numbers),
            AlphaDropoutSketch dropout => new ReferenceAlphaDropout(dropout.Rate, numbers),
            FlipSketch or ImageMotionSketch => new ReferenceImageMotion(
                shape, sketch, (sample, number) => DropoutMask.Bits(value, position, (uint)((2 * sample) + number)) / (double)(1 << 24)),
            _ => throw new ArgumentException($"There is no reference for {sketch.Attribute}."),
        };
    }

    private ReferenceDense DenseOf(DenseSketch dense, string name) => new(
        dense,
        ParameterOf(name + "/kernel", dense.KernelL1, dense.KernelL2),
        dense.UseBias ? ParameterOf(name + "/bias", dense.BiasL1, dense.BiasL2) : null);

    private ReferenceConvolution ConvolutionOf(ConvolutionBaseSketch sketch, int filters, int groups, int[] shape, string name) => new(
        shape,
        sketch.Window,
        filters,
        groups,
        ParameterOf(name + "/kernel", 0, sketch.KernelL2),
        sketch.UseBias ? ParameterOf(name + "/bias") : null);

    private ReferenceRecurrent RecurrentOf(RecurrentSketch sketch, int[] shape, string name, int position)
    {
        if (sketch.Bidirectional == BidirectionalMerge.None)
        {
            return new ReferenceRecurrent(sketch, shape, Cell("/", sketch.GoBackwards, salt: 0), null);
        }

        ReferenceCell forward = Cell("/forward/", sketch.GoBackwards, salt: 0);
        return new ReferenceRecurrent(sketch, shape, forward, Cell("/backward/", !sketch.GoBackwards, salt: 1 << 26));

        ReferenceCell Cell(string part, bool isReversed, int salt) => new(
            sketch,
            shape,
            isReversed,
            ParameterOf(name + part + "kernel", 0, sketch.KernelL2),
            ParameterOf(name + part + "recurrent_kernel", sketch.RecurrentL1),
            sketch.UseBias ? ParameterOf(name + part + "bias", 0, sketch.BiasL2) : null,
            NoiseOf(sketch, shape[^1], position + salt));
    }

    // One number a column of a sample; for each gate another where the state drops out.
    private CellNoise NoiseOf(RecurrentSketch sketch, int inputs, int salt)
    {
        if (noise is not ulong value)
        {
            return CellNoise.None;
        }

        return new CellNoise(
            (sample, gate, k) => Factor(sketch.Dropout, salt + (1 << 24) + (sketch.RecurrentDropout > 0 ? gate << 27 : 0), sample, inputs, k),
            (sample, gate, k) => Factor(sketch.RecurrentDropout, salt + (1 << 25) + (gate << 27), sample, sketch.Units, k));

        double Factor(float rate, int layer, int sample, int columns, int k) => rate == 0 ? 1
            : new NoiseNumbers(value, layer, columns).Keeps((sample * columns) + k, rate) ? 1 / (1 - (double)rate)
            : 0;
    }

    private ReferenceAttention AttentionOf(AttentionSketch sketch, int[] shape, string name, int position)
    {
        ReferenceParameter[] OfPart(string part) => sketch.UseBias
            ? [ParameterOf($"{name}/{part}/kernel", 0, sketch.KernelL2), ParameterOf($"{name}/{part}/bias")]
            : [ParameterOf($"{name}/{part}/kernel", 0, sketch.KernelL2)];
        return new ReferenceAttention(
            sketch,
            shape,
            [OfPart("query"), OfPart("key"), OfPart("value"), OfPart("attention_output")],
            noise is ulong value && sketch.Dropout > 0 ? new NoiseNumbers(value, position, shape[0]) : null);
    }

    private ReferenceTransposedConvolution TransposedOf(TransposedSketch sketch, int[] shape, string name) => new(
        shape, sketch, ParameterOf(name + "/kernel", 0, sketch.KernelL2), sketch.UseBias ? ParameterOf(name + "/bias") : null);

    // A convolution in as many groups as channels, then one of a single tap.
    private IEnumerable<ReferenceLayer> SeparableOf(SeparableSketch sketch, int[] shape, string name)
    {
        int channels = shape[^1] * sketch.Multiplier;
        yield return new ReferenceConvolution(
            shape, sketch.Window, channels, shape[^1], ParameterOf(name + "/depthwise_kernel", 0, sketch.KernelL2), bias: null);
        int[] one = [.. sketch.Size.Select(static _ => 1)];
        yield return new ReferenceConvolution(
            sketch.Window.OutputOf(shape, channels),
            new WindowSketch(one, one, one, Padding.Valid),
            sketch.Filters,
            groups: 1,
            ParameterOf(name + "/pointwise_kernel"),
            sketch.UseBias ? ParameterOf(name + "/bias") : null);
    }

    private static ReferenceLayer ActivationOf(ConvolutionBaseSketch sketch, int[] shape) =>
        ActivationOf(sketch.Activation, null, sketch.OutputOf(shape)[^1]);

    private static ReferenceLayer ActivationOf(Activation activation, double? coefficient, int columns) => activation switch
    {
        Activation.Softmax => new ReferenceSoftmax(columns),
        Activation.LogSoftmax => new ReferenceLogSoftmax(columns),
        _ => new ReferenceActivation(activation, coefficient ?? Functions.DefaultCoefficient(activation)),
    };

    private ReferenceLayer BatchNormalizationOf(BatchNormalizationSketch sketch, int units, string name)
    {
        (ReferenceParameter? gamma, ReferenceParameter? beta) = ScaleAndCenterOf(sketch, name);
        if (noise is not null)
        {
            return new ReferenceStandardization(Groups.OfColumns(units), sketch.Epsilon, gamma, beta);
        }

        double[] mean = ValuesOf(name + "/moving_mean");
        double[] variance = ValuesOf(name + "/moving_variance");
        double[] scale = [.. variance.Select((value, u) => (gamma?.Values[u] ?? 1) / Math.Sqrt(value + sketch.Epsilon))];
        return new ReferenceAffine(scale, [.. scale.Select((value, u) => (beta?.Values[u] ?? 0) - (mean[u] * value))], gamma, beta);
    }

    private ReferenceStandardization LayerNormalizationOf(LayerNormalizationSketch sketch, int units, string name)
    {
        (ReferenceParameter? gamma, ReferenceParameter? beta) = ScaleAndCenterOf(sketch, name);
        return new ReferenceStandardization(Groups.OfRows(units), sketch.Epsilon, gamma, beta);
    }

    private (ReferenceParameter? Gamma, ReferenceParameter? Beta) ScaleAndCenterOf(ScaleAndCenterSketch sketch, string name) => (
        sketch.Scale ? ParameterOf(name + "/gamma", sketch.GammaL1, sketch.GammaL2) : null,
        sketch.Center ? ParameterOf(name + "/beta", sketch.BetaL1, sketch.BetaL2) : null);

    private ReferenceAffine NormalizationOf(string name)
    {
        double[] mean = ValuesOf(name + "/mean");
        double[] scale = [.. ValuesOf(name + "/variance").Select(static value => 1 / Math.Max(Math.Sqrt(value), 1e-7))];
        return new ReferenceAffine(scale, [.. scale.Zip(mean, static (factor, offset) => -offset * factor)]);
    }

    private double[] ValuesOf(string name) =>
        ReferenceNetwork.Doubles(model.Parameters.Single(parameter => parameter.Name == name).ToArray());

    private ReferenceParameter ParameterOf(string name, double l1 = 0, double l2 = 0)
    {
        double[] values = ValuesOf(name);
        return new ReferenceParameter(name, values, new double[values.Length], l1, l2);
    }
}
