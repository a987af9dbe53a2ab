namespace Unroll.Mpi.Ranks;

/// <summary>Has all that a step changes: trained parameters, moving averages and random masks.</summary>
[Network(20)]
[Dense(32, Activation.Relu)]
[BatchNormalization]
[Dropout(0.2f)]
[Dense(3, Activation.Softmax)]
public sealed partial class Classifier;

/// <summary>Recognizes digits: 109,386 parameters.</summary>
[Network(784)]
[Dense(128, Activation.Relu)]
[Dense(64, Activation.Relu)]
[Dense(10, Activation.Softmax)]
public sealed partial class DigitNetwork;
