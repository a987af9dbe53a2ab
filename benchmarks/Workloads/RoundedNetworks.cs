namespace Unroll.Benchmarks;

/// <summary>As <see cref="Digits"/>, predicting with weights of half the width; so the others with what they are called after.</summary>
[Network(784, InferenceWeights = WeightPrecision.BFloat16)]
[Dense(128, Activation.Relu)]
[Dense(10)]
public sealed partial class DigitsRounded;

[Network(784, InferenceWeights = WeightPrecision.BFloat16)]
[Dense(512, Activation.Relu)]
[Dense(512, Activation.Relu)]
[Dense(10)]
public sealed partial class WideRounded;

[Network(1024, InferenceWeights = WeightPrecision.BFloat16)]
[Dense(1024, Activation.Relu)]
[Dense(1024)]
public sealed partial class SquareRounded;

[Network(64, 1, Streaming = true)]
[LSTM(64)]
[Dense(1)]
public sealed partial class LstmStream;

[Network(64, 1, Streaming = true, InferenceWeights = WeightPrecision.BFloat16)]
[LSTM(64)]
[Dense(1)]
public sealed partial class LstmStreamRounded;

[Network(64, 8, Streaming = true)]
[GRU(64)]
[Dense(1)]
public sealed partial class GruStream;

[Network(64, 8, Streaming = true, InferenceWeights = WeightPrecision.BFloat16)]
[GRU(64)]
[Dense(1)]
public sealed partial class GruStreamRounded;
