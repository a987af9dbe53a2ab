using Unroll;

/// <summary>Two numbers to one, on whatever scale the data are.</summary>
[Network(2)]
[Normalization]
[Dense(32, Activation.Relu)]
[Dense(32, Activation.Relu)]
[Dense(1)]
internal sealed partial class Regression;
