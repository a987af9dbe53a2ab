namespace Unroll.Benchmarks;

/// <summary>A training that differs in one thing from that of a plain network with Adam and mean squared error.</summary>
/// <param name="Name">The difference.</param>
/// <param name="Model">The network.</param>
/// <param name="Optimizer">The optimizer.</param>
/// <param name="Loss">The loss.</param>
/// <param name="Metrics">The metrics.</param>
internal sealed record Feature(string Name, Func<Model> Model, Func<Optimizer> Optimizer, Func<Loss> Loss, Func<Metric[]> Metrics)
{
    /// <summary>Of 784-128-10.</summary>
    public static IReadOnlyList<Feature> OfDigits { get; } =
    [
        OfLayer("`Elu`", static () => new DigitsElu(seed: 1)),
        OfLayer("`Gelu`", static () => new DigitsGelu(seed: 1)),
        OfLayer("`Swish`", static () => new DigitsSwish(seed: 1)),
        OfLayer("`Sigmoid`", static () => new DigitsSigmoid(seed: 1)),
        OfLayer("`Tanh`", static () => new DigitsTanh(seed: 1)),
        OfLayer("`Softplus`", static () => new DigitsSoftplus(seed: 1)),
        OfLayer("`Mish`", static () => new DigitsMish(seed: 1)),
        OfLayer("`PRelu`", static () => new DigitsPRelu(seed: 1)),
        OfLayer("`Dropout`", static () => new DigitsDropout(seed: 1)),
        OfLayer("`Dropout` first", static () => new DigitsDropoutFirst(seed: 1)),
        OfLayer("`GaussianNoise` first", static () => new DigitsGaussianNoiseFirst(seed: 1)),
        OfLayer("`Rescaling` first", static () => new DigitsRescalingFirst(seed: 1)),
        OfLayer("`BatchNormalization`", static () => new DigitsBatchNormalization(seed: 1)),
        OfLayer("`BatchNormalization` first", static () => new DigitsBatchNormalizationFirst(seed: 1)),
        OfLayer("`LayerNormalization`", static () => new DigitsLayerNormalization(seed: 1)),
        OfLayer("`ActivityRegularization`", static () => new DigitsActivityRegularization(seed: 1)),
        OfLayer("`KernelL1`", static () => new DigitsKernelL1(seed: 1)),
        OfLayer("`KernelL2`", static () => new DigitsKernelL2(seed: 1)),
        OfLayer("`Constraint.MaxNorm`", static () => new DigitsMaxNorm(seed: 1)),
        OfLoss("`MeanAbsoluteError`", static () => new Digits(seed: 1), static () => new MeanAbsoluteError()),
        OfLoss("`Huber`", static () => new Digits(seed: 1), static () => new Huber()),
        OfLoss("softmax, sparse cross-entropy", static () => new DigitsSoftmax(seed: 1), static () => new SparseCategoricalCrossentropy()),
        OfLoss(
            "softmax, sparse cross-entropy, accuracy",
            static () => new DigitsSoftmax(seed: 1),
            static () => new SparseCategoricalCrossentropy(),
            static () => new Accuracy()),
        OfLoss("softmax, categorical cross-entropy", static () => new DigitsSoftmax(seed: 1), static () => new CategoricalCrossentropy()),
        OfRule("`SGD`", static () => new SGD()),
        OfRule("`SGD`, momentum", static () => new SGD(0.01f, momentum: 0.9f)),
        OfRule("`RMSprop`", static () => new RMSprop()),
        OfRule("`Adagrad`", static () => new Adagrad()),
        OfRule("`Adadelta`", static () => new Adadelta()),
        OfRule("`Adamax`", static () => new Adamax()),
        OfRule("`Nadam`", static () => new Nadam()),
        OfRule("`AdamW`", static () => new AdamW()),
        OfRule("`Lion`", static () => new Lion()),
        OfRule("`Ftrl`", static () => new Ftrl()),
        OfRule("Adam, `ClipValue`", static () => new Adam { ClipValue = 1f }),
        OfRule("Adam, `ClipNorm`", static () => new Adam { ClipNorm = 1f }),
        OfRule("Adam, `GlobalClipNorm`", static () => new Adam { GlobalClipNorm = 1f }),
        OfRule("Adam, `UseEma`", static () => new Adam { UseEma = true }),
        OfRule("Adam, a schedule", static () => new Adam(new CosineDecay(0.001f, 1_000_000))),
    ];

    /// <summary>Of 13-64-64-1.</summary>
    public static IReadOnlyList<Feature> OfSmall { get; } =
    [
        OfLayer("`Gelu`", static () => new SmallGelu(seed: 1)),
        OfLayer("`Tanh`", static () => new SmallTanh(seed: 1)),
        OfLayer("two `Dropout`", static () => new SmallDropout(seed: 1)),
        OfLayer("two `BatchNormalization`", static () => new SmallBatchNormalization(seed: 1)),
        OfLayer("two `LayerNormalization`", static () => new SmallLayerNormalization(seed: 1)),
        OfLayer("`KernelL2`", static () => new SmallKernelL2(seed: 1)),
        OfLoss("sigmoid, binary cross-entropy", static () => new SmallSigmoid(seed: 1), static () => new BinaryCrossentropy()),
        OfLoss(
            "sigmoid, binary cross-entropy, accuracy",
            static () => new SmallSigmoid(seed: 1),
            static () => new BinaryCrossentropy(),
            static () => new Accuracy()),
    ];

    /// <summary>Of 4-16-3.</summary>
    public static IReadOnlyList<Feature> OfTiny { get; } =
    [
        OfLoss("softmax, sparse cross-entropy", static () => new TinySoftmax(seed: 1), static () => new SparseCategoricalCrossentropy()),
        OfLoss(
            "softmax, sparse cross-entropy, accuracy",
            static () => new TinySoftmax(seed: 1),
            static () => new SparseCategoricalCrossentropy(),
            static () => new Accuracy()),
        OfLoss("softmax, categorical cross-entropy", static () => new TinySoftmax(seed: 1), static () => new CategoricalCrossentropy()),
    ];

    /// <summary>The training, on batches of random numbers.</summary>
    public TrainingWorkload Create(BenchmarkNetwork network, int batch)
    {
        Loss loss = Loss();
        Dataset data = TrainingWorkload.Data(network, batch);
        if (loss is SparseCategoricalCrossentropy)
        {
            data = RandomData.Labelled(data, network.Outputs);
        }

        return new TrainingWorkload(Model(), loss, data, batch, Optimizer(), Metrics());
    }

    private static Feature OfLayer(string name, Func<Model> model) => OfLoss(name, model, static () => new MeanSquaredError());

    private static Feature OfLoss(string name, Func<Model> model, Func<Loss> loss, params Func<Metric>[] metrics) =>
        new(name, model, static () => new Adam(), loss, () => [.. metrics.Select(static metric => metric())]);

    private static Feature OfRule(string name, Func<Optimizer> optimizer) =>
        new(name, static () => new Digits(seed: 1), optimizer, static () => new MeanSquaredError(), static () => []);
}
