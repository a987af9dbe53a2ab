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
