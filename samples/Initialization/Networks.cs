namespace Unroll.Samples;

[Block]
[Dense(32, Activation.Sigmoid, KernelInitializer = Initializer.RandomNormal, KernelInitializerScale = 0.05f)]
internal sealed partial class SigmoidStep;

/// <summary>Sigmoid passes on at most a quarter of a gradient, and small normal weights less still: nothing arrives at the first layers.</summary>
[Network(32)]
[Use<SigmoidStep>(Repeat = 29)]
[Dense(1)]
internal sealed partial class Vanishing;

[Block]
[Dense(32, Activation.Relu, KernelInitializer = Initializer.RandomNormal, KernelInitializerScale = 0.5f)]
internal sealed partial class WideStep;

/// <summary>Normal weights with σ = 0.5 over 32 inputs double the values with every layer, and the gradients on the way back.</summary>
[Network(32)]
[Use<WideStep>(Repeat = 29)]
[Dense(1)]
internal sealed partial class Exploding;

[Block]
[Dense(32, Activation.Tanh, KernelInitializer = Initializer.GlorotNormal)]
internal sealed partial class XavierStep;

/// <summary>Xavier: Var(w) = 2/(inputs + units) keeps the variance of values and of gradients where tanh is nearly linear (Glorot and Bengio, 2010).</summary>
[Network(32)]
[Use<XavierStep>(Repeat = 29)]
[Dense(1)]
internal sealed partial class Xavier;

[Block]
[Dense(32, Activation.Relu, KernelInitializer = Initializer.HeNormal)]
internal sealed partial class HeStep;

/// <summary>He: Var(w) = 2/inputs makes up for the half of the values that ReLU sets to 0 (He et al., 2015).</summary>
[Network(32)]
[Use<HeStep>(Repeat = 29)]
[Dense(1)]
internal sealed partial class He;

/// <summary>One hidden layer without biases. Keras's L2 is l2·Σw², so half of λ gives s = λ/2·(‖W₁‖² + ‖W₂‖²).</summary>
[Network(3)]
[Dense(2, Activation.Tanh, UseBias = false, KernelL2 = 0.05f, Name = "hidden")]
[Dense(1, UseBias = false, KernelL2 = 0.05f, Name = "output")]
internal sealed partial class OneHiddenLayer;
