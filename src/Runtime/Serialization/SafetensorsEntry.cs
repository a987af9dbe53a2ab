namespace Unroll.Serialization;

/// <summary>One tensor of a safetensors header: its bytes are [Start, End) of the data that follows the header.</summary>
internal sealed record SafetensorsEntry(string Name, int[] Shape, long Start, long End);
