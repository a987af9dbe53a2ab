namespace Unroll.Interop.OnnxExport;

/// <summary>A value of the graph that is written.</summary>
/// <param name="Name">In the graph.</param>
/// <param name="Shape">Of a sample, as the network has it.</param>
/// <param name="IsChannelsFirst">Whether the graph has the last axis first, as operators of images want it.</param>
internal sealed record ExportValue(string Name, int[] Shape, bool IsChannelsFirst = false)
{
    /// <summary>Which of its steps count, as the graph has it; null where all do.</summary>
    public string? Mask { get; init; }
}
