namespace Unroll.Samples;

/// <summary>MNIST read row by row, from top to bottom: 28 steps of 28 pixels.</summary>
[Network(28, 28)]
[LSTM(128)]
[Dropout(0.2f)]
[Dense(10, Activation.Softmax)]
internal sealed partial class MnistRowReader;
