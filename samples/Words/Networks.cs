namespace Unroll.Samples;

/// <summary>The language of a word from its letters: read in both directions, what is behind its end masked.</summary>
[Network(9)]
[Embedding(27, 16, MaskZero = true, Name = "letters")]
[LSTM(64, Bidirectional = BidirectionalMerge.Concat, Dropout = 0.2f)]
[Dropout(0.5f)]
[Dense(5, Activation.Softmax)]
internal sealed partial class WordReader;

/// <summary>The same from how often each letter occurs, wherever it stands: a linear model.</summary>
[Network(9)]
[Embedding(27, 16, MaskZero = true, Name = "letters")]
[GlobalAveragePooling1D]
[Dense(5, Activation.Softmax)]
internal sealed partial class LetterCounter;
