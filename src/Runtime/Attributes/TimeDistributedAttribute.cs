namespace Unroll;

/// <summary>Applies a block to every step of a sequence, with the same parameters at each: <c>y[t] = block(x[t])</c>.</summary>
/// <remarks>
/// <para>Input shape: steps × whatever the block takes. Output shape: steps × what it gives. Parameters and names are those of
/// <see cref="UseAttribute{TBlock}"/>: <c>frame1/conv2d1/kernel</c>. The steps are computed as samples are, all at once; the generated code is
/// the same for any number of them.</para>
/// <para>Masked steps of the input are masked in the output. Dropout draws for each step anew. Batch normalization takes the statistics of all
/// steps of all samples together, where Keras takes those of each step in turn. Layers outside cannot read those inside.</para>
/// <para>Source: <c>keras.layers.TimeDistributed</c>.</para>
/// </remarks>
/// <example>
/// <code>
/// [Block] [Conv2D(8, 3, Activation.Relu)] [Flatten] [Dense(16)] public partial class Frame;
///
/// [Network(10, 28, 28, 1)]            // 10 pictures
/// [TimeDistributed&lt;Frame&gt;]      // 10 × 16
/// [LSTM(32)]
/// [Dense(1, Activation.Sigmoid)]
/// public sealed partial class Film;
/// </code>
/// </example>
/// <typeparam name="TBlock">A class with <see cref="BlockAttribute"/>.</typeparam>
public sealed class TimeDistributedAttribute<TBlock> : LayerAttribute
    where TBlock : class;
