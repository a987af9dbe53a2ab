namespace Unroll.Samples;

/// <summary>ResNet-20 (He et al., 2016): twenty layers with weights in nine residual blocks, at 16, 32 and 64 channels.</summary>
/// <remarks>MNIST is padded to the 32 × 32 pixels of the paper's images, and moved a little at random in training.</remarks>
[Network(28, 28, 1)]
[ZeroPadding2D(2)]
[RandomTranslation(0.06f, 0.06f, FillMode = FillMode.Constant)]
[RandomRotation(0.03f, FillMode = FillMode.Constant)]
[RandomZoom(0.1f, FillMode = FillMode.Constant)]
[Conv2D(16, 3, Padding = Padding.Same, UseBias = false, KernelInitializer = Initializer.HeNormal, KernelL2 = 5e-5f)]
[BatchNormalization]
[Activate(Activation.Relu)]
[Use<Keep16>(Repeat = 3)]
[Use<Halve32>]
[Use<Keep32>(Repeat = 2)]
[Use<Halve64>]
[Use<Keep64>(Repeat = 2)]
[GlobalAveragePooling2D]
[Dense(10, Activation.Softmax)]
internal sealed partial class ResNet20;

/// <summary>The same with one block where ResNet-20 has three: a third of its work.</summary>
[Network(28, 28, 1)]
[ZeroPadding2D(2)]
[RandomTranslation(0.06f, 0.06f, FillMode = FillMode.Constant)]
[RandomRotation(0.03f, FillMode = FillMode.Constant)]
[RandomZoom(0.1f, FillMode = FillMode.Constant)]
[Conv2D(16, 3, Padding = Padding.Same, UseBias = false, KernelInitializer = Initializer.HeNormal, KernelL2 = 5e-5f)]
[BatchNormalization]
[Activate(Activation.Relu)]
[Use<Keep16>]
[Use<Halve32>]
[Use<Halve64>]
[GlobalAveragePooling2D]
[Dense(10, Activation.Softmax)]
internal sealed partial class ResNet8;
