namespace Unroll.Benchmarks;

// Each has the layer to time in its middle, so that all three of its kernels are there: products, gradients by inputs and by the kernel.

[Network(16)]
[Dense(784, Activation.Relu)]
[Dense(512, Activation.Relu)]
[Dense(16)]
public sealed partial class Layer784x512;

[Network(16)]
[Dense(512, Activation.Relu)]
[Dense(512, Activation.Relu)]
[Dense(16)]
public sealed partial class Layer512x512;

[Network(16)]
[Dense(1024, Activation.Relu)]
[Dense(1024, Activation.Relu)]
[Dense(16)]
public sealed partial class Layer1024x1024;

[Network(28, 28, 1)]
[Conv2D(32, 3, Activation.Relu)]
[Conv2D(1, 1)]
public sealed partial class Convolution1x32;

[Network(32, 32, 3)]
[Conv2D(32, 3, Activation.Relu)]
[Conv2D(1, 1)]
public sealed partial class Convolution3x32;

[Network(14, 14, 3)]
[Conv2D(6, 1, Activation.Relu)]
[Conv2D(16, 5, Activation.Relu, Padding = Padding.Same)]
[Conv2D(1, 1)]
public sealed partial class Convolution6x16;

[Network(30, 30, 3)]
[Conv2D(32, 1, Activation.Relu)]
[Conv2D(32, 3, Activation.Relu, Padding = Padding.Same)]
[Conv2D(1, 1)]
public sealed partial class Convolution32x32;

[Network(12, 12, 3)]
[Conv2D(32, 1, Activation.Relu)]
[Conv2D(64, 3, Activation.Relu, Padding = Padding.Same)]
[Conv2D(1, 1)]
public sealed partial class Convolution32x64;

[Network(18, 18, 3)]
[Conv2D(64, 1, Activation.Relu)]
[Conv2D(64, 3, Activation.Relu, Padding = Padding.Same)]
[Conv2D(1, 1)]
public sealed partial class Convolution64x64;
