namespace Unroll.Generator.Shapes;

/// <summary>What a network may hold so that every later offset, counted in floats, stays within int.</summary>
internal static class MemoryLimits
{
    /// <summary>The floats of the arena of parameters: byte offsets into it stay within int as well.</summary>
    public const int Parameters = int.MaxValue / sizeof(float);

    /// <summary>The padded values of one sample, input and outputs of all layers together.</summary>
    public const int SampleValues = int.MaxValue / (MostSamplesInBlock * ValuesPerOutput);

    /// <summary>One arena holds a block of samples.</summary>
    public const int MostSamplesInBlock = 128;

    /// <summary>The values of its output's size that one layer keeps in a training step at most, gradients included.</summary>
    public const int ValuesPerOutput = 8;
}
