namespace Unroll.Serialization;

/// <summary>One tensor of a safetensors header: its bytes are [Start, End) of the data that follows the header.</summary>
/// <param name="Name">Unique in its file.</param>
/// <param name="DataType">As the file names it; null where it is none of those.</param>
/// <param name="DataTypeName">What the file says.</param>
/// <param name="Shape">Empty for a scalar.</param>
/// <param name="Start">The first byte.</param>
/// <param name="End">The one after the last.</param>
internal sealed record SafetensorsEntry(string Name, ElementType? DataType, string DataTypeName, int[] Shape, long Start, long End);
