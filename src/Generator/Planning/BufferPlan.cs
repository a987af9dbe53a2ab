using Unroll.Generator.Shapes;

namespace Unroll.Generator.Planning;

/// <summary>The memory a value lies in.</summary>
internal enum MemoryPlace
{
    /// <summary>None of its own: others give what it computes.</summary>
    None,

    /// <summary>The caller's rows.</summary>
    Caller,

    /// <summary>A block of samples: every activation and activation gradient of these samples. In training there is one, of as many as there is room for.</summary>
    Block,

    /// <summary>One a step: values without a batch axis that are neither parameters nor their gradients.</summary>
    Step,

    Parameters,

    Gradients,
}

/// <summary>Where a value lies and how.</summary>
/// <param name="Offset">In floats, from the start of the arena or of the caller's row; in a block that has room for any number of samples, for each of them.</param>
internal sealed record ValueBuffer(MemoryPlace Place, int Offset, Layout Layout)
{
    public int Vectors => Layout.Vectors;

    public int Columns => Layout.Columns;

    public int Stride => Layout.Stride;

    public int PerSample => Layout.PerSample;

    public int SampleStride => Layout.SampleStride;

    public int SampleFloats => Layout.SampleFloats;
}

/// <summary>The buffers of one graph.</summary>
/// <param name="BlockSamples">Samples a block: enough to reuse the parameters, few enough to stay in the cache.</param>
/// <param name="BlockFloats">The size of a block.</param>
/// <param name="StepFloats">The size of the step arena.</param>
internal sealed record BufferPlan(
    IReadOnlyDictionary<int, ValueBuffer> Buffers, int BlockSamples, int BlockFloats, int StepFloats)
{
    /// <summary>The first floats of a block, which last from call to call.</summary>
    public int LastingFloats { get; init; }

    /// <summary>
    /// Whether the block is as long as a training step makes it: offsets in it, and its size, are those of one sample, to be multiplied by the
    /// samples that there is room for.
    /// </summary>
    public bool HasRoom { get; init; }

    /// <summary>Samples a block where the kernels stay in a core's own cache from block to block.</summary>
    public const int NearSamples = 32;

    /// <summary>Samples a block where they are lanes: several groups, of few values each.</summary>
    public const int LaneSamples = 64;

    /// <summary>Samples a block where each block brings the kernels from an outer cache again.</summary>
    public const int FarSamples = MemoryLimits.MostSamplesInBlock;

    public ValueBuffer this[int op] => Buffers[op];

    /// <summary>The vectors of a value in a full block.</summary>
    public int VectorsOfBlock(int op) => BlockSamples * Buffers[op].PerSample * Buffers[op].Vectors;

    /// <summary>The place of a value; null where it has none.</summary>
    public ValueBuffer? Find(int id) => Buffers.TryGetValue(id, out ValueBuffer? buffer) ? buffer : null;

    /// <summary>Whether the kernels come from an outer cache, and enough samples pass over them to fetch the next ahead meanwhile.</summary>
    public bool KernelsAreFar => BlockSamples == FarSamples;

    /// <summary>The same for a single sample: each place is as long as its value, up to the next cache line.</summary>
    public BufferPlan OfSingle()
    {
        var offsets = new Dictionary<int, int>();
        int floats = 0, lasting = 0;
        int[] places = [.. Buffers.Values.Where(static buffer => buffer.Place == MemoryPlace.Block).Select(static buffer => buffer.Offset).Distinct().OrderBy(static offset => offset)];
        for (int i = 0; i < places.Length; i++)
        {
            int end = i + 1 < places.Length ? places[i + 1] : BlockFloats;
            offsets.Add(places[i], floats);
            floats = checked(floats + PanelLayout.Pad((end - places[i]) / BlockSamples));
            lasting = places[i] < LastingFloats ? floats : lasting;
        }

        return this with
        {
            Buffers = Buffers.ToDictionary(
                static pair => pair.Key,
                pair => pair.Value.Place == MemoryPlace.Block ? pair.Value with { Offset = offsets[pair.Value.Offset] } : pair.Value),
            BlockSamples = 1,
            BlockFloats = floats,
            LastingFloats = lasting,
        };
    }
}
