namespace Unroll.Benchmarks.Against;

[Network(4)]
[Dense(16, Activation.Relu)]
[Dense(3)]
internal sealed partial class Network4To3;

[Network(6)]
[Dense(24, Activation.Relu)]
[Dense(24, Activation.Relu)]
[Dense(2)]
internal sealed partial class Network6To2;

[Network(13)]
[Dense(64, Activation.Relu)]
[Dense(64, Activation.Relu)]
[Dense(1)]
internal sealed partial class Network13To1;

[Network(30)]
[Dense(100, Activation.Relu)]
[Dense(50, Activation.Relu)]
[Dense(1)]
internal sealed partial class Network30To1;

[Network(5)]
[Dense(20, Activation.Relu)]
[Dense(3)]
internal sealed partial class Network5To3;

[Network(8)]
[Dense(16, Activation.Tanh)]
[Dense(8, Activation.Relu)]
[Dense(4)]
internal sealed partial class Network8To4;

[Network(10)]
[Dense(32, Activation.Relu)]
[Dense(2, Activation.Softmax)]
internal sealed partial class Network10To2;

[Network(16)]
[Dense(24, Activation.Relu)]
[Dense(1, Activation.Sigmoid)]
internal sealed partial class Network16To1;

[Network(784)]
[Dense(128, Activation.Relu)]
[Dense(10)]
internal sealed partial class Network784To128;

[Network(784)]
[Dense(512, Activation.Relu)]
[Dense(512, Activation.Relu)]
[Dense(10)]
internal sealed partial class Network784To512;

[Network(1024)]
[Dense(1024, Activation.Relu)]
[Dense(1024)]
internal sealed partial class Network1024To1024;
