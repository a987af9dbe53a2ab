namespace Unroll.Benchmarks;

[Network(4)]
[Dense(16, Activation.Relu)]
[Dense(3)]
public sealed partial class Tiny;

[Network(13)]
[Dense(64, Activation.Relu)]
[Dense(64, Activation.Relu)]
[Dense(1)]
public sealed partial class Small;

[Network(784)]
[Dense(128, Activation.Relu)]
[Dense(10)]
public sealed partial class Digits;

[Network(784)]
[Dense(512, Activation.Relu)]
[Dense(512, Activation.Relu)]
[Dense(10)]
public sealed partial class Wide;

[Network(1024)]
[Dense(1024, Activation.Relu)]
[Dense(1024)]
public sealed partial class Square;

/// <summary>As <see cref="Digits"/>, with the head of a classifier.</summary>
[Network(28, 28)]
[Flatten]
[Dense(128, Activation.Relu)]
[Dense(10, Activation.Softmax)]
public sealed partial class DigitClassifier;
