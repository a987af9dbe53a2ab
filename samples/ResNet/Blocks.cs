namespace Unroll.Samples;

/// <summary>Two convolutions at 16 channels.</summary>
[Block]
[Conv2D(16, 3, Padding = Padding.Same, UseBias = false, KernelInitializer = Initializer.HeNormal, KernelL2 = 5e-5f)]
[BatchNormalization]
[Activate(Activation.Relu)]
[Conv2D(16, 3, Padding = Padding.Same, UseBias = false, KernelInitializer = Initializer.HeNormal, KernelL2 = 5e-5f)]
[BatchNormalization]
internal sealed class Body16;

/// <summary>max(0, x + body(x)).</summary>
[Block]
[Residual<Body16>]
[Activate(Activation.Relu)]
internal sealed class Keep16;

/// <summary>Two convolutions at 32 channels.</summary>
[Block]
[Conv2D(32, 3, Padding = Padding.Same, UseBias = false, KernelInitializer = Initializer.HeNormal, KernelL2 = 5e-5f)]
[BatchNormalization]
[Activate(Activation.Relu)]
[Conv2D(32, 3, Padding = Padding.Same, UseBias = false, KernelInitializer = Initializer.HeNormal, KernelL2 = 5e-5f)]
[BatchNormalization]
internal sealed class Body32;

/// <summary>max(0, x + body(x)).</summary>
[Block]
[Residual<Body32>]
[Activate(Activation.Relu)]
internal sealed class Keep32;

/// <summary>Two convolutions at 64 channels.</summary>
[Block]
[Conv2D(64, 3, Padding = Padding.Same, UseBias = false, KernelInitializer = Initializer.HeNormal, KernelL2 = 5e-5f)]
[BatchNormalization]
[Activate(Activation.Relu)]
[Conv2D(64, 3, Padding = Padding.Same, UseBias = false, KernelInitializer = Initializer.HeNormal, KernelL2 = 5e-5f)]
[BatchNormalization]
internal sealed class Body64;

/// <summary>max(0, x + body(x)).</summary>
[Block]
[Residual<Body64>]
[Activate(Activation.Relu)]
internal sealed class Keep64;

/// <summary>Half as large at 32 channels; a projection brings what is added to the same shape.</summary>
[Block]
[Conv2D(32, 3, Strides = [2], Padding = Padding.Same, UseBias = false, KernelInitializer = Initializer.HeNormal, KernelL2 = 5e-5f)]
[BatchNormalization]
[Activate(Activation.Relu)]
[Conv2D(32, 3, Padding = Padding.Same, UseBias = false, KernelInitializer = Initializer.HeNormal, KernelL2 = 5e-5f)]
[BatchNormalization(Name = "body")]
[Conv2D(32, 1, Strides = [2], Padding = Padding.Same, UseBias = false, KernelInitializer = Initializer.HeNormal, KernelL2 = 5e-5f, From = "input")]
[BatchNormalization(Name = "projection")]
[Add("body", "projection")]
[Activate(Activation.Relu)]
internal sealed class Halve32;

/// <summary>Half as large at 64 channels; a projection brings what is added to the same shape.</summary>
[Block]
[Conv2D(64, 3, Strides = [2], Padding = Padding.Same, UseBias = false, KernelInitializer = Initializer.HeNormal, KernelL2 = 5e-5f)]
[BatchNormalization]
[Activate(Activation.Relu)]
[Conv2D(64, 3, Padding = Padding.Same, UseBias = false, KernelInitializer = Initializer.HeNormal, KernelL2 = 5e-5f)]
[BatchNormalization(Name = "body")]
[Conv2D(64, 1, Strides = [2], Padding = Padding.Same, UseBias = false, KernelInitializer = Initializer.HeNormal, KernelL2 = 5e-5f, From = "input")]
[BatchNormalization(Name = "projection")]
[Add("body", "projection")]
[Activate(Activation.Relu)]
internal sealed class Halve64;
