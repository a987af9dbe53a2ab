namespace Unroll.Benchmarks;

/// <summary>A value in, a value out, with a memory between: RTNeural's LSTM 1-16.</summary>
[Network(64, 1, Streaming = true)]
[LSTM(16)]
[Dense(1)]
public sealed partial class StreamLstm;
