namespace Unroll.Numerics.Tests.Oracle;

/// <summary>Zeros before and after the values of each sample.</summary>
internal sealed class ReferencePadding(int sampleSize, int before, int after) : ReferenceLayer
{
    public override double[] Forward(double[] x) =>
        [.. x.Chunk(sampleSize).SelectMany(sample => new double[before].Concat(sample).Concat(new double[after]))];

    public override double[] Backward(double[] dy) =>
        [.. dy.Chunk(before + sampleSize + after).SelectMany(sample => sample.Skip(before).Take(sampleSize))];
}
