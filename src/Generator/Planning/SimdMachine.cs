using Unroll.Generator.Model;

namespace Unroll.Generator.Planning;

/// <summary>One kind of vector unit to emit code for. This table is the one place that knows what a width is.</summary>
/// <param name="Name">Names the emitted class: <c>Vector256</c>.</param>
/// <param name="VectorType">The portable type whose operations are emitted.</param>
/// <param name="Lanes">Floats in a vector.</param>
/// <param name="Registers">Vectors that a tile and its operands may fill.</param>
/// <param name="Fuses">Whether a product and a sum are one instruction, and a scalar is loaded into all lanes by another.</param>
/// <param name="Prefetches">Whether kernels are fetched ahead: at 128 bits the sums take longer than the memory, and .NET has no such instruction for Arm.</param>
/// <param name="Guard">The check that folds to a constant when the code is compiled for a processor.</param>
internal sealed record SimdMachine(string Name, string VectorType, int Lanes, int Registers, bool Fuses, bool Prefetches, string Guard)
{
    /// <summary>512 bits, 32 registers: AVX-512.</summary>
    public static readonly SimdMachine Vector512 = new("Vector512", "Vector512", 16, 32, true, true, "Vector512.IsHardwareAccelerated");

    /// <summary>256 bits, 16 registers: AVX2.</summary>
    public static readonly SimdMachine Vector256 = new("Vector256", "Vector256", 8, 16, true, true, "Vector256.IsHardwareAccelerated");

    /// <summary>128 bits, 32 registers: Arm NEON. Six stay free: constants of the steps behind a sum would spill its accumulators.</summary>
    public static readonly SimdMachine Neon = new("Neon", "Vector128", 4, 26, true, false, "AdvSimd.Arm64.IsSupported");

    /// <summary>128 bits, 16 registers: SSE, and the fallback everywhere else.</summary>
    public static readonly SimdMachine Vector128 = new("Vector128", "Vector128", 4, 16, false, false, "true");

    /// <summary>All of them, in the order the checks are made; the last one always holds.</summary>
    public static readonly EquatableArray<SimdMachine> WidestFirst = EquatableArray.Of(Vector512, Vector256, Neon, Vector128);

    /// <summary>The machine on whose kernels this one falls back where its own would be the same.</summary>
    public SimdMachine? Sibling => this == Neon ? Vector128 : null;

    /// <summary>
    /// The machine whose kernels this one runs where half of its own lanes would hold padding: a processor of 512 bits starts as many
    /// multiply-adds of 256 bits in a cycle, or twice as many where it takes 512 bits in two halves.
    /// </summary>
    public SimdMachine? Narrower => this == Vector512 ? Vector256 : null;

    // There are no others: each is equal to itself alone.
    public bool Equals(SimdMachine? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => Lanes + Registers;
}
