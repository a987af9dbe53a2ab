using System.Runtime.InteropServices;

namespace Unroll.Benchmarks;

/// <summary>Floats that begin on a 64-byte boundary and stay where they are, as the arenas of the runtime.</summary>
internal sealed class AlignedFloats
{
    private const int Alignment = 64;

    public AlignedFloats(int length, float value = 0f)
    {
        Values = GC.AllocateUninitializedArray<float>(length + (Alignment / sizeof(float)), pinned: true);
        long address = Marshal.UnsafeAddrOfPinnedArrayElement(Values, 0);
        Origin = (int)((Alignment - (address % Alignment)) % Alignment / sizeof(float));
        Length = length;
        Values.AsSpan().Fill(value);
    }

    public int Length { get; }

    /// <summary>The array around them.</summary>
    public float[] Values { get; }

    /// <summary>The index of the first.</summary>
    public int Origin { get; }

    public ref float First => ref Values[Origin];

    public float this[int index] => Values[Origin + index];
}
