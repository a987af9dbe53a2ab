using Unroll.Generator.Model;
using Unroll.Generator.Shapes;

namespace Unroll.Generator.Graph;

/// <summary>Each kind of layer as operations. A new layer adds a case and a method.</summary>
internal sealed class LayerLowering
{
    public GraphWriter Writer { get; } = new();

    /// <summary>Operations that run for what they do, not for a value somebody reads.</summary>
    public List<int> Effects { get; } = [];

    public Op Lower(ShapedLayer layer, Op x)
    {
        OpLabel forward = new(layer.Spec.Name, "Forward");
        return layer.Spec switch
        {
            DenseSpec dense => LowerDense(dense, layer, x),
            ActivateSpec activate => LowerActivation(ActivationFunction.Of(activate.Activation, activate.Coefficient), forward, x),
            FlattenSpec or ReshapeSpec => Writer.Add(new ReshapeOp(), layer.Output, OpScope.Sample, forward, x),
            DropoutSpec dropout => LowerDropout(dropout, forward, x),
            RescalingSpec rescaling => Writer.AddStep(new Rescale(rescaling.Scale, rescaling.Offset), forward, x),
            GaussianNoiseSpec noise => Writer.AddStep(new AddGaussian(noise.StandardDeviation, noise.Position), forward, x),
            GaussianDropoutSpec noise => LowerGaussianDropout(noise, forward, x),
            AlphaDropoutSpec dropout => LowerAlphaDropout(dropout, forward, x),
            ActivityRegularizationSpec activity => LowerActivity(activity, x),
            PermuteSpec permute => Writer.Add(
                new PermuteOp(permute.Axes.Select(static axis => axis - 1).ToEquatableArray()), layer.Output, OpScope.Sample, forward, x),
            RepeatVectorSpec => Writer.Add(new RepeatOp(), layer.Output, OpScope.Sample, forward, x),
            ZeroPadding1DSpec padding => Writer.Add(new PadRowsOp(padding.Left, padding.Right), layer.Output, OpScope.Sample, forward, x),
            PReluSpec rectifier => LowerPRelu(rectifier, forward, x),
            BatchNormalizationSpec normalization => LowerBatchNormalization(normalization, forward, x),
            LayerNormalizationSpec normalization => LowerLayerNormalization(normalization, forward, x),
            NormalizationSpec => LowerNormalization(layer, forward, x),
            ResidualSpec => Writer.AddStep(new AddValue(), forward, LowerBody(layer, x), x),
            _ => throw new InvalidOperationException($"no lowering for {layer.Spec.GetType().Name}"),
        };
    }

    private Op LowerDense(DenseSpec dense, ShapedLayer layer, Op x)
    {
        var forward = new OpLabel(dense.Name, "Forward");
        Op w = AddWeights(dense.Name, "kernel", Shape.Of(layer.Input.Last, dense.Units), dense.Kernel, ParameterLayout.Panels);
        Op y = Writer.Add(new ProductOp(default), layer.Output, OpScope.Sample, forward, x, w);
        if (dense.UseBias)
        {
            Op b = AddWeights(dense.Name, "bias", Shape.Of(dense.Units), dense.Bias);
            y = Writer.AddStep(new AddBias(), forward, y, b);
        }

        return LowerActivation(ActivationFunction.Of(dense.Activation), new OpLabel(dense.Name, "Activation"), y);
    }

    private Op LowerActivation(ActivationFunction function, OpLabel label, Op x) => function.Kind switch
    {
        Activation.Linear => x,
        Activation.Softmax => Writer.Add(new SoftmaxOp(), x.Shape, x.Scope, label, x),
        Activation.LogSoftmax => Writer.Add(new LogSoftmaxOp(), x.Shape, x.Scope, label, x),
        _ => Writer.AddStep(new Activate(function), label, x),
    };

    private Op LowerDropout(DropoutSpec dropout, OpLabel label, Op x) =>
        dropout.Rate == 0f ? x : Writer.AddStep(new DropoutStep(dropout.Rate, dropout.Position), label, x);

    private Op LowerGaussianDropout(GaussianDropoutSpec noise, OpLabel label, Op x)
    {
        float deviation = (float)Math.Sqrt(noise.Rate / (1.0 - noise.Rate));
        return Writer.AddStep(new MultiplyGaussian(deviation, noise.Position), label, x);
    }

