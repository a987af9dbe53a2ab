namespace Unroll.Samples;

/// <summary>The digits in this program, seen through small windows: two convolutions, a pooling that halves the image, and a dense end.</summary>
[Network(8, 8, 1)]
[Conv2D(32, 3, Activation.Relu, Padding = Padding.Same)]
[Conv2D(32, 3, Activation.Relu, Padding = Padding.Same)]
[MaxPooling2D(2)]
[Flatten]
[Dropout(0.3f)]
[Dense(10, Activation.Softmax)]
internal sealed partial class ConvolutionalOpticalClassifier;

/// <summary>The same idea for MNIST, at 28 × 28 pixels.</summary>
[Network(28, 28, 1)]
[Conv2D(32, 3, Activation.Relu)]
[MaxPooling2D(2)]
[Conv2D(64, 3, Activation.Relu)]
[MaxPooling2D(2)]
[Flatten]
[Dropout(0.3f)]
[Dense(128, Activation.Relu)]
[Dropout(0.3f)]
[Dense(10, Activation.Softmax)]
internal sealed partial class ConvolutionalMnistClassifier;
