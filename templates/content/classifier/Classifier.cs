using Unroll;

/// <summary>Two numbers to the probabilities of three classes.</summary>
[Network(2)]
[Dense(32, Activation.Relu)]
[Dense(32, Activation.Relu)]
[Dense(3, Activation.Softmax)]
internal sealed partial class Classifier;