    // Klambauer et al., 2017: dropped values become SELU's limit −α·scale; the affine map restores mean 0 and variance 1.
    private Op LowerAlphaDropout(AlphaDropoutSpec dropout, OpLabel label, Op x)
    {
        const double Limit = -1.6732632423543772 * 1.0507009873554805;
        double scale = 1.0 / Math.Sqrt((1.0 - dropout.Rate) * (1.0 + (dropout.Rate * Limit * Limit)));
        double offset = -scale * Limit * dropout.Rate;
        var step = new AlphaDropoutStep(
            dropout.Rate, (float)scale, (float)offset, (float)((scale * Limit) + offset), dropout.Position);
        return Writer.AddStep(step, label, x);
    }

    private Op LowerActivity(ActivityRegularizationSpec activity, Op x)
    {
        Op penalty = Writer.Add(
            new ActivityPenaltyOp(activity.Penalty), Shape.Of(1), OpScope.Sample, new OpLabel(activity.Name, "Penalty"), x);
        Effects.Add(penalty.Id);
        return x;
    }

    private Op LowerPRelu(PReluSpec rectifier, OpLabel label, Op x)
    {
        Op slope = AddWeights(rectifier.Name, "alpha", x.Shape, rectifier.Slope);
        return Writer.AddStep(new ParametricRelu(), label, x, slope);
    }

    private Op LowerBatchNormalization(BatchNormalizationSpec spec, OpLabel label, Op x)
    {
        List<Op> inputs = [x, .. AddScaleAndCenter(spec, x.Shape.Last)];
        Op mean = AddStatistic(spec.Name, "moving_mean", x.Shape.Last, Initializer.Zeros);
        Op variance = AddStatistic(spec.Name, "moving_variance", x.Shape.Last, Initializer.Ones);
        inputs.InsertRange(1, [mean, variance]);
        return Writer.Add(
            new BatchNormalizeOp(spec.Momentum, spec.Epsilon, spec.Scale, spec.Center), x.Shape, OpScope.Sample, label, [.. inputs]);
    }

    private Op LowerLayerNormalization(LayerNormalizationSpec spec, OpLabel label, Op x)
    {
        Op y = Writer.Add(new LayerStandardizeOp(spec.Epsilon), x.Shape, OpScope.Sample, label, x);
        return Affine(spec, y);
    }

    /// <summary>y·gamma + beta, with new parameters for what is present.</summary>
    private Op Affine(ScaleAndCenterSpec spec, Op y)
    {
        var label = new OpLabel(spec.Name, "Affine");
        foreach (Op parameter in AddScaleAndCenter(spec, y.Shape.Last))
        {
            bool isScale = ((ParameterOp)parameter.Kind).Parameter.Name.EndsWith("/gamma", StringComparison.Ordinal);
            y = Writer.AddStep(isScale ? new ScaleUnits() : new AddBias(), label, y, parameter);
        }

        return y;
    }

    // Keras: (x − μ)/max(√σ², ε₀), the statistics set by Adapt.
    private Op LowerNormalization(ShapedLayer layer, OpLabel label, Op x)
    {
        const float LeastDeviation = 1e-7f;
        Op mean = AddStatistic(layer.Spec.Name, "mean", x.Shape.Last, Initializer.Zeros);
        Op variance = AddStatistic(layer.Spec.Name, "variance", x.Shape.Last, Initializer.Ones);
        Op statistics = Writer.Add(
            new InverseDeviationOp(LeastDeviation),
            Shape.Of(2, x.Shape.Last),
            OpScope.Step,
            new OpLabel(layer.Spec.Name, "Statistics"),
            mean,
            variance);
        return Writer.AddStep(new NormalizeUnits(), label, x, statistics);
    }

    private Op LowerBody(ShapedLayer residual, Op x) => residual.Body.Aggregate(x, (value, layer) => Lower(layer, value));

    private IEnumerable<Op> AddScaleAndCenter(ScaleAndCenterSpec spec, int units)
    {
        if (spec.Scale)
        {
            yield return AddWeights(spec.Name, "gamma", Shape.Of(units), spec.Gamma);
        }

        if (spec.Center)
        {
            yield return AddWeights(spec.Name, "beta", Shape.Of(units), spec.Beta);
        }
    }

    private Op AddStatistic(string layer, string part, int units, Initializer initializer) =>
        AddWeights(layer, part, Shape.Of(units), initializer, isTrained: false);

    private Op AddWeights(
        string layer, string part, Shape shape, WeightSpec weights, ParameterLayout layout = ParameterLayout.Vectors, bool isTrained = true)
    {
        var spec = new ParameterSpec($"{layer}/{part}", shape, weights.Initializer, weights.Penalty, weights.Constraint, layout, isTrained);
        return Writer.Add(new ParameterOp(spec), shape, OpScope.Step, new OpLabel(layer, part));
    }
}
