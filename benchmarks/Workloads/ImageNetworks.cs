namespace Unroll.Benchmarks;

[Network(28, 28, 1)]
[Conv2D(32, 3, Activation.Relu)]
[MaxPooling2D(2)]
[Conv2D(64, 3, Activation.Relu)]
[MaxPooling2D(2)]
[Flatten]
[Dense(10)]
public sealed partial class MnistImages;

[Network(28, 28, 1)]
[Conv2D(6, 5, Activation.Tanh, Padding = Padding.Same)]
[AveragePooling2D(2)]
[Conv2D(16, 5, Activation.Tanh)]
[AveragePooling2D(2)]
[Flatten]
[Dense(120, Activation.Tanh)]
[Dense(84, Activation.Tanh)]
[Dense(10)]
public sealed partial class LeNet;

/// <summary>The LeNet-5 that SimpleChains publishes times of.</summary>
[Network(28, 28, 1)]
[Conv2D(6, 5, Activation.Relu)]
[MaxPooling2D(2)]
[Conv2D(16, 5, Activation.Relu)]
[MaxPooling2D(2)]
[Flatten]
[Dense(120, Activation.Relu)]
[Dense(84, Activation.Relu)]
[Dense(10)]
public sealed partial class SimpleChainsLeNet;

[Network(32, 32, 3)]
[Conv2D(32, 3, Activation.Relu, Padding = Padding.Same)]
[Conv2D(32, 3, Activation.Relu, Padding = Padding.Same)]
[MaxPooling2D(2)]
[Conv2D(64, 3, Activation.Relu, Padding = Padding.Same)]
[Conv2D(64, 3, Activation.Relu, Padding = Padding.Same)]
[MaxPooling2D(2)]
[Flatten]
[Dense(256, Activation.Relu)]
[Dense(10)]
public sealed partial class CifarImages;

[Network(128, 4)]
[Conv1D(32, 5, Activation.Relu, Padding = Padding.Same)]
[MaxPooling1D(2)]
[Conv1D(64, 5, Activation.Relu, Padding = Padding.Same)]
[GlobalAveragePooling1D]
[Dense(6)]
public sealed partial class Signal;
