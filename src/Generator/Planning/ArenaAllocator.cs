namespace Unroll.Generator.Planning;

/// <summary>
/// Hands out places in the block arena. A place is used again only by values of the same sample stride: then sample r of both lies on
/// the same floats, and workers that share a block never touch each other's samples.
/// </summary>
internal sealed class ArenaAllocator(int blockSamples)
{
    private readonly Dictionary<int, Stack<int>> _free = [];
    private readonly Dictionary<int, (int SampleStride, int Owners)> _used = [];

    /// <summary>The largest extent ever used.</summary>
    public int Floats { get; private set; }

    public int Allocate(int sampleStride)
    {
        int offset;
        if (_free.TryGetValue(sampleStride, out Stack<int>? free) && free.Count > 0)
        {
            offset = free.Pop();
        }
        else
        {
            offset = Floats;
            Floats = checked(Floats + PanelLayout.Pad(blockSamples * sampleStride));
        }

        _used.Add(offset, (sampleStride, 1));
        return offset;
    }

    /// <summary>Lets one more value live in a place.</summary>
    public int Share(int offset)
    {
        _used[offset] = (_used[offset].SampleStride, _used[offset].Owners + 1);
        return offset;
    }

    public void Free(int offset)
    {
        (int sampleStride, int owners) = _used[offset];
        if (owners > 1)
        {
            _used[offset] = (sampleStride, owners - 1);
            return;
        }

        _used.Remove(offset);
        if (!_free.TryGetValue(sampleStride, out Stack<int>? free))
        {
            _free.Add(sampleStride, free = new Stack<int>());
        }

        free.Push(offset);
    }
}
