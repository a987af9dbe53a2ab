namespace Unroll.Benchmarks;

/// <summary>MNIST read row by row.</summary>
[Network(28, 28)]
[LSTM(128)]
[Dense(10)]
public sealed partial class ImageRows;

[Network(64, 8)]
[GRU(64)]
[Dense(1)]
public sealed partial class Series;

[Network(80)]
[Embedding(5000, 32)]
[LSTM(32)]
[Dense(2)]
public sealed partial class Text;

[Block]
[Residual<EncoderAttention>]
[LayerNormalization]
[Residual<EncoderFeedForward>]
[LayerNormalization]
public sealed partial class EncoderBlock;

[Block]
[MultiHeadAttention(4, 16)]
public sealed partial class EncoderAttention;

[Block]
[Dense(128, Activation.Relu)]
[Dense(64)]
public sealed partial class EncoderFeedForward;

[Network(64, 64)]
[Use<EncoderBlock>(Repeat = 2)]
[GlobalAveragePooling1D]
[Dense(2)]
public sealed partial class Encoder;
