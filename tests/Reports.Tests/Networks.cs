namespace Unroll.Reports.Tests;

[Network(6)]
[Dense(80, Activation.Relu)]
[Dense(200, Activation.Tanh)]
[Dense(3, Activation.Softmax)]
internal sealed partial class Small;

[Network(6)]
[Dense(24, Activation.Relu, Name = "both")]
[Dense(3, Activation.Softmax)]
[Output("kind")]
[Dense(1, From = "both")]
[Output("size")]
[Dense(1, Activation.Sigmoid, From = "both")]
[Output("first")]
internal sealed partial class ThreeHeads;

[Network(6)]
[Dense(2, Activation.Softmax, From = "input")]
[Output("kind")]
[Dense(1, From = "input")]
[Output("size")]
internal sealed partial class TwoLines;

[Network(6)]
[Dense(1, From = "input")]
[Output("sum")]
[Dense(128, Activation.Relu, From = "input")]
[Dense(128, Activation.Relu)]
[Dense(1)]
[Output("noise")]
internal sealed partial class TwoWide;

[Network(6)]
[Dense(1, From = "input")]
[Output("sum")]
[Dense(16, Activation.Relu, From = "input")]
[Dense(1, Activation.Sigmoid)]
[Output("coin")]
internal sealed partial class LineAndCoin;

[Network(4)]
[Dense(3, Activation.Softmax, From = "input")]
[Output("near")]
[Use<SigmoidStep>(From = "input")]
[Use<SigmoidStep>]
[Use<SigmoidStep>]
[Use<SigmoidStep>]
[Use<SigmoidStep>]
[Use<SigmoidStep>]
[Use<SigmoidStep>]
[Use<SigmoidStep>]
[Dense(3, Activation.Softmax)]
[Output("far")]
internal sealed partial class DeepAndShort;

[Network(8, 8)]
[Flatten]
[Dense(64, Activation.Relu, Name = "seen")]
[Dense(10, Activation.Softmax, From = "seen")]
[Output("digit")]
[Dense(1, From = "seen")]
[Output("ink")]
[Dense(1, Activation.Sigmoid, From = "seen")]
[Output("even")]
internal sealed partial class DigitTeller;

[Network(8, 8)]
[Flatten]
[Dense(64, Activation.Relu)]
[Dropout(0.2f)]
[Dense(10, Activation.Softmax)]
internal sealed partial class DigitReader;

[Network(28, 28)]
[Flatten]
[Dense(64, Activation.Relu)]
[Dense(10, Activation.Softmax)]
internal sealed partial class MnistReader;

[Network(4)]
[Dense(16, Activation.Relu)]
[Dense(3, Activation.Softmax)]
internal sealed partial class IrisReader;

[Network(11)]
[Normalization]
[Dense(32, Activation.Relu)]
[Dense(1)]
internal sealed partial class WineTaster;

[Network(4)]
[Dense(16, Activation.Relu, KernelInitializer = Initializer.Zeros)]
[Dense(3, Activation.Softmax)]
internal sealed partial class Silent;

[Block]
[Dense(24, Activation.Sigmoid, KernelInitializer = Initializer.RandomNormal)]
internal sealed partial class SigmoidStep;

[Network(4)]
[Use<SigmoidStep>]
[Use<SigmoidStep>]
[Use<SigmoidStep>]
[Use<SigmoidStep>]
[Use<SigmoidStep>]
[Use<SigmoidStep>]
[Use<SigmoidStep>]
[Use<SigmoidStep>]
[Dense(3, Activation.Softmax)]
internal sealed partial class DeepSigmoid;

[Block]
[Dense(24, Activation.Relu, KernelInitializer = Initializer.RandomNormal, KernelInitializerScale = 1f)]
internal sealed partial class WideStep;

[Network(4)]
[Use<WideStep>]
[Use<WideStep>]
[Use<WideStep>]
[Use<WideStep>]
[Use<WideStep>]
[Use<WideStep>]
[Use<WideStep>]
[Use<WideStep>]
[Dense(3, Activation.Softmax, KernelInitializer = Initializer.RandomNormal, KernelInitializerScale = 1f)]
internal sealed partial class DeepWide;

[Network(4)]
[Dense(16, Activation.Relu, BiasInitializer = Initializer.Constant, BiasInitializerValue = -40f)]
[Dense(3, Activation.Softmax)]
internal sealed partial class Dying;

[Network(4)]
[Dense(16, Activation.Tanh)]
[Dense(16, Activation.Relu)]
[Dense(3, Activation.Softmax)]
internal sealed partial class Tanh;

[Network(8)]
[Dense(128, Activation.Relu)]
[Dense(128, Activation.Relu)]
[Dense(1)]
internal sealed partial class Overlarge;

[Network(2)]
[Dense(1)]
internal sealed partial class Line;

[Network(2)]
[Dense(1, UseBias = false)]
internal sealed partial class Slope;

[Network(2)]
[Dense(8, Activation.Relu)]
[Dense(1, Activation.Sigmoid)]
internal sealed partial class Chance;

[Network(4)]
[Dense(16, Activation.Relu)]
[Dense(5, Activation.Softmax)]
internal sealed partial class FiveClasses;

[Network(1)]
[Activate(Activation.Gelu)]
internal sealed partial class OfGelu;

[Network(1)]
[Activate(Activation.GeluTanh)]
internal sealed partial class OfGeluTanh;

[Network(1)]
[Activate(Activation.Selu)]
internal sealed partial class OfSelu;

[Network(1)]
[Activate(Activation.Elu)]
internal sealed partial class OfElu;

[Network(1)]
[Activate(Activation.LeakyRelu)]
internal sealed partial class OfLeakyRelu;

[Network(1)]
[Activate(Activation.Mish)]
internal sealed partial class OfMish;

[Network(1)]
[Activate(Activation.Softplus)]
internal sealed partial class OfSoftplus;

[Network(1)]
[Activate(Activation.HardSwish)]
internal sealed partial class OfHardSwish;

[Network(1)]
[Activate(Activation.Squareplus)]
internal sealed partial class OfSquareplus;

[Network(1)]
[Activate(Activation.SoftShrink)]
internal sealed partial class OfSoftShrink;

[Network(1)]
[Activate(Activation.LogSigmoid)]
internal sealed partial class OfLogSigmoid;

[Network(1)]
[Activate(Activation.TanhShrink)]
internal sealed partial class OfTanhShrink;
