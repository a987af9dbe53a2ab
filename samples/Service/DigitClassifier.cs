namespace Unroll.Samples;

/// <summary>28 × 28 pixels from 0 (paper) to 1 (ink) to a probability for each digit. Weights of the sample Digits on MNIST fit.</summary>
[Network(28, 28)]
[Flatten]
[Dense(128, Activation.Relu)]
[Dropout(0.2f)]
[Dense(10, Activation.Softmax)]
internal sealed partial class DigitClassifier;
