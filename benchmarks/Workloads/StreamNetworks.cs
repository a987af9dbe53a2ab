namespace Unroll.Benchmarks;

/// <summary>A value in, a value out, with a memory between. So the others, with the values of a step and the units they are called after.</summary>
[Network(64, 1, Streaming = true)]
[LSTM(8)]
[Dense(1)]
public sealed partial class LstmStream8;

[Network(64, 1, Streaming = true)]
[LSTM(16)]
[Dense(1)]
public sealed partial class LstmStream16;

[Network(64, 1, Streaming = true)]
[LSTM(32)]
[Dense(1)]
public sealed partial class LstmStream32;

[Network(64, 1, Streaming = true)]
[GRU(16)]
[Dense(1)]
public sealed partial class GruStream16;

/// <summary>Filters of three steps over four channels, then over sixteen.</summary>
[Network(64, 4, Streaming = true)]
[Conv1D(16, 3, Activation.Relu, Padding = Padding.Causal)]
[Dense(1)]
public sealed partial class ConvolutionStream4;

[Network(64, 16, Streaming = true)]
[Conv1D(16, 3, Activation.Relu, Padding = Padding.Causal)]
[Dense(1)]
public sealed partial class ConvolutionStream16;
