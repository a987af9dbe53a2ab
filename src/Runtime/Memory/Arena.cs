using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Unroll.Memory;

/// <summary>
/// Zeroed floats that begin on a 64-byte boundary and never move: vector loads at padded offsets stay inside one cache line.
/// </summary>
internal sealed class Arena
{
    private const int Alignment = 64;
    private const int Spare = 2 * Alignment / sizeof(float);

    private readonly float[] _floats;
    private readonly int _first;

    public Arena(int length)
    {
        // A pinned array may begin anywhere: one cache line more lets the first used float stand on a boundary. The rest of that line
        // also keeps references one past the end inside the array.
        _floats = GC.AllocateArray<float>(checked(length + Spare), pinned: true);
        nint address = Marshal.UnsafeAddrOfPinnedArrayElement(_floats, 0);
        _first = (int)((Alignment - (address % Alignment)) % Alignment / sizeof(float));
        Length = length;
    }

    /// <summary>The longest there can be.</summary>
    public static int MostFloats => Array.MaxLength - Spare;

    public int Length { get; }

    public ref float Origin => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_floats), _first);

    public Span<float> Span => _floats.AsSpan(_first, Length);

    public Memory<float> Memory => _floats.AsMemory(_first, Length);
}
