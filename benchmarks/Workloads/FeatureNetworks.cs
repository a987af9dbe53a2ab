namespace Unroll.Benchmarks;

// Networks of Networks.cs, each with one thing more or another.

[Network(784)]
[Dense(128, Activation.Elu)]
[Dense(10)]
public sealed partial class DigitsElu;

[Network(784)]
[Dense(128, Activation.Gelu)]
[Dense(10)]
public sealed partial class DigitsGelu;

[Network(784)]
[Dense(128, Activation.Swish)]
[Dense(10)]
public sealed partial class DigitsSwish;

[Network(784)]
[Dense(128, Activation.Sigmoid)]
[Dense(10)]
public sealed partial class DigitsSigmoid;

[Network(784)]
[Dense(128, Activation.Tanh)]
[Dense(10)]
public sealed partial class DigitsTanh;

[Network(784)]
[Dense(128, Activation.Softplus)]
[Dense(10)]
public sealed partial class DigitsSoftplus;

[Network(784)]
[Dense(128, Activation.Mish)]
[Dense(10)]
public sealed partial class DigitsMish;

[Network(784)]
[Dense(128)]
[PRelu]
[Dense(10)]
public sealed partial class DigitsPRelu;

[Network(784)]
[Dense(128, Activation.Relu)]
[Dropout(0.2f)]
[Dense(10)]
public sealed partial class DigitsDropout;

[Network(784)]
[Dropout(0.2f)]
[Dense(128, Activation.Relu)]
[Dense(10)]
public sealed partial class DigitsDropoutFirst;

[Network(784)]
[GaussianNoise(0.1f)]
[Dense(128, Activation.Relu)]
[Dense(10)]
public sealed partial class DigitsGaussianNoiseFirst;

[Network(784)]
[Rescaling(1f / 255)]
[Dense(128, Activation.Relu)]
[Dense(10)]
public sealed partial class DigitsRescalingFirst;

[Network(784)]
[Dense(128, Activation.Relu)]
[BatchNormalization]
[Dense(10)]
public sealed partial class DigitsBatchNormalization;

[Network(784)]
[BatchNormalization]
[Dense(128, Activation.Relu)]
[Dense(10)]
public sealed partial class DigitsBatchNormalizationFirst;

[Network(784)]
[Dense(128, Activation.Relu)]
[LayerNormalization]
[Dense(10)]
public sealed partial class DigitsLayerNormalization;

[Network(784)]
[Dense(128, Activation.Relu)]
[ActivityRegularization(L2 = 1e-4f)]
[Dense(10)]
public sealed partial class DigitsActivityRegularization;

[Network(784)]
[Dense(128, Activation.Relu, KernelL1 = 1e-4f)]
[Dense(10)]
public sealed partial class DigitsKernelL1;

[Network(784)]
[Dense(128, Activation.Relu, KernelL2 = 1e-4f)]
[Dense(10)]
public sealed partial class DigitsKernelL2;

[Network(784)]
[Dense(128, Activation.Relu, KernelConstraint = Constraint.MaxNorm, KernelConstraintMax = 3f)]
[Dense(10)]
public sealed partial class DigitsMaxNorm;

[Network(784)]
[Dense(128, Activation.Relu)]
[Dense(10, Activation.Softmax)]
public sealed partial class DigitsSoftmax;

[Network(13)]
[Dense(64, Activation.Gelu)]
[Dense(64, Activation.Gelu)]
[Dense(1)]
public sealed partial class SmallGelu;

[Network(13)]
[Dense(64, Activation.Tanh)]
[Dense(64, Activation.Tanh)]
[Dense(1)]
public sealed partial class SmallTanh;

[Network(13)]
[Dense(64, Activation.Relu)]
[Dropout(0.2f)]
[Dense(64, Activation.Relu)]
[Dropout(0.2f)]
[Dense(1)]
public sealed partial class SmallDropout;

[Network(13)]
[Dense(64, Activation.Relu)]
[BatchNormalization]
[Dense(64, Activation.Relu)]
[BatchNormalization]
[Dense(1)]
public sealed partial class SmallBatchNormalization;

[Network(13)]
[Dense(64, Activation.Relu)]
[LayerNormalization]
[Dense(64, Activation.Relu)]
[LayerNormalization]
[Dense(1)]
public sealed partial class SmallLayerNormalization;

[Network(13)]
[Dense(64, Activation.Relu, KernelL2 = 1e-4f)]
[Dense(64, Activation.Relu, KernelL2 = 1e-4f)]
[Dense(1)]
public sealed partial class SmallKernelL2;

[Network(13)]
[Dense(64, Activation.Relu)]
[Dense(64, Activation.Relu)]
[Dense(1, Activation.Sigmoid)]
public sealed partial class SmallSigmoid;

[Network(4)]
[Dense(16, Activation.Relu)]
[Dense(3, Activation.Softmax)]
public sealed partial class TinySoftmax;
