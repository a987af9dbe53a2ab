using System.Runtime.Intrinsics;
using Unroll.Tests;

namespace Unroll.Numerics.Tests.Harness;

/// <summary>The vector units code is emitted for, in the order of the emitted checks.</summary>
public enum Machine
{
    Vector512,
    Vector256,
    Neon,
    Vector128,
}

internal static class Machines
{
    public static readonly Machine[] All = Enum.GetValues<Machine>();

    /// <summary>Those whose vectors this processor has. The tiling for Arm is written in portable vectors of 128 bits: it runs anywhere.</summary>
    public static readonly Machine[] Available = [.. All.Where(IsAvailable)];

    public static Machine Widest => Available[0];

    /// <summary>
    /// Those that every test of networks goes through: all where slow tests are asked for, else the widest one. To compile and translate the
    /// kernels of all takes four times as long. A library that states its machines (<see cref="NetworkLibrary.Machines"/>) has those always.
    /// </summary>
    public static readonly Machine[] Tested = SlowTests.AreAskedFor ? All : [Widest];

    /// <summary>Those that tests compare with each other: all where slow tests are asked for, else the widest one and what every processor has.</summary>
    public static readonly Machine[] Compared = SlowTests.AreAskedFor ? All : [.. new[] { Widest, Machine.Vector128 }.Distinct()];

    /// <summary>Skips the test where the processor has no such vectors: their emulation is some 500 times slower.</summary>
    public static void Require(Machine machine) => Assert.SkipUnless(IsAvailable(machine), $"This processor has no {machine}.");

    private static bool IsAvailable(Machine machine) => machine switch
    {
        Machine.Vector512 => Vector512.IsHardwareAccelerated,
        Machine.Vector256 => Vector256.IsHardwareAccelerated,
        _ => true,
    };
}
