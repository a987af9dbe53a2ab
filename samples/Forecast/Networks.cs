namespace Unroll.Samples;

/// <summary>The change from this month to the next, from the last eight years: a recurrent network that can also run along a stream.</summary>
[Network(96, 1, Streaming = true)]
[GRU(16)]
[Dense(1)]
internal sealed partial class RecurrentForecast;

/// <summary>The same by a weight for each of these months: an autoregressive model.</summary>
[Network(96, 1)]
[Flatten]
[Dense(1)]
internal sealed partial class LinearForecast;
