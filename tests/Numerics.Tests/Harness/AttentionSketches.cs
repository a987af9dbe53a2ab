namespace Unroll.Numerics.Tests.Harness;

internal sealed record AttentionSketch(int Heads, int KeyDim, int ValueDim = 0, float Dropout = 0f, bool Causal = false, bool UseBias = true, int OutputDim = 0)
    : LayerSketch
{
    public float KernelL2 { get; init; }

    public int ValueWidth => ValueDim == 0 ? KeyDim : ValueDim;

    public override string Kind => "multi_head_attention";

    public override string Attribute => $"MultiHeadAttention({Heads}, {KeyDim}, ValueDim = {ValueDim}, OutputDim = {OutputDim}, Dropout = {Number(Dropout)}, "
        + $"Causal = {Flag(Causal)}, UseBias = {Flag(UseBias)}, KernelL2 = {Number(KernelL2)})";

    public override int[] OutputOf(int[] input) => [input[0], OutputDim == 0 ? input[1] : OutputDim];

    public override int TermsOf(int[] input) => Math.Max(Math.Max(input[0], input[1]), Heads * Math.Max(KeyDim, ValueWidth));
}
