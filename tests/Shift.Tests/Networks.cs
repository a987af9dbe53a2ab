namespace Unroll.Shift.Tests;

[Network(8, 8)]
[Flatten]
[Dense(32, Activation.Relu)]
[Dense(10, Activation.Softmax)]
internal sealed partial class DigitNetwork;

[Network(28, 28)]
[Flatten]
[Dense(32, Activation.Relu)]
[Dense(10, Activation.Softmax)]
internal sealed partial class MnistNetwork;

[Network(1)]
[Dense(1, Activation.Sigmoid)]
internal sealed partial class Gate;

[Network(2)]
[Dense(3)]
internal sealed partial class Logits;
